import type { IsoDate } from '#lib/domain/calendar.ts';
import type { ShownVersion, ShownVersions, VersionLine } from '#lib/domain/history.ts';

export interface VersionListProps {
	/** Newest first. */
	versions: readonly VersionLine[];
	selected: VersionLine | undefined;
	zone?: string | undefined;
	today: IsoDate;
	hrefOf: (version: VersionLine) => string;
	/** Absent when there are no older ones. */
	onmore?: (() => void) | undefined;
}

/** What is shown of a version, and what can be done with it. */
export interface VersionShown {
	shown: ShownVersion;
	zone?: string | undefined;
	mayWrite: boolean;
	onname: () => void;
	onunname: () => void;
	/** Given the key of what is to come back: a change's, or one of its passages'. */
	onrestore: (key: string) => void;
	onrestoreall: () => void;
	onretry: () => void;
}

export interface VersionDetailProps extends VersionShown {
	version: VersionLine;
}

export interface HistoryViewProps
	extends VersionShown, Pick<VersionListProps, 'today' | 'hrefOf' | 'selected'> {
	/** Of the document. */
	title: string;
	/** The page of the document. */
	backHref: string;
	versions: ShownVersions;
	/** The person chose a version; else the newest is shown where there is room beside the list. */
	isChosen: boolean;
	onmore: () => void;
	onreload: () => void;
}
