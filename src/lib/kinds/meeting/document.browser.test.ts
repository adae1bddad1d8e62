import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Desk } from './specimens/desk.svelte.ts';
import { chart, draft, words } from './specimens/meetings.ts';
import { LATENCY, NDR, SLO } from './specimens/numbers.ts';
import { jonas, mei, priya } from './specimens/people.ts';
import { button, choose, closeAll, notes, show, textOf, title } from './specimens/trial.ts';

let desk: Desk;
beforeEach(() => {
	desk = new Desk(draft);
});
afterEach(closeAll);

const charts = () =>
	(desk.value.notes['actions'] ?? []).flatMap((block) => (block.is === 'block' ? [block.data] : []));
const find = page.getByRole('combobox', { name: 'Find a KPI' });
const figure = (name: string) => page.getByRole('figure', { name });
const withNotes = (...blocks: ReturnType<typeof chart>[]) =>
	new Desk({ ...draft, notes: { actions: blocks } });

test('“/chart” asks for the KPI, and the keys choose one; it comes where one writes', async () => {
	await show(desk);
	await notes.click();
	await userEvent.keyboard('{Control>}{End}{/Control}{Enter}/kpi');
	await expect.element(page.getByRole('option', { name: 'KPI chart' })).toBeVisible();
	await userEvent.keyboard('{Enter}');
	await expect.element(find).toHaveFocus();
	const active = () => document.getElementById(find.element().getAttribute('aria-activedescendant') ?? '');
	expect(active()?.textContent).toContain('SLO attainment, Tier-0');
	await userEvent.keyboard('{ArrowDown}');
	await expect.poll(() => active()?.textContent).toContain('Net dollar retention');
	await userEvent.keyboard('{ArrowUp}{ArrowUp}');
	await expect.poll(() => active()?.textContent).toContain('7 points, no contract yet');
	await userEvent.keyboard('slo');
	await expect.poll(() => page.getByRole('option').elements().length).toBe(1);
	await userEvent.keyboard('{Enter}');
	await expect.element(figure('SLO attainment, Tier-0')).toBeVisible();
	expect(charts()).toEqual([{ kpi: SLO }]);
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('who thinks better of it inserts nothing, and goes on writing', async () => {
	await show(desk);
	await notes.click();
	await userEvent.keyboard('{Control>}{End}{/Control}{Enter}/kpi');
	await expect.element(page.getByRole('option', { name: 'KPI chart' })).toBeVisible();
	await userEvent.keyboard('{Enter}');
	await expect.element(find).toHaveFocus();
	await userEvent.keyboard('nothing like it');
	await expect.element(page.getByText('No KPI is called “nothing like it”.')).toBeVisible();
	await userEvent.keyboard('{Enter}{Escape}');
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	expect(charts()).toEqual([]);
	await expect.element(notes).toHaveFocus();
});

test('the palette inserts a chart of the KPI it names', async () => {
	const { verbs } = await show(desk);
	await expect.element(notes).toBeVisible();
	verbs().insertChart?.(LATENCY);
	await expect.element(figure('latency-p95')).toBeVisible();
	expect(charts()).toEqual([{ kpi: LATENCY }]);
});

test('what a chart shows is kept in the document, for everybody', async () => {
	desk = withNotes(chart({ kpi: SLO, range: '28d' }));
	await show(desk);
	await button('28 days').click();
	await page.getByRole('menuitemcheckbox', { name: '7 days' }).click();
	await expect.poll(charts).toEqual([{ kpi: SLO, range: '7d' }]);
	await expect.element(button('7 days')).toBeVisible();
});

test('who may only read chooses for themselves alone', async () => {
	desk = withNotes(chart({ kpi: SLO, range: '28d' }));
	desk.isReadOnly = true;
	await show(desk);
	await button('28 days').click();
	await page.getByRole('menuitemcheckbox', { name: '7 days' }).click();
	await expect.element(button('7 days')).toBeVisible();
	expect(charts()).toEqual([{ kpi: SLO, range: '28d' }]);
});

test('a chart that names no KPI says so, and can be removed', async () => {
	desk = withNotes(words('Above'), chart({ kpi: 7 }));
	await show(desk);
	await expect.element(page.getByText('This chart does not say which KPI it shows.')).toBeVisible();
	await button('Remove').click();
	await expect.poll(charts).toEqual([]);
	await expect.poll(textOf(notes)).toContain('Above');
});

test('a chart of a KPI without a contract is shown and says what is missing', async () => {
	desk = withNotes(chart({ kpi: LATENCY }));
	await show(desk);
	await expect.element(figure('latency-p95')).toBeVisible();
	await expect
		.element(page.getByText(/No contract yet, so nothing says when this number is good\./))
		.toBeVisible();
	await expect
		.element(page.getByRole('link', { name: 'Set it up' }))
		.toHaveAttribute('href', `#kpis/${LATENCY}`);
});

test('a chart of a KPI that has no points yet holds its place', async () => {
	desk = withNotes(chart({ kpi: NDR }));
	await show(desk);
	await expect.element(figure('Net dollar retention')).toBeVisible();
	await expect.element(figure('Net dollar retention').getByText(/No points yet/)).toBeVisible();
});

test('a space without KPIs says how the first comes to be', async () => {
	desk = new Desk(draft, { kpis: [], series: new Map() });
	const { verbs } = await show(desk);
	verbs()
		.commands.find(({ id }) => id === 'meeting.chart')
		?.run();
	await expect.element(page.getByRole('heading', { name: 'No KPIs yet' })).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Go to KPIs' })).toHaveAttribute('href', '#kpis/');
});

test('when and who: only what was changed is written, and a colleague’s rename stays', async () => {
	await show(desk);
	await choose('More about the agenda', 'When and who…');
	const dialog = page.getByRole('dialog', { name: 'When and who' });
	await expect.element(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Weekly Ops Review');
	await expect.element(dialog.getByText('Times are those of Europe/Berlin.')).toBeVisible();
	desk.title = 'Ops Review, renamed';
	await dialog.getByLabelText('Time').fill('10:30');
	await dialog.getByRole('button', { name: 'Change' }).click();
	await expect.poll(() => desk.asked).toEqual([`reschedule ${Date.parse('2026-06-08T08:30:00Z')} 45`]);
	expect(desk.title).toBe('Ops Review, renamed');
	await expect.element(page.getByText(/Mon 8 Jun, 10:30–11:15/)).toBeVisible();
});

test('when and who: of two people’s choices, only one’s own are written', async () => {
	await show(desk);
	await choose('More about the agenda', 'When and who…');
	const dialog = page.getByRole('dialog', { name: 'When and who' });
	await dialog.getByRole('combobox', { name: 'Scribe' }).fill('Mei');
	await page.getByRole('option', { name: 'Mei Lin' }).click();
	desk.by(jonas).patchMeeting({ facilitator: priya.id });
	await dialog.getByRole('button', { name: 'Change' }).click();
	await expect.poll(() => desk.value.fields).toEqual({ facilitator: priya.id, scribe: mei.id });
	expect(desk.asked).toEqual([]);
});

test('when and who: a colleague’s change of day stays when only the length is changed here', async () => {
	await show(desk);
	await choose('More about the agenda', 'When and who…');
	const dialog = page.getByRole('dialog', { name: 'When and who' });
	await dialog.getByRole('spinbutton', { name: 'Length' }).fill('60');
	desk.startsAtMs = Date.parse('2026-06-09T08:00:00Z');
	await dialog.getByRole('button', { name: 'Change' }).click();
	await expect.poll(() => desk.asked).toEqual([`reschedule ${Date.parse('2026-06-09T08:00:00Z')} 60`]);
});

test('when and who: what cannot be is explained where it stands, and nothing is written', async () => {
	await show(desk);
	await choose('More about the agenda', 'When and who…');
	const dialog = page.getByRole('dialog', { name: 'When and who' });
	const length = dialog.getByRole('spinbutton', { name: 'Length' });
	await length.fill('none');
	await userEvent.keyboard('{Enter}');
	await expect.element(dialog.getByText(/Use digits, such as 12\.5\./)).toBeVisible();
	await expect.element(length).toHaveFocus();
	await dialog.getByRole('textbox', { name: 'Title' }).fill(' ');
	await dialog.getByLabelText('Time').fill('');
	await dialog.getByRole('button', { name: 'Change' }).click();
	await expect.element(dialog.getByText(/Name what the meeting is about\./)).toBeVisible();
	await expect.element(dialog.getByText(/Say when it starts\./)).toBeVisible();
	await expect.element(dialog.getByRole('textbox', { name: 'Title' })).toHaveFocus();
	expect(desk.asked).toEqual([]);
	await userEvent.keyboard('{Escape}');
	await expect.element(dialog).not.toBeInTheDocument();
	await expect.element(title).toHaveTextContent('Last week’s actions');
});

test('a meeting without a day says so, and gets one', async () => {
	desk.startsAtMs = undefined;
	desk.minutes = undefined;
	await show(desk);
	await expect.element(page.getByText(/No day yet/)).toBeVisible();
	await button('Choose one').click();
	const dialog = page.getByRole('dialog', { name: 'When and who' });
	await dialog.getByLabelText('Day').fill('2026-06-15');
	await dialog.getByRole('button', { name: 'Change' }).click();
	await expect.element(dialog.getByText(/Say when it starts\./)).toBeVisible();
	await dialog.getByLabelText('Time').fill('09:00');
	await dialog.getByRole('spinbutton', { name: 'Length' }).fill('50');
	await dialog.getByRole('button', { name: 'Change' }).click();
	await expect.poll(() => desk.asked).toEqual([`reschedule ${Date.parse('2026-06-15T07:00:00Z')} 50`]);
});
