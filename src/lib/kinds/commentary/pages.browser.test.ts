import '#lib/ui/styles/app.css';
import { tick } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { DocumentId, RowId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { commentaryDoc } from './doc.ts';
import { typical } from './fixtures.ts';
import { commentaryRow } from './row-names.ts';
import { Desk, KPIS, NOW_MS, priya } from './specimens/desk.svelte.ts';
import Window from './specimens/Window.svelte';
import { standingOf } from './state.ts';
import { writtenOn } from './written.ts';

const [mttrKpi] = KPIS;
const mttr = { kpi: mttrKpi?.id ?? ('' as never) };
const row = commentaryRow(mttr);

async function show(desk: Desk, width: number, isReadOnly = false) {
	await page.viewport(width, width < 768 ? 844 : 900);
	await cdp().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 0, y: 0 });
	const screen = await render(Window, { desk, isReadOnly });
	await tick();
	return screen;
}

afterEach(async () => {
	delete document.documentElement.dataset['theme'];
	await page.viewport(1024, 768);
});

const button = (name: string | RegExp) =>
	page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
const changed = page.getByRole('textbox', { name: 'What changed' });
const written = (desk: Desk) => writtenOn(desk.value, row);
const commandsOf = (desk: Desk) => commentaryDoc.commands(desk.doc, priya.id);

test('from its row on a phone a red KPI is commented with four more taps, and the rest is typed', async () => {
	const desk = new Desk(undefined, row);
	await show(desk, 360);
	let taps = 1; // The row on Home, which links here.
	const tap = async (target: ReturnType<typeof button>) => {
		taps++;
		await target.click();
	};
	await expect.element(changed).toBeVisible();
	await tap(changed);
	await userEvent.keyboard('INC-2291 ran 74 minutes.');
	await tap(button('Runbook'));
	await tap(button('Add an action'));
	await userEvent.keyboard('Add the index step, then drill it');
	await tap(button('Mark complete'));
	await expect.poll(() => written(desk).row?.completed).toMatchObject({ status: 'red', seen: { value: 74 } });
	expect(taps).toBeLessThanOrEqual(5);
	expect(written(desk)).toMatchObject({
		texts: { changed: 'INC-2291 ran 74 minutes.' },
		drivers: [{ name: 'Runbook' }],
		links: [{ ref: { kind: 'actions' } }]
	});
	expect(desk.drafted).toMatchObject([
		{
			title: 'Add the index step, then drill it',
			owner: priya.id,
			kpi: 'mttr',
			source: { kind: 'commentary', document: 'c-2026-W24', row: 'mttr' },
			seen: [{ value: 74 }]
		}
	]);
	await expect.element(page.getByText('Complete · Priya Raman, 09:46')).toBeVisible();
	expect(desk.said).toContain('MTTR, Sev 1/2 is complete.');
	expect(new Set(desk.asked)).toEqual(new Set(['list Week 24']));
});

test('who explains their own KPIs alone writes about those, and reads the others with a sentence', async () => {
	const own = new Desk(undefined, row);
	own.writesOwnAlone = true;
	const screen = await show(own, 1200);
	await changed.click();
	await userEvent.keyboard('The index grew.');
	await expect.poll(() => written(own).texts.changed).toContain('The index grew.');
	await expect.element(button('Mark complete')).toBeVisible();
	expect(button('Add an action').query()).toBeNull();
	await screen.unmount();

	const theirs = new Desk(undefined, commentaryRow({ kpi: 'deploys' as never }));
	theirs.writesOwnAlone = true;
	await show(theirs, 1200);
	await expect
		.element(page.getByRole('status').filter({ hasText: 'You explain the KPIs that you own.' }))
		.toBeVisible();
	await expect.element(page.getByText('Nothing said yet.').first()).toBeVisible();
	expect(document.querySelector('[contenteditable="true"]')).toBeNull();
	expect(button('Mark complete').query()).toBeNull();
	expect(theirs.asked).toEqual([]);
});

test('the same is done with the keyboard alone', async () => {
	const desk = new Desk(undefined, row);
	await show(desk, 1440);
	await expect.element(changed).toBeVisible();
	(changed.element() as HTMLElement).focus();
	await userEvent.keyboard('The runbook was wrong.');
	await reach('Runbook');
	await userEvent.keyboard('{Enter}');
	await reach('Add an action');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('textbox', { name: 'Action', exact: true })).toHaveFocus();
	await userEvent.keyboard('Correct the runbook{Enter}');
	await expect.poll(() => written(desk).links.length).toBe(1);
	await reach('Mark complete');
	await userEvent.keyboard('{Enter}');
	await expect.poll(() => standingOf(written(desk), 'red').state).toBe('complete');
});

