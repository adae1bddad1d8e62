import type { Change, FieldValues, PassageChange, RowChange } from '../docs/compare.ts';
import type { Place } from '../docs/touched.ts';
import type { BringsBack, ShownChange, ShownField, ShownPassage, TextStep } from '../domain/history.ts';
import { counted } from '../domain/words.ts';
import type { PlaceWords } from '../kinds/contract.ts';
import { fieldWords, valueWords, type ValueNames } from './value-words.ts';

/** What is needed to say what changed in a version. */
export interface HistoryWords {
	readonly names: ValueNames;
	/** By the document's kind, as the document was before and after. */
	describe(place: Place, at: 'before' | 'after'): PlaceWords;
	/** What of a change can be brought back; undefined where nobody may write. */
	bringsBack(change: Change): BringsBack | undefined;
}

/** One entry for each record, field and text, in the order in which they came. */
export function shownChanges(changes: readonly Change[], words: HistoryWords): readonly ShownChange[] {
	const texts = new Map<string, PassageChange[]>();
	for (const change of changes) {
		if (change.is === 'passage') texts.set(change.root, [...(texts.get(change.root) ?? []), change]);
	}
	return [
		...changes.flatMap((change) => (change.is === 'passage' ? [] : [shownRecord(change, words)])),
		...[...texts].map(([root, passages]) => shownText(root, passages, words))
	];
}

/** How a change is called where one is picked to be brought back. */
export const keyOf = (change: Change): string => change.place;

function shownRecord(change: Exclude<Change, PassageChange>, words: HistoryWords): ShownChange {
	const bringsBack = words.bringsBack(change);
	const { what, where } = wordsOf(change.place, words);
	const fields = change.is === 'row' ? change.fields : [change];
	return {
		key: keyOf(change),
		is: change.is === 'row' ? 'record' : 'field',
		what: change.is === 'row' ? whatOf(change, what, words) : what,
		where,
		fields: fields.map((field) => shownField(field, words.names)),
		passages: [],
		...(bringsBack ? { bringsBack } : {})
	};
}

/** One field that changed is said by the kind; of several, how many. */
function whatOf({ how, fields }: RowChange, what: string, words: HistoryWords): string {
	const [first] = fields;
	if (how !== 'changed' || !first) return what;
	const said = new Set(fields.map(({ place }) => words.describe(place, 'after').what));
	return said.size === 1 ? ([...said][0] ?? what) : counted(fields.length, 'field changed', 'fields changed');
}

/** What happened, as the document says it now; where, as it was called then when that is gone. */
function wordsOf(place: Place, words: HistoryWords): PlaceWords {
	const after = words.describe(place, 'after');
	return { what: after.what, where: after.where || words.describe(place, 'before').where };
}

function shownField({ place, field, before, after }: FieldValues, names: ValueNames): ShownField {
	const isMove = field === 'order';
	return {
		key: place,
		label: isMove ? 'Moved' : fieldWords(field),
		before: isMove ? '' : valueWords(before, names),
		after: isMove ? '' : valueWords(after, names),
		isMove
	};
}

function shownText(root: string, passages: readonly PassageChange[], words: HistoryWords): ShownChange {
	return {
		key: root,
		is: 'text',
		...wordsOf(passages[0]?.place ?? root, words),
		fields: [],
		passages: passages.map((passage) => shownPassage(passage, words))
	};
}

const SORTS: Readonly<Record<string, string | undefined>> = {
	paragraph: '',
	heading: 'Heading',
	list: 'List',
	tasks: 'Tasks',
	table: 'Table',
	code: 'Code',
	quote: 'Quote',
	divider: 'Line across',
	unknown: 'Something a newer app wrote'
};

function shownPassage(passage: PassageChange, words: HistoryWords): ShownPassage {
	const bringsBack = words.bringsBack(passage);
	return {
		key: keyOf(passage),
		how: passage.how,
		sort: SORTS[passage.sort] ?? fieldWords(passage.sort),
		steps: passage.words.map(({ is, units }): TextStep => ({ is, text: units.join('') })),
		...(bringsBack ? { bringsBack } : {})
	};
}
