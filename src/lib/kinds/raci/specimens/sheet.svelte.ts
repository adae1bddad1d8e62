import * as Y from 'yjs';
import { RemoteSync, UserEdit } from '#lib/docs/origin.ts';
import type { Person } from '#lib/domain/person.ts';
import { Toasts } from '#lib/ui/messages/toasts.svelte.ts';
import { raciDoc, type RaciCommands } from '../doc.ts';
import { typical } from '../fixtures.ts';
import type { Raci } from '../schema.ts';
import type { PresentInMatrix, RaciSurroundings } from '../surroundings.ts';

const person = (id: string, name: string, slot: Person['slot']) => ({ id, name, slot }) as Person;

export const nadia = person('p-nadia', 'Nadia Okafor', 3);
export const hana = person('p-hana', 'Hana Kobayashi', 8);
export const samuel = person('p-samuel', 'Samuel Adeyemi', 5);

export const PEOPLE: readonly Person[] = [
	nadia,
	hana,
	samuel,
	person('p-elena', 'Elena Fischer', 1),
	person('p-claire', 'Claire Dubois', 2),
	person('p-ingrid', 'Ingrid Solberg', 6),
	person('p-priya', 'Priya Raman', 7),
	person('p-mei', 'Mei Lin', 4)
];

/** Somebody who has the matrix open, at this cell. */
export const present = (one: Person, row = ''): PresentInMatrix => ({
	person: one,
	isMe: false,
	state: 'here',
	where: '',
	seenAtMs: 0,
	row
});

/** One person's device with a matrix open, and the app around its page. The document is a real one. */
export class Sheet implements RaciSurroundings {
	readonly doc = new Y.Doc();
	readonly commands: RaciCommands;
	/** Toasts stay until they are used. */
	readonly toasts = new Toasts(() => () => undefined);
	/** What screen readers were told, oldest first. */
	readonly said: string[] = [];
	/** What else was asked of the app: “save csv”. */
	readonly asked: string[] = [];
	readonly announced: (string | undefined)[] = [];
	readonly people = PEOPLE;
	readonly timeZone = 'Europe/Berlin';
	readonly hasLetterKeys = true;
	readonly #undo: Y.UndoManager;
	readonly me: Person;

	title = $state('Operating rhythm');
	present = $state.raw<readonly PresentInMatrix[]>([]);
	isOffline = $state(false);
	isReadOnly = $state(false);
	row = $state<string>();
	/** `<root>/<row>` of what only this device has. */
	pending = $state.raw<readonly string[]>([]);

	constructor(raci: Raci = typical, me = nadia) {
		this.me = me;
		raciDoc.seed(this.doc, raci);
		this.commands = raciDoc.commands(this.doc, me.id);
		this.#undo = new Y.UndoManager([...raciDoc.undoable(this.doc)], {
			trackedOrigins: new Set([UserEdit]),
			captureTimeout: 0
		});
	}

	get value(): Raci {
		return raciDoc.read(this.doc).value;
	}

	nowMs(): number {
		return Date.parse('2026-06-08T09:02:00Z');
	}

	isPending(root: string, row: string): boolean {
		const place = `${root}/${row}`;
		return this.pending.some((one) => one === place || one.startsWith(`${place}/`));
	}

	announce(row: string | undefined): void {
		this.announced.push(row);
	}

	rename(title: string): void {
		this.title = title;
	}

	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	saveAs(format: 'csv' | 'markdown'): void {
		this.asked.push(`save ${format}`);
	}

	tell({ title, action }: { title: string; action?: { label: string; run(): void } }): void {
		this.toasts.show({ title, actions: action ? [action] : [] });
	}

	say(words: string): void {
		this.said.push(words);
	}
}

/** Both devices learn what the other knows. */
export function exchange(a: Sheet, b: Sheet): void {
	Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc), new RemoteSync('test'));
	Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc), new RemoteSync('test'));
}
