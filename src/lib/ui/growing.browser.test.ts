import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import LongList from './specimens/LongList.svelte';

const list = () => page.getByRole('list', { name: 'Rows' }).element();
const drawn = () => page.getByRole('listitem').elements().length;

test('a long list draws its first 40 rows, and more as its end comes near, until it is whole', async () => {
	await render(LongList, { total: 200 });
	expect(drawn()).toBe(40);
	for (const some of [80, 120, 160, 200]) {
		list().scrollTop = list().scrollHeight;
		await expect.poll(drawn).toBeGreaterThanOrEqual(some);
	}
	expect(drawn()).toBe(200);
});

test('a row far down is reached at once, and a new list begins small again', async () => {
	await render(LongList, { total: 2000 });
	await page.getByRole('button', { name: 'Reach 901' }).click();
	expect(drawn()).toBe(940);
	await page.getByRole('button', { name: 'Restart' }).click();
	expect(drawn()).toBe(40);
});

test('a short list is drawn whole', async () => {
	await render(LongList, { total: 3 });
	expect(drawn()).toBe(3);
});
