import { expect, kept, test } from './downbeat.ts';
import { beginMatrix, MatrixScreen, newMatrix } from './matrix.ts';

test('a matrix is made from the list and filled with the keyboard, and the other sees who is at which cell', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const [ada, bob] = [await visit('Ada', at), await visit('Bob', at)];
	await newMatrix(ada);
	const { page } = ada;
	await page.getByRole('textbox', { name: 'Title of the matrix' }).fill('Incident duties');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Begin with an empty sheet' }).click();
	const adas = new MatrixScreen(page);
	await expect(page.getByRole('textbox', { name: 'Activity' })).toBeFocused();
	await page.keyboard.type('Page the on-call');
	await adas.press('Enter', 'Control+Enter');
	await page.keyboard.type('Write the review');
	await adas.press('Enter');
	await expect(adas.activities).toHaveText(['Page the on-call', 'Write the review']);
	await adas.press('ArrowUp', 'ArrowUp', 'ArrowRight', 'Enter');
	const role = page.getByRole('dialog', { name: 'Role' });
	await role.getByLabel('Name').fill('SRE Lead');
	await adas.press('Enter');
	await expect(role).toHaveCount(0);
	await page.getByRole('button', { name: 'Role', exact: true }).click();
	await role.getByLabel('Name').fill('CTO');
	await adas.press('Enter');
	await expect(adas.roles).toHaveText(['SRE Lead', 'CTO']);

	await adas.press('ArrowDown');
	await expect(adas.cell('Page the on-call, CTO')).toBeFocused();
	await adas.press('a', 'ArrowLeft', 'r');
	const bobs = await adas.openFor(bob.page);
	await expect(bob.page.getByRole('textbox', { name: 'Title of the matrix' })).toHaveValue('Incident duties');
	await expect(bobs.cell('Page the on-call, CTO')).toHaveAccessibleName('Page the on-call, CTO: Accountable');
	await expect(bobs.cell('Page the on-call, SRE Lead')).toHaveAccessibleName(
		'Page the on-call, SRE Lead: Responsible, Ada here'
	);
	await expect(bobs.cell('Page the on-call, SRE Lead').getByText('Ada')).toBeVisible();

	await bobs.start('Write the review, SRE Lead');
	await bobs.press('r', 'Shift+A');
	await expect(adas.cell('Write the review, SRE Lead')).toHaveAccessibleName(
		'Write the review, SRE Lead: Responsible and Accountable, Bob here'
	);
	await bobs.press('ArrowRight', 'c');
	await expect(adas.cell('Write the review, SRE Lead').getByText('Bob')).toHaveCount(0);
	await expect(adas.cell('Write the review, CTO').getByText('Bob')).toBeVisible();
	await expect.poll(() => adas.letters()).toEqual(['Page the on-call: R, A', 'Write the review: RA, C']);
	await bobs.press('Control+z');
	await expect.poll(() => adas.letters()).toEqual(['Page the on-call: R, A', 'Write the review: RA, –']);
});

test('what two set apart is all there afterwards: letters in one cell, a row that moved, two who are accountable', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSpace();
	const [ada, bob] = [await visit('Ada', at, { isKept: true }), await visit('Bob', at)];
	const adas = await beginMatrix(ada, 'Customer escalation');
	const bobs = await adas.openFor(bob.page);
	await expect(bobs.activities).toHaveCount(6);
	await kept(ada.page);
	await expect(ada.pill).toContainText('Synced');

	await ada.context.setOffline(true);
	await adas.start('Diagnose issue, CEO');
	await adas.press('c');
	await adas.start('Post-mortem, CEO');
	await adas.press('Alt+ArrowUp', 'Alt+ArrowUp');
	await expect(adas.activities.nth(3)).toHaveText('Post-mortem');
	await adas.start('Resolve technical issue, CEO');
	await adas.press('a');
	await expect(ada.pill).toContainText(/Offline\s+\d+ kept here/);

	await bobs.start('Diagnose issue, CEO');
	await bobs.press('i');
	await bobs.start('Post-mortem, CS Lead');
	await bobs.press('Shift+R');
	await bobs.start('Resolve technical issue, VP CS');
	await bobs.press('a');
	await expect(bobs.cell('Post-mortem, CS Lead')).toHaveAccessibleName(/Responsible and Consulted$/);

	await ada.context.setOffline(false);
	for (const screen of [adas, bobs]) {
		await expect(screen.cell('Diagnose issue, CEO')).toHaveAccessibleName(/: Consulted and Informed/);
		await expect(screen.cell('Post-mortem, CS Lead')).toHaveAccessibleName(/: Responsible and Consulted/);
		await expect(screen.activities.nth(3)).toHaveText('Post-mortem');
		await expect(screen.check('Resolve technical issue')).toHaveText(
			/Three accountable: VP CS, Eng Lead, CEO/
		);
	}
	await expect.poll(() => bobs.letters()).toEqual(await adas.letters());

	await adas.check('Resolve technical issue').getByRole('button').click();
	await ada.page.getByRole('button', { name: 'Eng Lead', exact: true }).click();
	await expect(adas.check('Resolve technical issue').getByText(/accountable/)).toHaveCount(0);
	await expect(bobs.cell('Resolve technical issue, Eng Lead')).toHaveAccessibleName(/Accountable/);
	await expect(bobs.cell('Resolve technical issue, CEO')).toHaveAccessibleName(/: empty/);
	await expect(bobs.cell('Resolve technical issue, VP CS')).toHaveAccessibleName(/: empty/);
});

