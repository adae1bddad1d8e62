import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import { readable } from './mentions.ts';
import type { Comments } from './schema.ts';

const WHERE_LENGTH_MAX = 60;

export function describePlace(place: Place, snapshot: Comments): PlaceWords {
	const { root, row, field } = parsePlace(place);
	const { threads, replies } = snapshot;
	if (root === 'threads' && row !== undefined) {
		const thread = threads.find(({ id }) => id === row);
		const first = replies.find((reply) => reply.thread === row);
		const where = short(thread?.quote || readable(first?.text ?? ''));
		if (field === 'resolvedAt' || field === 'resolvedBy')
			return { what: thread?.resolvedAt === undefined ? 'Thread reopened' : 'Thread resolved', where };
		return { what: field === undefined ? 'Thread begun' : 'Thread changed', where };
	}
	if (root === 'replies' && row !== undefined) {
		const reply = replies.find(({ id }) => id === row);
		const where = short(readable(reply?.text ?? ''));
		if (field === 'removedAt') return { what: reply ? 'Comment restored' : 'Comment deleted', where };
		if (field !== undefined) return { what: 'Comment changed', where };
		return { what: reply ? 'Comment added' : 'Comment deleted', where };
	}
	return { what: 'Comments changed', where: '' };
}

const short = (text: string): string =>
	text.length > WHERE_LENGTH_MAX ? `${text.slice(0, WHERE_LENGTH_MAX - 1).trimEnd()}…` : text;
