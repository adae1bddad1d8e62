import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DocumentId, RowId } from '#lib/domain/id.ts';
import TestBlock from '#lib/editor/testing/TestBlock.svelte';
import { blockIdOf } from '#lib/docs/touched.ts';
import { notesOf } from './doc.ts';
import type { ParkedThing } from './schema.ts';
import { Desk } from './specimens/desk.svelte.ts';
import { draft, live, MINUTE_MS, STARTS_MS } from './specimens/meetings.ts';
import { AT_THE_REVIEW, mei, nadia } from './specimens/people.ts';
import {
	button,
	choose,
	closeAll,
	panel,
	rail,
	row,
	show,
	startWriting,
	textOf,
	title
} from './specimens/trial.ts';

let desk: Desk;
beforeEach(() => {
	desk = new Desk(live, { present: AT_THE_REVIEW });
});
afterEach(closeAll);

const FREE_TIER = 'Should free-tier traffic count towards the Tier-0 SLO?';
const parkedOf = (id: string): ParkedThing | undefined => desk.value.parking.find((one) => one.id === id);
const lot = panel.getByRole('region', { name: 'Parking lot' });
const line = page.getByRole('textbox', { name: 'What is worth talking about later' });
const linesOf = (name: string) =>
	panel
		.getByRole('region', { name })
		.getByRole('listitem')
		.elements()
		.map((one) => one.textContent.replace(/\s+/g, ' ').trim());

test('who is here is said with what they do', async () => {
	await show(desk);
	expect(linesOf('Here now').map((words) => words.replace(/^[A-Z]{2} /, ''))).toEqual([
		expect.stringMatching(/Nadia Okafor you Facilitating$/),
		expect.stringMatching(/Priya Raman Typing in notes$/),
		expect.stringMatching(/Tomás Herrera Typing in notes$/),
		expect.stringMatching(/Mei Lin Reading Cost deltas$/),
		expect.stringMatching(/Jonas Weber Reading SLO & reliability signals$/),
		expect.stringMatching(/Samuel Adeyemi Phone, in Last week’s actions$/),
		expect.stringMatching(/Ingrid Solberg Offline since 10:02, edits will merge$/)
	]);
	await expect.element(panel.getByText('6', { exact: true })).toBeVisible();
	await panel.getByRole('button', { name: 'Invite' }).click();
	expect(desk.asked).toEqual(['invite']);
});

test('the agenda shows who is at an item that is not on', async () => {
	await show(desk);
	await expect.element(rail.getByLabelText('Looking at Cost deltas')).toBeVisible();
});

test('offline, others are said where they were last seen, and nobody is said to be here', async () => {
	desk.isOffline = true;
	await show(desk);
	await expect.element(panel.getByRole('heading', { name: 'Here now' })).not.toBeInTheDocument();
	const last = linesOf('Last seen');
	expect(last[0]).toContain('Priya Raman In notes at 10:08');
	expect(last[2]).toContain('Mei Lin Reading Cost deltas at 10:07');
	await expect.element(panel.getByText('10:08', { exact: true }).first()).toBeVisible();
	await expect.element(panel.getByText(/They may still be editing\./)).toBeVisible();
	expect(rail.getByLabelText(/^Looking at/).elements()).toEqual([]);
});

test('what waits on this device is listed, leads to where it was made, and can be kept as a file', async () => {
	desk.isOffline = true;
	const block = blockIdOf(notesOf(desk.doc, 'actions').get(0));
	desk.kept = [
		{
			key: `ops/review notes.actions#${block}`,
			atMs: STARTS_MS + 13 * MINUTE_MS,
			what: 'Notes edited',
			where: 'Last week’s actions',
			isOnDisk: true
		},
		{
			key: 'ops/review agenda/cost/minutes',
			atMs: STARTS_MS + 12 * MINUTE_MS,
			what: 'Minutes changed',
			where: 'Cost deltas',
			isOnDisk: true
		}
	];
	desk.pending = new Set(['cost', 'vendor', block ?? '']);
	await show(desk);
	await expect.element(panel.getByText('2 changes')).toBeVisible();
	await expect.element(panel.getByText(/^Safe on this /)).toBeVisible();
	await panel.getByRole('button', { name: /Minutes changed/ }).click();
	await expect.element(title).toHaveTextContent('Cost deltas');
	await panel.getByRole('button', { name: /Notes edited/ }).click();
	await expect.element(title).toHaveTextContent('Last week’s actions');
	await panel.getByRole('button', { name: 'Save a copy' }).click();
	expect(desk.asked).toContain('saveCopy');
	const ring = { name: 'On this device, not yet synced' };
	await expect.element(rail.getByRole('img', ring)).toBeVisible();
	await expect.element(lot.getByRole('img', ring)).toBeVisible();
});

