import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import { rowId, type DocumentId } from '#lib/domain/id.ts';
import * as z from 'zod/mini';
import type { BlockPlace, BlockPorts, RecordBlockKind } from '../record-blocks.ts';

/** Stands among the activities for the matrix as a whole. */
const WHOLE = '';

/** A RACI matrix, or one activity of it, among the notes of a meeting. */
export const recordBlock: RecordBlockKind = {
	type: 'raci',
	title: 'RACI',
	keywords: ['responsible', 'accountable', 'roles', 'matrix', 'who does what'],
	icon: Grid3x3,
	kind: 'raci',
	create
};

async function create(ports: BlockPorts): Promise<BlockPlace | undefined> {
	const document = await matrix(ports);
	if (!document) return undefined;
	const activities = await ports.rowsOf('raci', document);
	const chosen =
		activities.length === 0
			? WHOLE
			: await ports.pick({
					title: 'Insert RACI',
					description:
						'One activity with its letters, or the matrix as a whole. It is the same one everywhere.',
					name: 'Activities',
					one: 'activity',
					entries: [{ id: WHOLE, title: 'The whole matrix' }, ...activities]
				});
	if (chosen === undefined) return undefined;
	const row = z.safeParse(rowId, chosen);
	return { kind: 'raci', document, ...(row.success ? { row: row.data } : {}) };
}

async function matrix(ports: BlockPorts): Promise<DocumentId | undefined> {
	const matrices = ports.documentsOf('raci');
	const [only, ...others] = matrices;
	if (!only) return ports.createDocument('raci');
	if (others.length === 0) return only.id;
	const chosen = await ports.pick({
		title: 'Insert RACI',
		description: 'Which matrix?',
		name: 'RACI matrices',
		one: 'matrix',
		entries: matrices
	});
	return matrices.find(({ id }) => id === chosen)?.id;
}
