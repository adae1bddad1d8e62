import '#lib/ui/styles/app.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import InlineEdit from './InlineEdit.svelte';

const field = () => page.getByRole('textbox', { name: 'Title of item 2' });
const label = 'Title of item 2';

test('Enter tells what was typed and leaves', async () => {
	const onchange = vi.fn();
	const onenter = vi.fn();
	await render(InlineEdit, { label, value: 'Cost', onchange, onenter });
	await userEvent.fill(field(), 'Cost deltas ');
	await userEvent.keyboard('{Enter}');
	expect(onchange.mock.calls).toEqual([['Cost deltas']]);
	expect(onenter).toHaveBeenCalledOnce();
	await expect.element(field()).not.toHaveFocus();
});

test('leaving keeps what was typed', async () => {
	const onchange = vi.fn();
	await render(InlineEdit, { label, value: 'Cost', onchange });
	await userEvent.fill(field(), 'Cost deltas');
	await userEvent.tab();
	expect(onchange.mock.calls).toEqual([['Cost deltas']]);
});

test('Escape restores what stood there and tells nothing', async () => {
	const onchange = vi.fn();
	await render(InlineEdit, { label, value: 'Cost', onchange });
	await userEvent.fill(field(), 'Something else');
	await userEvent.keyboard('{Escape}');
	await expect.element(field()).toHaveValue('Cost');
	expect(onchange).not.toHaveBeenCalled();
});

test('a colleague’s change shows at once where nobody types', async () => {
	const view = await render(InlineEdit, { label, value: 'Cost', onchange: vi.fn() });
	await view.rerender({ value: 'Cost deltas' });
	await expect.element(field()).toHaveValue('Cost deltas');
});

test('a colleague’s change does not take away what is being typed', async () => {
	const onchange = vi.fn();
	const view = await render(InlineEdit, { label, value: 'Cost', onchange });
	await userEvent.fill(field(), 'Costs of June');
	await view.rerender({ value: 'Cost deltas' });
	await expect.element(field()).toHaveValue('Costs of June');
	await userEvent.tab();
	expect(onchange.mock.calls).toEqual([['Costs of June']]);
});

test('somebody who only looked does not undo a colleague’s change', async () => {
	const onchange = vi.fn();
	const view = await render(InlineEdit, { label, value: 'Cost', onchange });
	await field().click();
	await view.rerender({ value: 'Cost deltas' });
	await userEvent.tab();
	expect(onchange).not.toHaveBeenCalled();
	await expect.element(field()).toHaveValue('Cost deltas');
});

test('a field that goes away while somebody types keeps what they typed', async () => {
	const onchange = vi.fn();
	const view = await render(InlineEdit, { label, value: 'Cost', onchange });
	await userEvent.fill(field(), 'Half a tit');
	await view.unmount();
	expect(onchange.mock.calls).toEqual([['Half a tit']]);
});

test('live, every keystroke is a change and Escape takes all of them back', async () => {
	const onchange = vi.fn();
	await render(InlineEdit, { label, value: 'A', onchange, isLive: true });
	await field().click();
	await userEvent.keyboard('{End}bc{Escape}');
	expect(onchange.mock.calls.map(([value]: string[]) => value)).toEqual(['Ab', 'Abc', 'A']);
});

test('what may not be empty is not emptied', async () => {
	const onchange = vi.fn();
	await render(InlineEdit, { label, value: 'Cost', onchange, isRequired: true });
	await userEvent.clear(field());
	await userEvent.tab();
	expect(onchange).not.toHaveBeenCalled();
	await expect.element(field()).toHaveValue('Cost');
});

test('something just added takes the focus with all of it selected', async () => {
	await render(InlineEdit, { label, value: 'New item', onchange: vi.fn(), isNew: true });
	await expect.element(field()).toHaveFocus();
	const input = field().element() as HTMLInputElement;
	expect(input.selectionEnd).toBe('New item'.length);
});

test('read only, it can be read and not typed into', async () => {
	const onchange = vi.fn();
	await render(InlineEdit, { label, value: 'Cost', onchange, isReadOnly: true });
	await field().click();
	await userEvent.keyboard('x{Tab}');
	await expect.element(field()).toHaveValue('Cost');
	expect(onchange).not.toHaveBeenCalled();
});
