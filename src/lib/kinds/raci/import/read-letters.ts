import { lettersOf, type Letter, type Letters } from '../letters.ts';
import { plainOf } from './text-tables.ts';

/** What one cell of a table says. */
export type CellReading =
	/** Nothing, or a dash. */
	| { readonly is: 'empty' }
	/** `isFolded`: it was written otherwise than “R/A”. */
	| { readonly is: 'letters'; readonly letters: Letters; readonly note?: string; readonly isFolded: boolean }
	/** A note alone, in brackets. */
	| { readonly is: 'note'; readonly note: string }
	/** Something else, kept word for word. */
	| { readonly is: 'unclear'; readonly text: string };

/** Letters of other alphabets that look like ours: Cyrillic, Greek, Cherokee. */
const LOOKALIKES: Readonly<Record<string, Letter>> = {
	А: 'A',
	С: 'C',
	І: 'I',
	Ӏ: 'I',
	Α: 'A',
	Ι: 'I',
	Ϲ: 'C',
	Ꭱ: 'R',
	Ꭺ: 'A',
	Ꮯ: 'C',
	Ꮖ: 'I'
};

const WORDS: Readonly<Record<string, Letter>> = {
	RESPONSIBLE: 'R',
	ACCOUNTABLE: 'A',
	CONSULTED: 'C',
	CONSULT: 'C',
	INFORMED: 'I',
	INFORM: 'I'
};

const NOTHING = /^([-–—−·]+|n\/a)?$/i;

/** Reads a cell: “R”, “R/A”, “R,A”, “**A**”, “Accountable”, “R (veto)”, “С” in Cyrillic. Never guesses. */
export function readCell(raw: string): CellReading {
	const plain = plainOf(raw).normalize('NFKC').trim();
	if (NOTHING.test(plain)) return { is: 'empty' };
	const [, head = '', note] = /^(.*?)\s*\((.+)\)$/s.exec(plain) ?? [undefined, plain];
	if (head === '' && note) return { is: 'note', note };
	const letters = lettersIn(head);
	if (letters === undefined) return { is: 'unclear', text: plain };
	const written = [...letters].join('/') + (note ? ` (${note})` : '');
	return { is: 'letters', letters, ...(note ? { note } : {}), isFolded: raw.trim() !== written };
}

/** The letters of “R, A” or “Responsible and Accountable”; undefined when any part is something else. */
export function lettersIn(text: string): Letters | undefined {
	const parts = text
		.toUpperCase()
		.split(/[\s/,;+&|\\·-]+/)
		.filter((part) => part !== '' && part !== 'AND');
	const found = parts.map(lettersOfPart);
	if (found.length === 0 || found.includes(undefined)) return undefined;
	return lettersOf(found.join(''));
}

function lettersOfPart(part: string): Letters | undefined {
	const word = WORDS[part];
	if (word) return word;
	const letters = [...part].map((sign) => LOOKALIKES[sign] ?? sign);
	const isEachOnce = new Set(letters).size === letters.length;
	return isEachOnce && letters.every((letter) => 'RACI'.includes(letter)) ? letters.join('') : undefined;
}

/** The letter a column's head stands for: “Approver (A)”, “Accountable”, “R”. */
export function letterOfHead(head: string): Letter | undefined {
	const plain = plainOf(head).normalize('NFKC');
	const inner = /\(([^()]+)\)\s*$/.exec(plain)?.[1];
	const letters = lettersIn(inner ?? plain);
	return letters?.length === 1 ? (letters as Letter) : undefined;
}
