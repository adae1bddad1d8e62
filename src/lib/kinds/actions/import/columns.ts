import { COLUMN_WORDS, COLUMNS, type Column } from '../cells.ts';

/** What other tools call our columns. */
const ELSEWHERE: Partial<Record<Column, readonly string[]>> = {
	title: ['action', 'task', 'what', 'summary', 'name', 'action item'],
	owner: ['assignee', 'assigned to', 'who', 'responsible'],
	due: ['due date', 'deadline', 'due on', 'target date'],
	startOn: ['start', 'start date', 'starts on'],
	status: ['state'],
	closedWhen: [
		'check',
		'verification',
		'verification step',
		'done when',
		'acceptance criteria',
		'success criteria'
	],
	evidence: ['link', 'links', 'proof'],
	blockedWhy: ['blocker', 'blocked why', 'blocked reason'],
	number: ['no', 'nr', 'key']
};

/** Which column of a file stands for which of ours; the first of a name counts. */
export function columnsOf(names: readonly string[]): ReadonlyMap<Column, number> {
	const plain = names.map((name) =>
		name
			.toLowerCase()
			.replaceAll(/[\s_-]+/g, ' ')
			.trim()
	);
	const found = new Map<Column, number>();
	for (const column of COLUMNS) {
		const called = [COLUMN_WORDS[column].toLowerCase(), column.toLowerCase(), ...(ELSEWHERE[column] ?? [])];
		const index = plain.findIndex((name) => called.includes(name));
		if (index >= 0) found.set(column, index);
	}
	return found;
}
