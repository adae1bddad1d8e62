import type { DocumentId, SpaceId } from '#lib/domain/id.ts';

/** The history of a document, of whatever kind; at the version that begins with row `fromSeq` of its log. */
export const hrefOfHistory = (space: SpaceId, document: DocumentId | string, fromSeq?: number): string =>
	`/${space}/history/${document}${fromSeq === undefined ? '' : `?version=${fromSeq}`}`;