test('with nothing kept, the offline list says that the team has everything', async () => {
	desk.isOffline = true;
	await show(desk);
	await expect.element(panel.getByText('Nothing waits here. Every change is with the team.')).toBeVisible();
});

test('back online, what others did meanwhile is listed until it is read, and leads there', async () => {
	desk.returned = {
		atMs: STARTS_MS + 14 * MINUTE_MS,
		sent: 7,
		missed: [
			{
				key: 'ops/review agenda/cost/title',
				who: mei.name,
				personId: mei.id,
				atMs: STARTS_MS + 10 * MINUTE_MS,
				what: 'renamed an item',
				where: 'Cost deltas'
			},
			{
				key: 'ops/review agenda/gone',
				who: '',
				personId: undefined,
				atMs: STARTS_MS + 11 * MINUTE_MS,
				what: 'deleted an item',
				where: ''
			}
		]
	};
	await show(desk);
	await expect.element(panel.getByRole('heading', { name: 'While you were offline' })).toBeVisible();
	await expect.element(panel.getByText(/^All synced at 10:14:00\./)).toBeVisible();
	await panel.getByRole('button', { name: /Somebody deleted an item/ }).click();
	await expect
		.element(title, { message: 'what is gone leads nowhere' })
		.toHaveTextContent('SLO & reliability signals');
	await panel.getByRole('button', { name: /Mei Lin renamed an item/ }).click();
	await expect.element(title).toHaveTextContent('Cost deltas');
	desk.dismissReturn();
	await expect
		.element(panel.getByRole('heading', { name: 'While you were offline' }))
		.not.toBeInTheDocument();
	await expect.element(panel.getByText('Facilitating')).toBeVisible();
});

test('something is parked with who, when and the item that was on, and the line waits for the next', async () => {
	await show(desk);
	await panel.getByRole('button', { name: /Park something/ }).click();
	await expect.element(line).toHaveFocus();
	await userEvent.keyboard('Who owns the canary?{Enter}');
	await expect.element(line).toHaveValue('');
	await expect.element(line).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(desk.value.parking.at(-1)).toMatchObject({
		text: 'Who owns the canary?',
		by: nadia.id,
		at: '2026-06-08T08:10:58.000Z',
		item: 'slo',
		state: 'open'
	});
	await expect.element(lot.getByText('Nadia, 10:10')).toBeVisible();
	await expect.element(panel.getByRole('button', { name: /Park something/ })).toHaveFocus();
	expect(desk.said).toContain('Parked');
});

test('what was typed to park and left is kept; Escape takes it back', async () => {
	await show(desk);
	await panel.getByRole('button', { name: /Park something/ }).click();
	await userEvent.keyboard('Kept');
	await row('Cost deltas').click();
	expect(desk.value.parking.at(-1)?.text).toBe('Kept');
	await panel.getByRole('button', { name: /Park something/ }).click();
	await userEvent.keyboard('Not kept{Escape}');
	expect(desk.value.parking.at(-1)?.text).toBe('Kept');
});

test.each(['key', 'mouse'])('the slash menu of the notes parks too, by %s', async (by) => {
	await show(desk);
	await startWriting();
	await userEvent.keyboard('{Control>}{End}{/Control}{Enter}/park');
	const option = page.getByRole('option', { name: 'Park something' });
	await expect.element(option).toBeVisible();
	if (by === 'mouse') await option.click();
	else await userEvent.keyboard('{Enter}');
	await expect.element(line).toHaveFocus();
	await userEvent.keyboard('From the notes{Enter}');
	expect(desk.value.parking.at(-1)?.text).toBe('From the notes');
});

