import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { RowId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { empty } from './fixtures.ts';
import { Desk, NOW_MS, PEOPLE, rafael } from './specimens/desk.svelte.ts';
import PanelTrial from './specimens/PanelTrial.svelte';

import { standingOf } from './standing.ts';

const AT = new Date(NOW_MS).toISOString();
const [canary, item, feed] = ['t-canary', 't-item', 't-feed'] as RowId[] as [RowId, RowId, RowId];

afterEach(() => page.viewport(1280, 820));

const thread = (name: RegExp) => page.getByRole('article', { name });
const canaryThread = () => thread(/canary window/);
const words = () => (canaryThread().element() as HTMLElement).innerText.replaceAll(/\s+/g, ' ');
const texts = (desk: Desk, row: RowId) => standingOf(desk.value, row)?.replies.map(({ text }) => text);
const shownThreads = () =>
	[...document.querySelectorAll('article')].map((article) => article.getAttribute('data-thread'));

test('open threads stand with their quotes, who said what and when; resolved ones behind a toggle', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	expect(shownThreads()).toEqual([canary, item]);
	await expect.poll(words).toMatch(/the canary window is 15 minutes/);
	await expect.poll(words).toMatch(/Priya Raman 11:12.*@Rafael Costa moved it/);
	await expect.poll(words).toMatch(/Rafael Costa 11:13, edited/);
	const toggle = page.getByRole('button', { name: /^Resolved 1, answered since/ });
	await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
	await toggle.click();
	expect(shownThreads()).toEqual([canary, item, feed]);
	await expect.element(page.getByText('Resolved by Tomás Herrera. Answered since.')).toBeVisible();
	expect(await axeFindings()).toEqual([]);
});

test('in both themes and on a phone axe finds nothing', async () => {
	const desk = new Desk();
	desk.detached = new Set([canary]);
	desk.pending = new Set(['c-3', item]);
	desk.record = { noun: 'decision' };
	await render(PanelTrial, { desk });
	await page.getByRole('button', { name: /^All 2/ }).click();
	await page.getByRole('textbox', { name: 'Reply' }).first().fill('Hello @');
	await expect.element(page.getByRole('listbox', { name: 'People' })).toBeVisible();
	expect(await axeFindings()).toEqual([]);
	document.documentElement.dataset['theme'] = 'dark';
	expect(await axeFindings('colours')).toEqual([]);
	delete document.documentElement.dataset['theme'];
	await page.viewport(390, 844);
	expect(await axeFindings()).toEqual([]);
});

test('a reply is sent with the keyboard and stays in its thread', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	await canaryThread().getByRole('textbox', { name: 'Reply' }).click();
	await userEvent.keyboard('Then say so in the notes.{Control>}{Enter}{/Control}');
	expect(texts(desk, canary)?.at(-1)).toBe('Then say so in the notes.');
	await expect.poll(words).toMatch(/Then say so in the notes\./);
	await expect.element(canaryThread().getByRole('textbox', { name: 'Reply' })).toHaveValue('');
});

test('“@” and the beginning of a name find a person, who is then a mention', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	await canaryThread().getByRole('textbox', { name: 'Reply' }).click();
	await userEvent.keyboard('Ask @tom');
	await expect
		.element(page.getByRole('option', { name: 'Tomás Herrera' }))
		.toHaveAttribute('aria-selected', 'true');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(canaryThread().getByRole('textbox', { name: 'Reply' }))
		.toHaveValue('Ask @Tomás Herrera ');
	await userEvent.keyboard('or @me{ArrowDown}{ArrowUp}{Tab}today{Control>}{Enter}{/Control}');
	expect(texts(desk, canary)?.at(-1)).toBe('Ask @[Tomás Herrera](p-tomas) or @[Mei Lin](p-mei) today');
	await expect.poll(words).toMatch(/Ask @Tomás Herrera or @Mei Lin today/);
});

test('Escape closes the list of people, and only then the panel', async () => {
	const onclose = vi.fn();
	const desk = new Desk();
	await render(PanelTrial, { desk, onclose });
	await canaryThread().getByRole('textbox', { name: 'Reply' }).click();
	await userEvent.keyboard('@{Escape}');
	expect(page.getByRole('listbox').query()).toBeNull();
	expect(onclose).not.toHaveBeenCalled();
	await userEvent.keyboard('{Escape}');
	expect(onclose).toHaveBeenCalledOnce();
});

test('an empty reply is not sent, and says why', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	const field = canaryThread().getByRole('textbox', { name: 'Reply' });
	await field.click();
	await canaryThread().getByRole('button', { name: 'Reply' }).click();
	await expect.element(page.getByRole('alert')).toHaveTextContent('Write something first.');
	await expect.element(field).toHaveAttribute('aria-invalid', 'true');
	await expect.element(field).toHaveFocus();
	expect(texts(desk, canary)).toHaveLength(2);
});

test('resolving says so with an undo; a resolved thread is reopened', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	await canaryThread().getByRole('button', { name: 'Resolve' }).click();
	expect(standingOf(desk.value, canary)).toMatchObject({ thread: { resolvedBy: desk.me.id } });
	expect(shownThreads()).toEqual([item]);
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(shownThreads()).toEqual([canary, item]);
	await page.getByRole('button', { name: /^Resolved 1/ }).click();
	await thread(/Cost deltas/)
		.last()
		.getByRole('button', { name: 'Reopen' })
		.click();
	expect(shownThreads()).toEqual([canary, item, feed]);
});