/** As one finds them: bold, two letters with a slash, and an А and a С of the Cyrillic alphabet. */
const PASTED = `
## Release duties

| Activity | Release lead | SRE Lead | Legal (veto) |
|---|:-:|:-:|:-:|
| Cut the branch | **R/A** | C | - |
| Approve the release | R | **А** | С |
| Tell the customers | **A** | R, I | later |
`;

test('a pasted table is shown as it was read, goes in, and comes back from its own CSV the same', async ({
	downbeat,
	visit
}) => {
	const ada = await visit('Ada', await downbeat.createSpace());
	const { page } = ada;
	await newMatrix(ada);
	const dialog = page.getByRole('dialog', { name: 'Import a table' });
	const paste = async (text: string) => {
		await page.getByRole('button', { name: 'Import a table' }).click();
		await dialog.getByLabel('Table', { exact: true }).fill(text);
	};
	await paste(PASTED);
	await expect(dialog.getByText('3 activities, 3 roles, 9 letters.')).toBeVisible();
	await expect(dialog.getByText(/Tell the customers, Legal \(veto\): “later”/)).toBeVisible();
	await dialog.getByText(/other spellings? read as letters/).click();
	await expect(dialog.getByText('“**А**” as A, once')).toBeVisible();
	await dialog.getByRole('button', { name: 'Import', exact: true }).click();
	const screen = new MatrixScreen(page);
	const letters = [
		'Cut the branch: RA, C, –',
		'Approve the release: R, A, C',
		'Tell the customers: A, RI, –'
	];
	await expect.poll(() => screen.letters()).toEqual(letters);
	await expect(screen.cell('Tell the customers, Legal \\(veto\\)')).toHaveAccessibleName(/empty, later/);

	const csv = await screen.export('CSV');
	expect(csv).toContain('Approve the release,R,A,C');
	await newMatrix(ada);
	await paste(csv);
	await expect(dialog.getByText('All of it was understood.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Import', exact: true }).click();
	await expect.poll(() => screen.letters()).toEqual(letters);
	await expect(screen.roles).toHaveText(['Release lead', 'SRE Lead', 'Legal (veto)']);
	expect(await screen.export('CSV')).toBe(csv);
	expect(await screen.export('Markdown')).toContain('| Approve the release | R | A | C |');
});

test('publishing waits for a connection and for nothing left to fix', async ({ downbeat, visit }) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	const screen = await beginMatrix(ada, 'Customer escalation');
	await screen.start('Post-mortem, VP CS');
	await screen.press('Backspace');
	await expect(screen.publish).toHaveAttribute('aria-disabled', 'true');
	await expect(screen.publish).toHaveAccessibleDescription(/1 (row|activity)/);
	await screen.publish.click({ force: true });
	await expect(screen.cell('Post-mortem, CS Lead')).toBeFocused();
	await screen.press('ArrowRight', 'a');

	await kept(ada.page);
	await expect(ada.pill).toContainText('Synced');
	await ada.context.setOffline(true);
	await expect(screen.publish).toHaveText('Publish when online');
	await expect(screen.publish).toHaveAccessibleDescription('Publishing needs a connection.');
	await ada.context.setOffline(false);
	await expect(screen.publish).toHaveText('Publish', { timeout: 30_000 });
	await screen.publish.click();
	await expect(ada.page.getByText(/^Published \d+ \w+, \d\d:\d\d by Ada\./)).toBeVisible();

	await screen.start('Post-mortem, CEO');
	await screen.press('c');
	await ada.page.getByRole('button', { name: /1 change/ }).click();
	await expect(ada.page.getByText(/Post-mortem, CEO/).last()).toBeVisible();
});

test('on a phone an activity is a card, and what is to be fixed comes first', async ({ downbeat, visit }) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at, { isPhone: true });
	await page.getByRole('link', { name: 'More' }).tap();
	await page.getByRole('link', { name: 'RACI' }).tap();
	await expect(page.getByRole('banner').getByRole('button', { name: 'RACI matrix' })).toBeVisible();
	await page.getByRole('link', { name: /Operating rhythm/ }).tap();
	const chips = page.getByRole('group', { name: 'Show' });
	const cards = page.getByRole('list', { name: 'Activities' }).locator(':scope > li');
	await expect(chips.getByRole('button', { name: 'To fix 2' })).toHaveAttribute('aria-pressed', 'true');
	await expect(cards).toHaveCount(2);
	for (const width of [390, 360]) {
		await page.setViewportSize({ width, height: 844 });
		const wide = await page.evaluate(() => document.querySelector('main')?.scrollWidth ?? 0);
		expect(wide).toBeLessThanOrEqual(width);
	}

	const planning = cards.filter({ hasText: 'Quarterly planning' });
	await planning.getByRole('button', { name: /^Quarterly planning/ }).tap();
	const ceo = planning.getByRole('group', { name: 'CEO' });
	await ceo.getByRole('button', { name: 'Accountable' }).tap();
	await expect(ceo.getByRole('button', { name: 'Accountable' })).toHaveAttribute('aria-pressed', 'true');
	await expect(chips.getByRole('button', { name: 'To fix 1' })).toBeVisible();
	await cards
		.first()
		.getByRole('button', { name: /^Weekly Product Metrics/ })
		.tap();
	await cards
		.first()
		.getByRole('button', { name: /^VP Product/ })
		.first()
		.tap();
	await expect(chips.getByRole('button', { name: 'To fix 0' })).toBeVisible();
	await chips.getByRole('button', { name: 'All 10' }).tap();
	await expect(cards).toHaveCount(10);
	await expect(cards.filter({ hasText: 'Daily health check' })).toContainText(/SRE Lead/);
});