test('a parked thing is edited where it stands', async () => {
	await show(desk);
	await choose(`More about “${FREE_TIER}”`, 'Edit');
	const field = lot.getByRole('textbox', { name: 'Parked' });
	await expect.element(field).toHaveFocus();
	await field.fill('Does free-tier traffic count?');
	await userEvent.keyboard('{Enter}');
	expect(parkedOf('free-tier')?.text).toBe('Does free-tier traffic count?');
	await choose('More about “Does free-tier traffic count?”', 'Edit');
	await field.fill('Never mind');
	await userEvent.keyboard('{Escape}');
	expect(parkedOf('free-tier')?.text).toBe('Does free-tier traffic count?');
});

test('a parked thing is brought back onto the agenda, and taken off it again', async () => {
	await show(desk);
	await choose(`More about “${FREE_TIER}”`, 'Bring back');
	expect(desk.value.agenda.at(-1)).toMatchObject({ title: FREE_TIER, owner: 'p-jonas', minutes: 5 });
	expect(parkedOf('free-tier')?.state).toBe('closed');
	await expect.element(lot.getByText(FREE_TIER)).not.toBeInTheDocument();
	await button('Undo').click();
	expect(desk.titles).not.toContain(FREE_TIER);
	await expect.element(lot.getByText(FREE_TIER)).toBeVisible();
});

test('a parked thing is sent to the next meeting, or kept in this one after all', async () => {
	await show(desk);
	await choose(`More about “${FREE_TIER}”`, 'Send to next meeting');
	expect(parkedOf('free-tier')?.state).toBe('next');
	await expect.poll(textOf(lot)).toContain('Jonas, 10:04, for the next meeting');
	await choose(`More about “${FREE_TIER}”`, 'Keep in this meeting');
	expect(parkedOf('free-tier')?.state).toBe('open');
});

test('a parked thing is closed, and Undo leaves it where it was', async () => {
	desk.commands.patchParked('free-tier' as RowId, { state: 'next' });
	await show(desk);
	await choose(`More about “${FREE_TIER}”`, 'Close');
	await expect.element(lot.getByText(FREE_TIER)).not.toBeInTheDocument();
	await button('Undo').click();
	expect(parkedOf('free-tier')?.state).toBe('next');
});

test('an empty parking lot says what it is for', async () => {
	desk = new Desk({ ...draft, parking: [] });
	await show(desk);
	await expect.element(lot.getByText('What is worth talking about, but not now, waits here.')).toBeVisible();
});

test('what earlier meetings left open stands beside the agenda until it is put into the notes', async () => {
	const ref = { kind: 'actions', document: 'r-actions' as DocumentId, row: 'a-pager' as RowId };
	desk.actionsFromEarlier = [
		{
			ref,
			title: 'Rotate the paging schedule',
			state: 'Open',
			isOpen: true,
			owner: mei.id,
			due: '2026-06-09',
			note: '3rd meeting in a row'
		}
	];
	desk.recordKinds = [
		{
			type: 'action',
			title: 'Action',
			slash: { title: 'Action', keywords: [] },
			create: () => undefined,
			component: TestBlock
		}
	];
	await show(desk);
	const still = panel.getByRole('region', { name: 'Still open from earlier' });
	await expect.element(still.getByRole('link')).toHaveAttribute('href', '#actions/a-pager');
	expect(linesOf('Still open from earlier')).toEqual([
		'Rotate the paging schedule Mei, Tomorrow, 3rd meeting in a row'
	]);
	await startWriting();
	await still.getByRole('button', { name: 'Put “Rotate the paging schedule” into the notes' }).click();
	await expect.poll(() => JSON.stringify(desk.value.notes)).toContain('a-pager');
	await expect.element(still).not.toBeInTheDocument();
});
