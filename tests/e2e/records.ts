import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { addDays } from '../../src/lib/domain/calendar.ts';
import { readDay } from '../../src/lib/domain/natural-date.ts';
import { dayOf, shortDay } from '../../src/lib/domain/words.ts';
import { expect, type Downbeat } from './downbeat.ts';
import type { At } from './meeting.ts';

/** The day it is where the tests' spaces are. */
export const today = (): string => dayOf(Date.now(), 'Europe/Berlin');

/** How a due date is shown that was typed today: “27 Nov”, with its year when that is another. */
export function dueShown(typed: string): string {
	const read = readDay(typed, today());
	if (!read.ok) throw new Error(read.error.sentence);
	const year = read.value.slice(0, 4);
	return year === today().slice(0, 4) ? shortDay(read.value) : `${shortDay(read.value)} ${year}`;
}

export const inDays = (days: number): string => addDays(today(), days);

/** The text of the file that `save` has the browser keep. */
export async function savedText(page: Page, save: () => Promise<void>): Promise<string> {
	const [download] = await Promise.all([page.waitForEvent('download'), save()]);
	return readFile(await download.path(), 'utf8');
}

/** The fields of an action, wherever it stands: among notes, in the register or alone. */
export class ActionFields {
	readonly root: Locator;

	constructor(root: Locator) {
		this.root = root;
	}

	get title(): Locator {
		return this.root.getByRole('textbox', { name: 'Action', exact: true });
	}

	get owner(): Locator {
		return this.root.getByRole('combobox', { name: /^Owner/ });
	}

	get due(): Locator {
		return this.root.getByRole('textbox', { name: /^Due date/ });
	}

	get check(): Locator {
		return this.root.getByRole('textbox', { name: /^Closed when/ });
	}

	get done(): Locator {
		return this.root.getByRole('checkbox');
	}

	async retype(field: Locator, text: string): Promise<void> {
		await field.fill(text);
		await field.press('Enter');
	}
}

/** The register of actions on a wide screen. */
export class ActionRegister {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	static async open(page: Page, downbeat: Downbeat, { space }: At): Promise<ActionRegister> {
		await page.goto(`${downbeat.url}/${space}/actions`);
		await expect(page.getByRole('region', { name: 'Actions', exact: true })).toBeVisible();
		return new ActionRegister(page);
	}

	/** The row of an action by its title. */
	row(title: string): ActionFields {
		const link = this.page.getByRole('link', { name: new RegExp(`^Open ${title}`) });
		return new ActionFields(this.page.locator('[data-row]').filter({ has: link }));
	}

	get titles(): Locator {
		return this.page.locator('[data-row]').getByRole('textbox', { name: 'Action', exact: true });
	}

	async choose(verb: string): Promise<void> {
		await this.page.getByRole('button', { name: 'More about the actions' }).click();
		await this.page.getByRole('menuitem', { name: verb }).click();
	}

	/** Adds one with everything that it needs. */
	async add(action: { title: string; owner?: string; due?: string; check?: string }): Promise<void> {
		const first = this.page.getByRole('button', { name: 'Add an action' });
		await this.page.getByRole('button', { name: 'Action', exact: true }).or(first).first().click();
		const form = this.page.getByRole('group', { name: 'New action' });
		await form.getByRole('textbox', { name: 'New action', exact: true }).fill(action.title);
		if (action.owner) {
			await form.getByRole('combobox').fill(action.owner);
			await form.getByRole('combobox').press('Enter');
		}
		if (action.due) await form.getByLabel('Due date of the new action').fill(action.due);
		if (action.check) await form.getByLabel('Closed when, the new action').fill(action.check);
		await form.getByRole('button', { name: 'Add', exact: true }).click();
		await expect(this.row(action.title).root).toBeVisible();
		await form.getByRole('button', { name: 'Done', exact: true }).click();
	}
}

/** A decision as its page shows it. */
export class DecisionPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	get article(): Locator {
		return this.page.getByRole('article', { name: 'Decision', exact: true });
	}

	get title(): Locator {
		return this.article.getByRole('textbox', { name: 'The decision in one sentence' });
	}

	get decide(): Locator {
		return this.article.getByRole('button', { name: 'Decide', exact: true });
	}

	/** What a request says: until when, who decides, what stands, who replied. */
	get asked(): Locator {
		return this.article.getByRole('region', { name: 'Input asked for' });
	}

	get reply(): Locator {
		return this.article.getByRole('form', { name: 'Your reply' });
	}

	async sendReply(option: string, reason: string): Promise<void> {
		await this.reply.getByRole('radio', { name: option }).check({ force: true });
		await this.reply.getByLabel('Reason').fill(reason);
		await this.reply.getByRole('button', { name: 'Send reply' }).click();
		await expect(this.reply).toHaveCount(0);
	}

	async choose(verb: string): Promise<void> {
		await this.article.getByRole('button', { name: 'More about this decision' }).click();
		await this.page.getByRole('menuitem', { name: verb }).click();
	}

	role(name: string): Locator {
		return this.article.getByRole('list', { name: 'Roles' }).getByRole('list', { name });
	}

	async addEvidence(title: string): Promise<void> {
		await this.article.locator('[data-add-evidence]').click();
		await this.article.getByLabel('What it rests on').fill(title);
		await this.article.getByLabel('What it rests on').press('Enter');
	}

	async addOption(title: string): Promise<void> {
		const options = this.article.getByRole('textbox', { name: /^Option [A-Z]$/ });
		const count = await options.count();
		await this.article.getByRole('button', { name: 'Add an option' }).click();
		await expect(options).toHaveCount(count + 1);
		await options.last().fill(title);
		await options.last().press('Enter');
	}

	async nameDecider(name: string): Promise<void> {
		await this.article.getByRole('button', { name: /^(Who decides\?|Change who decides)$/ }).click();
		await this.page.getByRole('combobox', { name: 'Person' }).fill(name);
		await this.page.getByRole('option', { name }).click();
		await expect(this.role('Decide')).toContainText(name);
	}
}
