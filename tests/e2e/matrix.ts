import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, type Visitor } from './downbeat.ts';

/** A RACI matrix as somebody has it before them on a wide screen. */
export class MatrixScreen {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** The same matrix, before somebody else. */
	async openFor(page: Page): Promise<MatrixScreen> {
		await page.goto(this.page.url().replace(/\?.*/, ''));
		const other = new MatrixScreen(page);
		await expect(other.grid).toBeVisible();
		return other;
	}

	get grid(): Locator {
		return this.page.getByRole('grid', { name: /^RACI/ });
	}

	/** “Weekly Ops Review, CTO”. */
	cell(name: string): Locator {
		return this.grid.getByRole('gridcell', { name: new RegExp(`^${name}:`) });
	}

	/** What stands in the check column of an activity. */
	check(activity: string): Locator {
		return this.grid
			.getByRole('row')
			.filter({ has: this.page.getByRole('rowheader', { name: new RegExp(`^${activity}`) }) })
			.getByRole('gridcell')
			.last();
	}

	get activities(): Locator {
		return this.grid.getByRole('rowheader').filter({ hasNotText: /^Load/ }).locator('b');
	}

	get roles(): Locator {
		return this.grid.getByRole('columnheader').locator('b');
	}

	get publish(): Locator {
		return this.page.getByRole('button', { name: /^Publish/ });
	}

	/** Puts the keyboard into a cell, as a click does. */
	async start(name: string): Promise<void> {
		await this.cell(name).click({ position: { x: 8, y: 8 } });
		await expect(this.cell(name)).toBeFocused();
	}

	/** Types one key after the other: “a”, “Shift+R”, “ArrowRight”. */
	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) await this.page.keyboard.press(key);
	}

	async choose(verb: string | RegExp): Promise<void> {
		await this.page.getByRole('button', { name: 'Matrix, menu' }).click();
		await this.page.getByRole('menuitem', { name: verb }).click();
	}

	/** The text of the file that is saved. */
	async export(format: 'CSV' | 'Markdown'): Promise<string> {
		const download = this.page.waitForEvent('download');
		await this.choose(`Export ${format}`);
		return readFileSync(await (await download).path(), 'utf8');
	}

	/** Everything that is set, a line for each activity: “Sign: RA, –, C”. */
	letters(): Promise<readonly string[]> {
		return this.grid.locator('tbody tr').evaluateAll((rows) =>
			rows.map((row) => {
				const cells = [...row.querySelectorAll('td')].slice(0, -1).map((cell) => {
					const marks = [...cell.querySelectorAll('.marks > [data-letter]')];
					return marks.map((mark) => mark.getAttribute('data-letter')).join('') || '–';
				});
				return `${row.querySelector('th b')?.textContent ?? ''}: ${cells.join(', ')}`;
			})
		);
	}
}

/** Makes a matrix from the list of them, with nothing in it yet. */
export async function newMatrix({ page }: Visitor): Promise<void> {
	await page.getByRole('link', { name: 'RACI' }).first().click();
	await page.getByRole('button', { name: 'RACI matrix' }).first().click();
	await expect(page).toHaveURL(/\/raci\/raci-/);
	await expect(page.getByRole('heading', { name: 'Who does what' })).toBeVisible();
}

/** Makes a matrix that begins with one of those that are offered. */
export async function beginMatrix(visitor: Visitor, starter: string): Promise<MatrixScreen> {
	await newMatrix(visitor);
	await visitor.page.getByRole('button', { name: starter }).click();
	const screen = new MatrixScreen(visitor.page);
	await expect(screen.grid).toBeVisible();
	return screen;
}
