import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { AttrStep, ReplaceStep, type Step } from '@tiptap/pm/transform';
import { aligned } from './align.ts';
import { isEqual } from './attributes.ts';

/**
 * Steps that turn the transaction's document into `after`, each as small as can be, so that everything that is
 * bound to a position elsewhere stays bound to it.
 */
export function stepTo(tr: Transaction, after: Node): void {
	const edits = editsIn(tr.doc, after, 0).toSorted((a, b) => b.from - a.from || b.to - a.to);
	for (const { step } of edits) if (tr.maybeStep(step).failed) break;
	// What small steps cannot reach is replaced as a whole; the text is right then, only positions are lost.
	if (!tr.doc.eq(after)) tr.step(replaced(0, tr.doc.content.size, after.content));
}

interface Edit {
	readonly from: number;
	readonly to: number;
	readonly step: Step;
}

const replaced = (from: number, to: number, content: Fragment): Step =>
	new ReplaceStep(from, to, new Slice(content, 0, 0));

/** What to change in `before`, whose content begins at `start`. Edits do not overlap. */
function editsIn(before: Node, after: Node, start: number): readonly Edit[] {
	if (before === after) return [];
	if (after.inlineContent) return lineEdit(before, after, start);
	const { pairs, changes } = aligned(before.children, after.children);
	const starts = startsOf(before, start);
	const outer = changes.map((change): Edit => {
		const from = starts[change.from] ?? start;
		const to = starts[change.to] ?? start;
		const nodes = after.children.slice(change.at, change.end);
		return { from, to, step: replaced(from, to, Fragment.fromArray(nodes)) };
	});
	const inner = pairs.flatMap(([from, to]) => {
		const [a, b] = [before.children[from], after.children[to]];
		return a && b ? editsOf(a, b, starts[from] ?? start) : [];
	});
	return [...outer, ...inner];
}

function editsOf(before: Node, after: Node, at: number): readonly Edit[] {
	if (before === after) return [];
	const attributes = Object.keys(after.attrs)
		.filter((key) => !isEqual(before.attrs[key], after.attrs[key]))
		.map((key): Edit => ({ from: at, to: at + 1, step: new AttrStep(at, key, after.attrs[key]) }));
	return after.isLeaf ? attributes : [...attributes, ...editsIn(before, after, at + 1)];
}

function lineEdit(before: Node, after: Node, start: number): readonly Edit[] {
	const from = before.content.findDiffStart(after.content);
	const ends = before.content.findDiffEnd(after.content);
	if (from === null || !ends) return [];
	const overlap = Math.max(0, from - Math.min(ends.a, ends.b));
	const [lower, upper] = [start + from, start + ends.a + overlap];
	const content = after.content.cut(from, ends.b + overlap);
	return [{ from: lower, to: upper, step: replaced(lower, upper, content) }];
}

function startsOf(parent: Node, start: number): readonly number[] {
	const starts = [start];
	for (const child of parent.children) starts.push((starts.at(-1) ?? start) + child.nodeSize);
	return starts;
}
