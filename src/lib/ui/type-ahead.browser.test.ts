import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { typeAhead } from './type-ahead.ts';

const isMeant = (field: HTMLElement) => field.dataset['meant'] !== undefined;

afterEach(() => document.body.replaceChildren());

function field(tag: 'input' | 'textarea' | 'div', isFor: boolean): HTMLElement {
	const made = document.createElement(tag);
	if (tag === 'div') made.contentEditable = 'true';
	if (isFor) made.dataset['meant'] = '';
	document.body.append(made);
	return made;
}

const typed = (made: HTMLElement) =>
	made instanceof HTMLInputElement || made instanceof HTMLTextAreaElement ? made.value : made.textContent;

for (const tag of ['input', 'textarea', 'div'] as const) {
	test(`what is typed before a ${tag} is there goes into it, before what is typed there`, async () => {
		const heard: string[] = [];
		const taken = typeAhead(Promise.resolve(true), { isMeant, atMostMs: 60_000 });
		await userEvent.keyboard('Hold do');
		const made = field(tag, true);
		made.addEventListener('input', () => heard.push(typed(made)));
		made.focus();
		await taken;
		await userEvent.keyboard('wn');
		expect(typed(made)).toBe('Hold down');
		expect(heard[0]).toBe('Hold do');
		expect(document.querySelectorAll('[aria-label^="Goes into"]')).toHaveLength(0);
	});
}

test('a field that is not meant does not get the keys', async () => {
	const other = field('input', false);
	const taken = typeAhead(Promise.resolve(true), { isMeant, atMostMs: 60_000 });
	await userEvent.keyboard('ab');
	other.focus();
	await userEvent.keyboard('cd');
	const made = field('input', true);
	made.focus();
	await taken;
	expect([typed(other), typed(made)]).toEqual(['', 'abcd']);
});

test('it ends when nothing was made, when making fails, by Escape, and by a press elsewhere', async () => {
	const none = () => document.querySelector('[aria-label^="Goes into"]') === null;
	await typeAhead(Promise.resolve(false), { isMeant, atMostMs: 60_000 });
	expect(none()).toBe(true);
	const failing = Promise.reject(new Error('no room'));
	await expect(typeAhead(failing, { isMeant, atMostMs: 60_000 })).rejects.toThrow('no room');
	expect(none()).toBe(true);
	const left = typeAhead(Promise.resolve(true), { isMeant, atMostMs: 60_000 });
	await userEvent.keyboard('x{Escape}');
	await left;
	expect(none()).toBe(true);
	const pressed = typeAhead(Promise.resolve(true), { isMeant, atMostMs: 60_000 });
	await userEvent.click(document.body);
	await pressed;
	expect(none()).toBe(true);
});
