import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PersonId } from '#lib/domain/id.ts';
import { readAdr } from './adr-read.ts';
import { writeAdr } from './adr-write.ts';
import { decisionsDoc } from './doc.ts';
import { dossiersOf } from './dossier.ts';
import { typical } from './fixtures.ts';
import { isSuperseded } from './standing.ts';
import { writtenOf, type Written } from './written.ts';

const MADR = `---
parent: Decisions
status: on hold
---
# Write our own exporter

## Context and Problem Statement

Packs leave as slides. See [the form](./form.md) and ![a picture](form.png).

## Decision Drivers

* Easy to read

## Considered Options

* [Slides](https://slides.example) by hand
* Write our own exporter
* **Print:** from the browser

## Decision Outcome

Chosen option: "Write our own exporter", because it is quick.

### Consequences

* Good, because nobody types.

## Pros and Cons of the Options

### Slides by hand

* Good, because it [is known](https://slides.example/known)
* Bad, because somebody forgets
  every other week

### Write our own exporter

<table><tr><td>kept</td></tr></table>

* Neutral, because it is work
`;

const NYGARD = `# 4. Docker base image

Date: 2022-08-09

## Status

Accepted

Superseded by [7. Slim images](./0007-slim-images.md)

## Context

It is rare to start from scratch.

## Decision

To use the full image.

## Consequences

It may grow.`;

const LINES = `# ADR: Chat

* **Status:** Active&#x20;
* **Last Modified:**&#x31;2/16/2024
* **Deciders:** Lucas and Mei

## Options Considered

### Pigeons

#### Pros

- Quiet

#### Cons

- Slow

### Shouting

It is loud.
`;

const read = (text: string) => readAdr(text).written;

test('a MADR record is understood: front matter, options, arguments, the chosen one', () => {
	const { written, notes, statusStyle } = readAdr(MADR);
	expect(written).toMatchObject({
		title: 'Write our own exporter',
		status: 'proposed',
		chosen: 1,
		why: 'it is quick.',
		options: [
			{
				title: 'Slides by hand',
				pros: 'it [is known](https://slides.example/known)',
				cons: 'somebody forgets\n  every other week'
			},
			{
				title: 'Write our own exporter',
				note: '<table><tr><td>kept</td></tr></table>\n\n* Neutral, because it is work'
			},
			{ title: 'Print', note: 'from the browser' }
		]
	});
	expect(statusStyle).toBe('front matter');
	expect(notes).toEqual(['The status “on hold” is none of ours. Taken as proposed, kept as typed.']);
	expect(written.chunks.filter(({ is }) => is === 'named').map(({ heading }) => heading)).toEqual([
		'Decision Drivers',
		'Consequences',
		'Pros and Cons of the Options'
	]);
});

test('an address that prose cannot hold stays in the text as it was typed', () => {
	expect(read(MADR).context).toContain('\\[the form\\](./form.md)');
	expect(read(MADR).context).toContain('form.png');
});

test('a Nygard record is understood, and its two statuses are said', () => {
	const { written, notes, statusStyle } = readAdr(NYGARD);
	expect(written).toMatchObject({
		title: 'Docker base image',
		status: 'superseded',
		madeOn: '2022-08-09',
		why: 'To use the full image.',
		supersededBy: 'Slim images'
	});
	expect(statusStyle).toBe('heading');
	expect(notes).toEqual([
		'It names 2 statuses: “Accepted” and “Superseded by 7. Slim images”. Superseded counts; both are kept as typed.'
	]);
});

test('facts in lines are understood, escapes of other tools too; what is no date is said', () => {
	const { written, notes } = readAdr(LINES);
	expect(written).toMatchObject({
		title: 'Chat',
		status: 'decided',
		members: { decide: [{ name: 'Lucas' }, { name: 'Mei' }] },
		options: [
			{ title: 'Pigeons', pros: 'Quiet', cons: 'Slow' },
			{ title: 'Shouting', note: 'It is loud.' }
		]
	});
	expect(notes).toEqual(['“12/16/2024” was not read as a date. It is kept as typed.']);
});

const through = (all: readonly Written[]) => {
	const doc = new Y.Doc();
	decisionsDoc.commands(doc, 'ada' as PersonId).importWritten(all);
	return decisionsDoc.read(doc).value;
};

test.each([MADR, NYGARD, LINES, 'Only a sentence.', '## Context\n\nNo title.\n'])(
	'a record goes through a document and out byte for byte %#',
	(text) => {
		const [back] = writtenOf(through([read(text)]));
		expect(writeAdr(back as Written)).toBe(text);
	}
);

