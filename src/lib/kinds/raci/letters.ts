// The four letters, and the set of them that one cell holds.

export const LETTERS = ['R', 'A', 'C', 'I'] as const;
export type Letter = (typeof LETTERS)[number];

/** The letters of one cell, each once, in the order R A C I: “RA”. Empty for an empty cell. */
export type Letters = string;

export const LETTER_WORDS: Readonly<Record<Letter, string>> = {
	R: 'Responsible',
	A: 'Accountable',
	C: 'Consulted',
	I: 'Informed'
};

export const isLetter = (text: string | undefined): text is Letter =>
	text !== undefined && (LETTERS as readonly string[]).includes(text);

/** Any letters as a cell holds them: each once, in order. */
export const lettersOf = (letters: Iterable<string>): Letters => {
	const found = new Set(letters);
	return LETTERS.filter((letter) => found.has(letter)).join('');
};

/** The letter comes to the others, or goes from among them. */
export const toggled = (letters: Letters, letter: Letter): Letters =>
	letters.includes(letter) ? letters.replace(letter, '') : lettersOf([...letters, letter]);

/** What typing a letter makes of a cell: it stands there alone; where it stood already, it goes. */
export const typed = (letters: Letters, letter: Letter): Letters =>
	letters.includes(letter) ? letters.replace(letter, '') : letter;

/** “Responsible and Accountable”; empty for an empty cell. */
export const lettersWords = (letters: Letters): string =>
	LETTERS.filter((letter) => letters.includes(letter))
		.map((letter) => LETTER_WORDS[letter])
		.join(' and ');