/** Tab until the focus is on a button of this name. */
async function reach(name: string) {
	for (let step = 0; step < 60; step++) {
		const focused = document.activeElement;
		if ((focused?.getAttribute('aria-label') ?? focused?.textContent ?? '').trim() === name) return;
		await userEvent.keyboard('{Tab}');
	}
	throw new Error(`no Tab leads to ${name}`);
}

test('looking at a period, and at a commentary of it, writes nothing', async () => {
	const desk = new Desk(undefined, row);
	let updates = 0;
	desk.doc.on('update', () => updates++);
	await show(desk, 1440);
	await expect.element(changed).toBeVisible();
	desk.row = undefined;
	await tick();
	expect(updates).toBe(0);
	expect(desk.asked).toEqual([]);
});

test('the gate says what is missing, at the field too, and takes the person there', async () => {
	const desk = new Desk(undefined, row);
	await show(desk, 360);
	const reason = 'MTTR, Sev 1/2 is red. Add what changed, one driver and one action to complete it.';
	await expect.element(page.getByRole('status').filter({ hasText: reason })).toBeVisible();
	await expect.element(button('Mark complete')).toHaveAttribute('aria-disabled', 'true');
	await expect.element(changed).toBeVisible();
	await button('Mark complete').click({ force: true });
	await expect.element(page.getByText('Red KPIs need this before they can be completed.')).toBeVisible();
	await expect.element(changed).toHaveFocus();
	await userEvent.keyboard('It broke.');
	await expect
		.element(page.getByRole('status').filter({ hasText: 'Add one driver and one action to complete it.' }))
		.toBeVisible();
	expect(written(desk).row?.completed).toBeUndefined();
});

test('a driver of one’s own joins those that are offered, and each can be taken off', async () => {
	const desk = new Desk(undefined, row);
	await show(desk, 360);
	await button('Add a driver').click();
	await userEvent.keyboard('Failover{Enter}');
	await expect.element(button('Failover')).toHaveAttribute('aria-pressed', 'true');
	await button('Failover').click();
	expect(written(desk).drivers).toEqual([]);
});

test('an action that is being written stays while other things of the commentary change', async () => {
	const desk = new Desk(undefined, row);
	await show(desk, 360);
	await button('Add an action').click();
	await userEvent.keyboard('Drill it');
	await button('Runbook').click();
	commandsOf(desk).write(mttr, 'changed', 'Somebody else says why.');
	await expect.element(button('Runbook')).toHaveAttribute('aria-pressed', 'true');
	await expect.element(page.getByRole('textbox', { name: 'Action', exact: true })).toHaveValue('Drill it');
});

test('an action that is there is linked, and taken off again with a way back', async () => {
	const desk = new Desk(undefined, row);
	const ref = { kind: 'actions', document: 'r-actions' as DocumentId, row: 'a7' as RowId };
	desk.records = [{ ref, number: 'ACT-0031', title: 'Drill the rollback', state: 'Open', isOpen: true }];
	await show(desk, 1440);
	await button('Link an action or decision that is there').click();
	await page.getByRole('option', { name: /Drill the rollback/ }).click();
	await expect
		.element(page.getByRole('link', { name: 'Drill the rollback' }))
		.toHaveAttribute('href', '#r-actions/a7');
	await button('Take off Drill the rollback').click();
	expect(written(desk).links).toEqual([]);
	await button('Undo').click();
	expect(written(desk).links.length).toBe(1);
});

test('one-off or trend, outlook and evidence are kept', async () => {
	const desk = new Desk(undefined, row);
	await show(desk, 1440);
	await page.getByText('Trend', { exact: true }).click();
	await page.getByRole('textbox', { name: 'Outlook' }).fill('Back in two weeks.');
	const evidence = page.getByRole('textbox', { name: 'Evidence' });
	await evidence.fill('the timeline');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Paste an address that begins with/)).toBeVisible();
	await evidence.fill('INC-2291 timeline https://incidents.example/2291');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('link', { name: 'INC-2291 timeline' })).toBeVisible();
	expect(written(desk)).toMatchObject({
		row: { nature: 'trend', outlook: 'Back in two weeks.' },
		evidence: [{ title: 'INC-2291 timeline', href: 'https://incidents.example/2291' }]
	});
});