test('a file without a title gets one when the decision has one', () => {
	expect(writeAdr({ ...read('---\nstatus: accepted\n---\nOnly a sentence.'), title: 'Say it' })).toBe(
		'---\nstatus: accepted\n---\n# Say it\n\nOnly a sentence.'
	);
});

test('only what changed is written anew', () => {
	const [back] = writtenOf(through([read(MADR)]));
	const written = back as Written;
	const [first, ...others] = written.options;
	const out = writeAdr({
		...written,
		title: 'Write our own printer',
		status: 'decided',
		madeOn: '2026-06-08',
		options: [{ ...(first as Written['options'][number]), cons: 'nobody does it' }, ...others]
	});
	expect(out).toBe(
		MADR.replace('# Write our own exporter', '# Write our own printer')
			.replace('status: on hold', 'status: accepted\ndate: 2026-06-08')
			.replace('because somebody forgets\n  every other week', 'because nobody does it')
	);
	expect(writeAdr(read(out))).toBe(out);
});

test('a status is set where it stands, whatever the style', () => {
	const status = (text: string) => writeAdr({ ...read(text), status: 'rejected' });
	expect(status(NYGARD)).toContain('Accepted\n\nRejected\n');
	expect(status(LINES)).toContain('* **Status:** rejected\n');
});

test('an option that was removed takes its item and its section along, a new one is listed', () => {
	const written = read(MADR);
	const out = writeAdr({
		...written,
		options: [...written.options.slice(1), { title: 'Post', note: '', pros: 'slow', cons: '' }],
		chosen: 0,
		chunks: written.chunks.map((chunk) =>
			chunk.option === undefined ? chunk : { ...chunk, option: chunk.option - 1 }
		)
	});
	expect(out).not.toContain('### Slides by hand');
	expect(out).toContain('* Write our own exporter\n* **Print:** from the browser\n* Post\n');
	expect(out).toContain('### Post\n\n* Good, because slow');
	expect(read(out).options.map(({ title }) => title)).toEqual(['Write our own exporter', 'Print', 'Post']);
});

test.each(['madr', 'nygard'] as const)(
	'what was entered here leaves as %s and comes back as it was',
	(style) => {
		const names = new Map([
			['p-samuel', 'Samuel Adeyemi'],
			['p-rafael', 'Rafael Costa']
		]);
		const all = writtenOf(typical, (person) => names.get(person));
		const again = all.map((written) => read(writeAdr(written, style)));
		expect(again.map(bare)).toEqual(all.map(bare));
		expect(again.map((written) => writeAdr(written))).toEqual(all.map((written) => writeAdr(written, style)));
	}
);

/** Without the pieces, which only something read from a file has. */
const bare = (written: Written): Written => ({ ...written, chunks: [] });

test('records that are read together know which stands in the place of which', () => {
	const slim = '# 7. Slim images\n\n## Status\n\nAccepted\n\n## Decision\n\nTo use slim images.\n';
	const value = through([read(NYGARD), read(slim)]);
	const [docker] = [...dossiersOf(value).values()];
	expect(docker && isSuperseded(docker)).toBe(true);
	expect(docker?.successors.map(({ title }) => title)).toEqual(['Slim images']);
});

test('names in a file become people where they are known, and stay names where they are not', () => {
	const doc = new Y.Doc();
	const personOf = (name: string) => (name === 'Mei' ? ('p-mei' as PersonId) : undefined);
	decisionsDoc.commands(doc, 'ada' as PersonId).importWritten([read(LINES)], { personOf });
	expect(decisionsDoc.read(doc).value.members).toMatchObject([{ name: 'Lucas' }, { person: 'p-mei' }]);
});

test('facts that are none are left in the file, and the record goes in all the same', () => {
	const text = `---\nstatus: accepted\ndecided: soon\nproposed: 2026-13-40T10:00:00Z\nagree: Mei (agreed 2026-99-99T10:00:00Z)\ntags: ${'x'.repeat(80)}\n---\n# Ship\n`;
	expect(read(text)).toMatchObject({ members: { agree: [{ name: 'Mei (agreed 2026-99-99T10:00:00Z)' }] } });
	expect(read(text)).not.toHaveProperty('decidedAt');
	expect(through([read(text)]).decisions).toMatchObject([{ title: 'Ship', status: 'decided' }]);
});
