import { numberText } from '#lib/domain/quantity.ts';
import type { ImportResult } from './import-state.svelte.ts';
import type { ReadRows } from './csv-points.ts';

const whole = (count: number) => numberText(count, 0);
const rows = (count: number) => `${whole(count)} ${count === 1 ? 'row' : 'rows'}`;

/** What is about to happen: “22,683 points, 12 rows share a time with a later row, 3 rows cannot be used.” */
export function readySentence({ good, bad, shared }: ReadRows): string {
	const parts = [`${whole(good.length)} ${good.length === 1 ? 'point' : 'points'}`];
	if (shared.length > 0)
		parts.push(`${rows(shared.length)} ${shared.length === 1 ? 'shares' : 'share'} a time with a later row`);
	if (bad.length > 0) parts.push(`${rows(bad.length)} cannot be used`);
	return `${parts.join(', ')}.`;
}

/** What happened: “22,683 added, 12 shared a time with a later row, 3 not used.” */
export function resultSentence({ added, known, shared, notUsed }: ImportResult): string {
	const parts = [`${whole(added)} added`];
	if (known > 0) parts.push(`${whole(known)} were there already`);
	if (shared.length > 0) parts.push(`${whole(shared.length)} shared a time with a later row`);
	if (notUsed.length > 0) parts.push(`${whole(notUsed.length)} not used`);
	return `${parts.join(', ')}.`;
}
