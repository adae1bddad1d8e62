import type { DocumentId, SpaceId } from '#lib/domain/id.ts';

/** What a new meeting begins with. */
export interface MeetingPlan {
	readonly title: string;
	/** Epoch milliseconds; absent for a meeting without a date. */
	readonly startsAtMs?: number | undefined;
	readonly minutes?: number | undefined;
}

/** A page of a space: its home, the list of a kind, or one document or row of a kind. */
export type Place = { readonly kind?: string; readonly document?: DocumentId | string };

export function hrefOf(space: SpaceId, { kind, document }: Place = {}): string {
	return ['', space, kind, document].filter((part) => part !== undefined).join('/');
}
