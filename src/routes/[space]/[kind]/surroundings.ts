import { goto } from '$app/navigation';
import type { OpenDocument } from '#lib/app/open-document.svelte.ts';
import type { Session } from '#lib/app/session.svelte.ts';
import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import { Surroundings, type SavedFormat } from '#lib/app/surroundings.svelte.ts';
import { writeOut } from '#lib/app/write-out.ts';
import type { Announcer } from '#lib/ui/messages/announcer.svelte.ts';
import type { Toasts } from '#lib/ui/messages/toasts.svelte.ts';
import type { Commands } from '../commands.svelte.ts';
import { hrefOf } from '../places.ts';
import { saveFile } from '../save-copy.ts';
import UnderChart from './UnderChart.svelte';
import { recordBlocksIn } from './record-blocks.ts';

export interface PageContext {
	readonly space: SpaceSession;
	readonly session: Session;
	readonly commands: Commands;
	readonly toasts: Toasts;
	readonly announcer: Announcer;
	readonly row: () => string | undefined;
	readonly showRow: (row: string | undefined) => void;
	readonly hasLetterKeys: () => boolean;
}

/** What the page of a document is given of the app. */
export function surroundingsOf(document: OpenDocument<unknown, unknown>, context: PageContext): Surroundings {
	const { space, session, commands, toasts, announcer } = context;
	return new Surroundings(document, {
		space,
		seconds: session.seconds,
		minutes: session.minutes,
		row: context.row,
		showRow: context.showRow,
		hrefOf: (place) => hrefOf(space.id, place),
		openInvite: () => commands.open('invite'),
		openSettings: () => void goto(hrefOf(space.id, { kind: 'settings' })),
		saveAs: (format) => void saveAs(space, document, format),
		saveFile,
		// Within a register the list keeps the focus that it has.
		goTo: (href) => void goto(href, { keepFocus: true }),
		copyLink: (href) => void copyLink(href, toasts),
		underChart: UnderChart,
		recordBlocks: (ask) => recordBlocksIn(space, document.id, ask),
		tell: ({ title, action }) => toasts.show({ title, ...(action ? { actions: [action] } : {}) }),
		say: (words) => announcer.say(words),
		hasLetterKeys: context.hasLetterKeys
	});
}

async function saveAs(
	space: SpaceSession,
	{ id }: OpenDocument<unknown, unknown>,
	format: SavedFormat
): Promise<void> {
	const title = space.titleOf(id);
	const name = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
	const [ending, type] = FILES[format];
	saveFile(`${name}-${space.today}.${ending}`, await writeOut(space, [id], format), type);
}

const FILES = { csv: ['csv', 'text/csv'], markdown: ['md', 'text/markdown'] } as const;

/** A browser may refuse the clipboard; the address is then shown, to be copied by hand. */
async function copyLink(href: string, toasts: Toasts): Promise<void> {
	const url = new URL(href, location.origin).href;
	try {
		await navigator.clipboard.writeText(url);
		toasts.show({ title: 'Link copied', body: 'It opens for everybody in this space.' });
	} catch {
		toasts.show({ title: 'The link', body: url });
	}
}