test('one’s own comment is edited and deleted, with an undo; others’ have no menu', async () => {
	const desk = new Desk({ me: rafael });
	await render(PanelTrial, { desk });
	expect(page.getByRole('button', { name: /^More about/ }).elements()).toHaveLength(1);
	await page.getByRole('button', { name: /^More about “Only for search-api/ }).click();
	await page.getByRole('menuitem', { name: 'Edit' }).click();
	const field = page.getByRole('textbox', { name: 'Edit comment' });
	await expect.element(field).toHaveFocus();
	await field.fill('Only for search-api, says @Priya Raman.');
	await page.getByRole('button', { name: 'Keep' }).click();
	expect(texts(desk, canary)?.at(-1)).toBe('Only for search-api, says @[Priya Raman](p-priya).');
	await page.getByRole('button', { name: /^More about/ }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	expect(texts(desk, canary)).toHaveLength(1);
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(texts(desk, canary)).toHaveLength(2);
});

test('a thread that was begun takes the keys, and is written or dropped', async () => {
	const desk = new Desk({ comments: empty });
	await render(PanelTrial, { desk });
	await expect.element(page.getByRole('heading', { name: 'No comments yet' })).toBeVisible();
	desk.draft = { quote: 'the canary window', where: 'SLO & reliability signals' };
	const field = page.getByRole('textbox', { name: 'Comment' });
	await expect.element(field).toHaveFocus();
	await userEvent.keyboard('Half a{Escape}');
	await expect.element(field).not.toBeInTheDocument();
	desk.draft = { quote: 'the canary window', where: 'SLO & reliability signals' };
	await expect.element(field).toHaveValue('');
	await userEvent.keyboard('Is that so?{Control>}{Enter}{/Control}');
	expect(desk.value.threads).toMatchObject([{ quote: 'the canary window', by: desk.me.id }]);
	expect(desk.value.replies).toMatchObject([{ text: 'Is that so?', at: AT }]);
	await expect.element(thread(/the canary window/)).toBeVisible();
});

test('where words are gone the thread is detached, last, and keeps its quote', async () => {
	const desk = new Desk();
	desk.detached = new Set([canary]);
	await render(PanelTrial, { desk });
	expect(shownThreads()).toEqual([item, canary]);
	await expect.poll(words).toMatch(/Detached/);
	await expect.poll(words).toMatch(/the canary window is 15 minutes/);
	expect(canaryThread().getByRole('button', { name: /^Show/ }).query()).toBeNull();
});

test('a thread shows what it is about, and one chosen from outside gets the keys', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	await canaryThread().getByRole('button', { name: /^Show/ }).click();
	expect(desk.asked).toEqual([`show ${canary}`]);
	await expect.element(canaryThread()).toHaveAttribute('data-active');
	desk.activeId = item;
	desk.wish = { is: 'thread', id: item };
	await expect.element(thread(/Cost deltas/).getByRole('textbox', { name: 'Reply' })).toHaveFocus();
	expect(desk.wish).toBeUndefined();
});

test('beside a record its own threads come first, all of them one press away', async () => {
	const desk = new Desk();
	desk.record = { noun: 'item' };
	desk.row = 'i-cost';
	await render(PanelTrial, { desk });
	expect(shownThreads()).toEqual([item]);
	await page.getByRole('button', { name: 'All 2' }).click();
	expect(shownThreads()).toEqual([canary, item]);
	await page.getByRole('button', { name: 'This item 1' }).click();
	await page.getByRole('button', { name: 'Comment on this item' }).click();
	await userEvent.keyboard('Who pays?{Control>}{Enter}{/Control}');
	expect(desk.value.threads.at(-1)).toMatchObject({ anchor: { root: 'agenda', row: 'i-cost' } });
	expect(shownThreads()).toHaveLength(2);
});

test('what others write comes in without taking the keys or what is being typed', async () => {
	const desk = new Desk();
	await render(PanelTrial, { desk });
	const field = canaryThread().getByRole('textbox', { name: 'Reply' });
	await field.click();
	await userEvent.keyboard('I was just ');
	desk.by(PEOPLE[2] ?? rafael).reply(canary, 'Me too', AT);
	await expect.poll(words).toMatch(/Me too/);
	await userEvent.keyboard('writing');
	await expect.element(field).toHaveValue('I was just writing');
	await expect.element(field).toHaveFocus();
});

test('what only this device has carries a ring; who may only read has no field', async () => {
	const desk = new Desk();
	desk.pending = new Set(['c-3']);
	const screen = await render(PanelTrial, { desk });
	const ring = page.getByRole('img', { name: 'On this device, not yet synced' });
	expect(ring.elements()).toHaveLength(1);
	await expect.element(thread(/Cost deltas/).getByRole('img', { name: /not yet synced/ })).toBeVisible();
	desk.isReadOnly = true;
	await screen.rerender({ desk });
	expect(page.getByRole('textbox').elements()).toEqual([]);
	expect(page.getByRole('button', { name: 'Resolve' }).elements()).toEqual([]);
});
