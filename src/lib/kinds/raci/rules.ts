import type { Finding, Rule } from '#lib/domain/finding.ts';
import type { Raci, Role } from './schema.ts';
import { tallyOf, titleOf, type ColumnTally, type RowTally } from './tally.ts';

// Advice beside the rows. Those with severity `error` stop publishing; none stops anybody from typing.

/** What stands for a role without a title. */
export const UNTITLED_ROLE = 'Untitled role';

export const roleNames = (roles: readonly Role[]): string =>
	roles.map((role) => titleOf(role, UNTITLED_ROLE)).join(', ');

const SOURCE = 'RACI: one answers, somebody does it, few are asked';

/** From so many on, asking is worth a second thought. DESIGN.md, RACI checks. */
const CONSULTED_NOTE_FROM = 4;
/** A bottleneck answers for more than this share of the activities. */
const BOTTLENECK_SHARE = 0.6;
/** Of one activity alone nothing can be said about “always” or “most”. */
const PATTERN_ROWS_MIN = 2;

type RowCheck = (row: RowTally, raci: Raci) => Pick<Finding, 'severity' | 'message'> | undefined;

function rowRule(id: string, check: RowCheck): Rule<Raci> {
	return {
		id: `raci/${id}`,
		source: SOURCE,
		check: (raci) =>
			tallyOf(raci).rows.flatMap((row) => {
				const found = check(row, raci);
				return found ? [{ rule: `raci/${id}`, row: row.activity.id, ...found }] : [];
			})
	};
}

/** An empty row is a heading, or just added: it is noted and not found fault with. */
export const someoneAnswers = rowRule('someone-answers', ({ by, isEmpty }) =>
	isEmpty || by.A.length > 0 ? undefined : { severity: 'error', message: 'Nobody is accountable' }
);

export const onlyOneAnswers = rowRule('only-one-answers', ({ by }) =>
	by.A.length < 2
		? undefined
		: { severity: 'error', message: `${countWord(by.A.length)} accountable: ${roleNames(by.A)}` }
);

export const someoneDoesIt = rowRule('someone-does-it', ({ by, isEmpty }) =>
	isEmpty || by.R.length > 0 ? undefined : { severity: 'error', message: 'Nobody is responsible' }
);

export const fewAreAsked = rowRule('few-are-asked', ({ by }, { roles }) => {
	const asked = by.C.length;
	if (asked > roles.length / 2)
		return {
			severity: 'warn',
			message: `${asked} of ${roles.length} consulted. Could some be informed?`
		};
	if (asked < CONSULTED_NOTE_FROM) return undefined;
	return { severity: 'note', message: `${asked} consulted. Could some be informed?` };
});

export const twoHands = rowRule('two-hands', ({ isOneHand }) =>
	isOneHand ? { severity: 'note', message: 'R and A are the same person' } : undefined
);

export const rowIsFilled = rowRule('row-is-filled', ({ isEmpty }, { roles }) =>
	isEmpty && roles.length > 0 ? { severity: 'note', message: 'Nothing is set yet' } : undefined
);

export const notAlwaysOneHand: Rule<Raci> = {
	id: 'raci/not-always-one-hand',
	source: SOURCE,
	check(raci) {
		const both = tallyOf(raci).rows.filter(({ by }) => by.R.length > 0 && by.A.length > 0);
		if (both.length < PATTERN_ROWS_MIN || !both.every(({ isOneHand }) => isOneHand)) return [];
		const message = 'R and A are the same person in every activity: nobody looks over a shoulder.';
		return [{ rule: notAlwaysOneHand.id, severity: 'warn', message }];
	}
};

function columnRule(
	id: string,
	check: (column: ColumnTally, raci: Raci) => Pick<Finding, 'severity' | 'message'> | undefined
): Rule<Raci> {
	return {
		id: `raci/${id}`,
		source: SOURCE,
		check: (raci) =>
			tallyOf(raci).columns.flatMap((column) => {
				const found = check(column, raci);
				return found ? [{ rule: `raci/${id}`, row: column.role.id, ...found }] : [];
			})
	};
}

export const noBottleneck = columnRule('no-bottleneck', ({ role, counts }, { activities }) => {
	const rows = activities.length;
	if (rows < PATTERN_ROWS_MIN || counts.A <= rows * BOTTLENECK_SHARE) return undefined;
	const message = `${titleOf(role, UNTITLED_ROLE)} is accountable for ${counts.A} of ${rows} activities: a bottleneck.`;
	return { severity: 'warn', message };
});

export const columnIsFilled = columnRule('column-is-filled', ({ role, isEmpty }, raci) => {
	const isBegun = tallyOf(raci).rows.some((row) => !row.isEmpty);
	if (!isEmpty || !isBegun) return undefined;
	return { severity: 'note', message: `${titleOf(role, UNTITLED_ROLE)} has no part in any activity.` };
});

/** What stops publishing first, then warnings, then notes. */
export const raciRules: readonly Rule<Raci>[] = [
	someoneAnswers,
	onlyOneAnswers,
	someoneDoesIt,
	fewAreAsked,
	twoHands,
	rowIsFilled,
	notAlwaysOneHand,
	noBottleneck,
	columnIsFilled
];

/** The rows that stop publishing, in their order. */
export function rowsToFix(raci: Raci): readonly RowTally[] {
	return tallyOf(raci).rows.filter(({ by, isEmpty }) => !isEmpty && (by.A.length !== 1 || by.R.length === 0));
}

const COUNT_WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** “Two”, “Nine”, “12”. */
const countWord = (count: number): string => COUNT_WORDS[count] ?? String(count);
