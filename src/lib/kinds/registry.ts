import { actionsKind } from './actions/kind.ts';
import { commentaryKind } from './commentary/kind.ts';
import { commentsKind } from './comments/kind.ts';
import type { AnyKind } from './contract.ts';
import { decisionsKind } from './decisions/kind.ts';
import { kpisKind } from './kpis/kind.ts';
import { meetingKind } from './meeting/kind.ts';
import { raciKind } from './raci/kind.ts';
import { spaceKind } from './space/kind.ts';

/** Every kind there is. Adding one: its folder, and its line here. */
export const kinds = [
	spaceKind,
	meetingKind,
	kpisKind,
	commentaryKind,
	raciKind,
	actionsKind,
	decisionsKind,
	commentsKind
] as const satisfies readonly AnyKind[];

const byId = new Map<string, AnyKind>((kinds as readonly AnyKind[]).map((kind) => [kind.id, kind]));

/** The kind called `id`, or undefined: a newer app may have made a document of a kind unknown here. */
export function kindById(id: string): AnyKind | undefined {
	return byId.get(id);
}

/**
 * The kind that a document's own name gives away: one that stands beside another, the only one of its kind, or one of
 * many with a prefix.
 */
export function kindOfDocument(
	document: string,
	among: readonly AnyKind[] = kinds as readonly AnyKind[]
): AnyKind | undefined {
	const beside = among.find(({ suffix }) => suffix !== undefined && document.endsWith(suffix));
	if (beside) return beside;
	return among.find(
		({ only, prefix }) => only === document || (prefix !== undefined && document.startsWith(prefix))
	);
}