test('late data that turn a completed amber red make it due again, and say both values', async () => {
	const desk = new Desk(undefined, row);
	desk.points.put('mttr', 52);
	const seen = {
		kpi: mttr.kpi,
		value: 52,
		at: '2026-06-08T06:00:00.000Z',
		asOf: '2026-06-08T09:00:00.000Z',
		contract: 'c'
	};
	commandsOf(desk).complete({ ...mttr, seen }, { status: 'amber', at: new Date(NOW_MS).toISOString() });
	await show(desk, 1440);
	await expect.element(page.getByText('Complete · Priya Raman, 09:46')).toBeVisible();
	desk.points.put('mttr', 74);
	await expect
		.element(page.getByText('Completed as At risk at 52\u00a0min; now Off target at 74\u00a0min.'))
		.toBeVisible();
	await expect.element(page.getByText('Written at 52\u00a0min, now 74\u00a0min.')).toBeVisible();
	await button('It still holds').click();
	await expect.element(page.getByText(/^Written at/)).not.toBeInTheDocument();
	desk.points.put('mttr', 41);
	await expect.element(page.getByText('Complete · Priya Raman, 09:46')).toBeVisible();
});

test('a text that was said the week before is noticed, and does not stand in the way', async () => {
	const desk = new Desk(
		{
			...typical,
			links: [
				{
					id: 'l1' as RowId,
					order: 'a0',
					commentary: row,
					ref: { kind: 'actions', document: 'r-actions' as DocumentId }
				}
			]
		},
		row
	);
	desk.before = typical;
	await show(desk, 1440);
	await expect.element(page.getByText('This says the same as the week before.')).toBeVisible();
	await button('Mark complete').click();
	await expect.poll(() => written(desk).row?.completed?.status).toBe('red');
});

test('the list has what is due first, and is filtered', async () => {
	const desk = new Desk(typical);
	await show(desk, 1440);
	const names = () => [...document.querySelectorAll('li a b')].map((name) => name.textContent);
	expect(names()).toEqual([
		'MTTR, Sev 1/2',
		'SLO attainment, Tier-0, enterprise',
		'SLO attainment, Tier-0',
		'Deploys a day'
	]);
	await page.getByText('Due 1', { exact: true }).click();
	expect(names()).toEqual(['MTTR, Sev 1/2']);
	await page.getByText('Mine', { exact: true }).click();
	expect(names()).not.toContain('Deploys a day');
	await expect
		.element(page.getByRole('link', { name: 'The week before' }))
		.toHaveAttribute('href', '#c-2026-W23');
	await expect
		.element(page.getByRole('link', { name: 'The week after' }))
		.toHaveAttribute('href', '#c-2026-W25');
	await page
		.getByRole('link', { name: /SLO attainment, Tier-0 / })
		.last()
		.click();
	await expect.element(page.getByRole('heading', { level: 1, name: /SLO attainment/ })).toBeVisible();
	await page.getByRole('link', { name: 'self-serve' }).click();
	await expect.element(page.getByText('No value in this period yet.')).toBeVisible();
});

test('on a phone one goes from the list to a commentary and back', async () => {
	const desk = new Desk(typical);
	await show(desk, 390);
	await page.getByRole('link', { name: /MTTR/ }).click();
	await expect.element(page.getByRole('heading', { level: 1, name: /MTTR/ })).toBeVisible();
	await page.getByRole('link', { name: 'Back to Week 24' }).click();
	await expect.element(page.getByRole('heading', { name: 'Week 24' })).toBeVisible();
});

test('a commentary is removed with a way back', async () => {
	const desk = new Desk(typical, row);
	await show(desk, 390);
	await button('More').click();
	await page.getByRole('menuitem', { name: 'Remove this commentary' }).click();
	expect(written(desk).row).toBeUndefined();
	await button('Undo').click();
	expect(written(desk).row).toBeDefined();
});

test('who may only read finds the words and no way to change them', async () => {
	const desk = new Desk(typical, row);
	await show(desk, 1440, true);
	await expect.element(page.getByText(/INC-2291 ran 74 minutes/)).toBeVisible();
	for (const name of ['Mark complete', 'Add an action', 'Add a driver']) {
		await expect.element(button(name)).not.toBeInTheDocument();
	}
});

test('a row that no KPI of the period has says so', async () => {
	await show(new Desk(typical, 'spend'), 1440);
	await expect.element(page.getByRole('heading', { name: 'Nothing to explain here' })).toBeVisible();
});

test.each([
	['light', 1440],
	['dark', 1440],
	['light', 390],
	['dark', 390]
] as const)('the pages have no finding of axe in the %s theme at %i px', async (theme, width) => {
	document.documentElement.dataset['theme'] = theme;
	for (const open of [undefined, row, 'slo-attainment']) {
		const desk = new Desk(typical, open);
		const screen = await show(desk, width);
		if (open || width > 768) await expect.element(changed).toBeVisible();
		if (open === row) await button('Add an action').click();
		expect(await axeFindings()).toEqual([]);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
		await screen.unmount();
	}
});
