import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { afterEach, expect, test } from 'vitest';
import { plainSchema, Replica, send } from '../testing/replica.ts';

const { nodes } = plainSchema;
const replicas: Replica[] = [];

function pair(): [Replica, Replica] {
	const made: [Replica, Replica] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
	replicas.push(...made);
	return made;
}

afterEach(() => {
	for (const replica of replicas.splice(0)) replica.undo.destroy();
});

const meet = (a: Replica, b: Replica) => {
	send(a, b);
	send(b, a);
};
const lines = ({ state }: Replica) => state.doc.children.map((node) => node.textContent);
const say = (replica: Replica, text: string, at: number) => {
	replica.undo.cut();
	replica.dispatch(replica.state.tr.insertText(text, at));
};

test('undo takes back one’s own words and leaves those of others, before, after and in between', () => {
	const [ana, ben] = pair();
	say(ana, 'mine', 1);
	meet(ana, ben);
	say(ben, 'A ', 1);
	say(ben, ' Z', 7);
	say(ben, '-', 5);
	meet(ana, ben);
	expect(lines(ana)).toEqual(['A mi-ne Z']);
	expect(ana.undo.undo()).toBe(true);
	meet(ana, ben);
	expect(lines(ben)).toEqual(['A - Z']);
	expect(ben.undo.canUndo).toBe(true);
	expect(ana.undo.redo()).toBe(true);
	meet(ana, ben);
	expect(lines(ben)[0]).toHaveLength('A mi-ne Z'.length);
});

test('a line one began stays while the words of somebody else stand in it', () => {
	const [ana, ben] = pair();
	say(ana, 'first', 1);
	ana.undo.cut();
	ana.dispatch(ana.state.tr.split(6));
	meet(ana, ben);
	say(ben, 'ben’s words', 8);
	meet(ana, ben);
	ana.undo.undo();
	meet(ana, ben);
	expect(lines(ben)).toContain('ben’s words');
	expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
});

test('a list one made stays while the words of somebody else stand in it', () => {
	const [ana, ben] = pair();
	const item = () =>
		nodes['listItem']?.create(null, nodes['paragraph']?.create(null, plainSchema.text('x'))) as Node;
	ana.dispatch(ana.state.tr.insert(0, nodes['bulletList']?.create(null, [item(), item()]) as Node));
	meet(ana, ben);
	say(ben, 'ben', 4);
	meet(ana, ben);
	ana.undo.undo();
	meet(ana, ben);
	expect(ben.state.doc.textContent).toBe('ben');
	expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
});

test('what one deleted comes back where it was, with what others wrote around it', () => {
	const [ana, ben] = pair();
	say(ana, 'keep this word here', 1);
	meet(ana, ben);
	ana.undo.cut();
	ana.dispatch(ana.state.tr.delete(6, 11));
	say(ben, '!', 20);
	meet(ana, ben);
	ana.undo.undo();
	meet(ana, ben);
	expect(lines(ben)).toEqual(['keep this word here!']);
});

test('undo puts the caret back to where it was, also when others have written above', () => {
	const [ana, ben] = pair();
	say(ana, 'one two', 1);
	meet(ana, ben);
	ana.dispatch(ana.state.tr.setSelection(TextSelection.create(ana.state.doc, 4)));
	ana.undo.cut();
	ana.dispatch(ana.state.tr.insertText('XYZ', 4));
	say(ben, 'Up. ', 1);
	meet(ana, ben);
	ana.undo.undo();
	expect(lines(ana)).toEqual(['Up. one two']);
	expect(ana.state.selection.head).toBe(8);
});

test('nothing to take back is said, and does nothing', () => {
	const [ana, ben] = pair();
	say(ben, 'ben', 1);
	meet(ana, ben);
	expect(ana.undo.canUndo).toBe(false);
	expect(ana.undo.undo()).toBe(false);
	expect(ana.undo.redo()).toBe(false);
	expect(lines(ana)).toEqual(['ben']);
});
