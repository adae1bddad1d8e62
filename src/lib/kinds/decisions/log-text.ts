import { isIsoDate } from '#lib/domain/calendar.ts';
import { namesFrom, reversibilityFrom, statusFrom, yamlList } from './adr-facts.ts';
import { STATUS_WORDS, type Reversibility } from './schema.ts';
import { canonical, NOBODY, present, type Written, type WrittenOption } from './written.ts';

// The plain decision log that many teams keep: a label and a value a line, one decision after another. Whatever runs
// over more lines is indented, so that no word in it is taken for a label.

const LABELS = [
	'Date',
	'Decision',
	'Status',
	'Context',
	'Options considered',
	'Decision made',
	'Rationale',
	'Owner',
	'Reversible',
	'Review date',
	'Outcome'
] as const;
type Label = (typeof LABELS)[number];

const REVERSIBLE: Record<Reversibility, string> = { yes: 'Yes', partly: 'Partially', no: 'No' };

/** The log as text. What has no label in it (tags, evidence, other roles) is left out. */
export const writeLog = (all: readonly Written[]): string => all.map(entryText).join('\n');

function entryText(written: Written): string {
	const { members, options, chosen, reversibility, reversibilityNote } = written;
	const note = reversibilityNote ? ` (${reversibilityNote})` : '';
	const values: Record<Label, string> = {
		Date: written.madeOn ?? '',
		Decision: written.title,
		Status: STATUS_WORDS[written.status],
		Context: written.context,
		'Options considered': optionsText(options),
		'Decision made': chosen === undefined ? '' : (options[chosen]?.title ?? ''),
		Rationale: written.why,
		Owner: yamlList(members.decide.map(({ name }) => name)),
		Reversible: reversibility ? `${REVERSIBLE[reversibility]}${note}` : '',
		'Review date': written.reviewOn ?? '',
		Outcome: written.outcome
	};
	return LABELS.map((label) => labelled(label, values[label])).join('');
}

function labelled(label: Label, value: string): string {
	if (value === '') return `${label}:\n`;
	if (!value.includes('\n') && !value.startsWith('* ')) return `${label}: ${value}\n`;
	return `${label}:\n${indented(value)}\n`;
}

const indented = (text: string): string =>
	text
		.split('\n')
		.map((line) => (line ? `  ${line}` : ''))
		.join('\n');

const PARTS = [
	['For', 'pros'],
	['Against', 'cons']
] as const;

/** Each option on a line of its own, below it what speaks for and against it. */
export const optionsText = (options: readonly WrittenOption[]): string =>
	options
		.map((option) => {
			const notes = option.note ? option.note.split('\n').map((line) => `  Note: ${line}`) : [];
			const parts = PARTS.flatMap(([word, field]) =>
				option[field] ? option[field].split('\n').map((line) => `  ${word}: ${line}`) : []
			);
			return [`* ${option.title}`, ...notes, ...parts].join('\n');
		})
		.join('\n');

export function optionsFrom(text: string): readonly WrittenOption[] {
	const options: WrittenOption[] = [];
	for (const line of text.split('\n')) {
		const [, word = '', value = ''] = /^\s+(Note|For|Against): ?(.*)$/.exec(line) ?? [];
		const last = options.at(-1);
		if (word && last) {
			const field = word === 'For' ? 'pros' : word === 'Against' ? 'cons' : 'note';
			options[options.length - 1] = { ...last, [field]: last[field] ? `${last[field]}\n${value}` : value };
		} else if (line.trim() !== '') {
			options.push({ title: line.trim().replace(/^[-*•]\s+/, ''), note: '', pros: '', cons: '' });
		}
	}
	return options;
}

const LINE = new RegExp(`^(${LABELS.join('|')}):[ \\t]*(.*)$`, 'i');

/** Whether `text` is such a log: it has both labels that every entry begins with. */
export const looksLikeLog = (text: string): boolean => /^date:/im.test(text) && /^decision:/im.test(text);

/** Every decision of a log, in order. */
export function readLog(text: string): readonly Written[] {
	const entries: Map<Label, string[]>[] = [];
	let label: Label | undefined;
	for (const line of text.replaceAll(/\r\n?/g, '\n').split('\n')) {
		const [, word = '', value = ''] = LINE.exec(line) ?? [];
		const known = LABELS.find((one) => one.toLowerCase() === word.toLowerCase());
		if (known) {
			if (entries.length === 0 || known === 'Date' || entries.at(-1)?.has(known)) entries.push(new Map());
			label = known;
			entries.at(-1)?.set(known, value ? [value] : []);
		} else if (label)
			entries
				.at(-1)
				?.get(label)
				?.push(line.replace(/^ {1,2}/, ''));
	}
	return entries.map(entryFrom).filter(({ title, context }) => title !== '' || context !== '');
}

function entryFrom(values: ReadonlyMap<Label, readonly string[]>): Written {
	const value = (label: Label) => (values.get(label) ?? []).join('\n').trimEnd().replace(/^\n+/, '');
	const options = optionsFrom(value('Options considered'));
	const made = value('Decision made');
	const at = options.findIndex(({ title }) => title === made);
	const [, word = '', note] = /^(\w+)(?: \((.*)\))?$/s.exec(value('Reversible')) ?? [];
	const why = value('Rationale');
	// What was decided, in words that are no option's: it stands before the reason.
	const reason = made && at === -1 ? [made, why].filter(Boolean).join('\n\n') : why;
	const status = statusFrom(value('Status')) ?? (made ? 'decided' : 'proposed');
	const day = (text: string) => (isIsoDate(text) ? text : undefined);
	return present({
		title: value('Decision').replaceAll(/\s*\n\s*/g, ' '),
		status,
		madeOn: day(value('Date')),
		reversibility: reversibilityFrom(word),
		reversibilityNote: note,
		reviewOn: day(value('Review date')),
		tags: [],
		members: { ...NOBODY, decide: namesFrom(value('Owner')).map((name) => ({ name })) },
		options,
		chosen: at === -1 ? undefined : at,
		evidence: [],
		context: canonical(value('Context')),
		why: canonical(reason),
		outcome: canonical(value('Outcome')),
		chunks: []
	});
}
