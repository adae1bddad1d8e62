import { isPressed, type Combo, type Platform } from '#lib/ui/keys.ts';
import { isLetter } from '../letters.ts';
import type { MatrixRoom } from './room.svelte.ts';
import { CHECK, HEAD, isCell, NAME, type Spot } from './spot.ts';

/** The grid's keys, in the order in which they are listed under “?”. */
export const KEYS: readonly { readonly keys: readonly Combo[]; readonly what: string }[] = [
	{ keys: ['r', 'a', 'c', 'i'], what: 'Set the letter; again takes it out' },
	{ keys: ['shift+r', 'shift+a', 'shift+c', 'shift+i'], what: 'Add the letter beside others' },
	{ keys: ['backspace'], what: 'Clear the cells; on a head, delete the row or column' },
	{ keys: ['left', 'up', 'down', 'right'], what: 'Move' },
	{ keys: ['home', 'end'], what: 'First and last role' },
	{ keys: ['mod+up', 'mod+down'], what: 'First and last activity' },
	{ keys: ['shift+left', 'shift+up', 'shift+down', 'shift+right'], what: 'Select a range' },
	{ keys: ['mod+d'], what: 'Fill down' },
	{ keys: ['mod+z', 'shift+mod+z'], what: 'Undo and redo' },
	{ keys: ['alt+up', 'alt+down'], what: 'Move the activity' },
	{ keys: ['alt+left', 'alt+right'], what: 'Move the role' },
	{ keys: ['enter'], what: 'On a head, rename; on a check, choose' },
	{ keys: ['mod+enter'], what: 'New activity below' },
	{ keys: ['n'], what: 'Note of the cell' },
	{ keys: ['esc'], what: 'Let go of the range' }
];

/** What only the grid itself can do. */
export interface GridPorts {
	/** Goes there, and the focus with it. */
	focus(spot: Spot): void;
	/** Puts the focus where the cursor is. */
	show(): void;
	/** Opens what the head or check holds. */
	open(spot: Spot): void;
	/** Asks for the note of the cell. */
	note(): void;
	help(): void;
}

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1]
};

/** What a key does in the grid; undefined when it is none of the grid's. */
export function verbOf(
	event: KeyboardEvent,
	{ room, ports, platform }: { room: MatrixRoom; ports: GridPorts; platform: Platform }
): (() => void) | undefined {
	const is = (combo: Combo) => isPressed(event, combo, platform);
	const hasMod = platform.isApple ? event.metaKey : event.ctrlKey;
	return (
		arrowVerb(event, { room, ports, hasMod }) ??
		wholeVerb(is, room, ports) ??
		(hasMod || event.altKey || event.ctrlKey || event.metaKey ? undefined : plainVerb(event, room, ports))
	);
}

function arrowVerb(
	event: KeyboardEvent,
	{ room, ports, hasMod }: { room: MatrixRoom; ports: GridPorts; hasMod: boolean }
): (() => void) | undefined {
	const arrow = ARROWS[event.key];
	if (!arrow) return undefined;
	const [rows, columns] = arrow;
	const { cursor } = room;
	if (event.altKey) {
		const { row, column } = cursor.spot;
		const moved: Spot = rows !== 0 ? { row, column: NAME } : { row: HEAD, column };
		return () => room.rows.move(moved, rows + columns);
	}
	if (hasMod) return () => ports.focus(cursor.away(rows * FAR, columns * FAR));
	const next = cursor.away(rows, columns);
	if (!event.shiftKey) return () => ports.focus(next);
	return () => {
		if (isCell(next)) cursor.reach(next);
		ports.show();
	};
}

/** Farther than any grid goes. */
const FAR = 1_000;

function wholeVerb(
	is: (combo: Combo) => boolean,
	room: MatrixRoom,
	ports: GridPorts
): (() => void) | undefined {
	if (is('mod+z')) return () => room.here.undo();
	if (is('shift+mod+z')) return () => room.here.redo();
	if (is('mod+d')) return () => room.fillDown();
	if (is('mod+enter')) {
		const { row } = room.cursor.spot;
		const below = room.activities.find(({ id }) => id === row)?.id;
		return () => room.rows.addActivity(below ?? 'end');
	}
	if (is('?')) return () => ports.help();
	return undefined;
}

function plainVerb(event: KeyboardEvent, room: MatrixRoom, ports: GridPorts): (() => void) | undefined {
	const { cursor } = room;
	const { spot } = cursor;
	const letter = event.key.toUpperCase();
	if (event.key === 'Home') return () => ports.focus({ row: spot.row, column: room.roles[0]?.id ?? NAME });
	if (event.key === 'End')
		return () => ports.focus({ row: spot.row, column: room.roles.at(-1)?.id ?? CHECK });
	if (event.key === 'Escape' && cursor.range) return () => cursor.drop();
	if (!isCell(spot)) return headVerb(event, room, ports);
	if (isLetter(letter)) return () => (event.shiftKey ? room.toggle(letter) : room.type(letter));
	if (event.key === 'Backspace' || event.key === 'Delete') return () => room.clear();
	return letter === 'N' || event.key === 'F2' ? () => ports.note() : undefined;
}

function headVerb(event: KeyboardEvent, room: MatrixRoom, ports: GridPorts): (() => void) | undefined {
	const { spot } = room.cursor;
	const isRow = spot.column === NAME && spot.row !== HEAD;
	const isColumn = spot.row === HEAD && spot.column !== NAME && spot.column !== CHECK;
	const isChoice = spot.column === CHECK && spot.row !== HEAD;
	if (event.key === 'Enter' || event.key === 'F2' || event.key === ' ') {
		if (isRow || isColumn) return () => room.rows.edit(spot);
		return isChoice ? () => ports.open(spot) : undefined;
	}
	if ((event.key === 'Backspace' || event.key === 'Delete') && (isRow || isColumn))
		return () => room.rows.remove(spot);
	return undefined;
}
