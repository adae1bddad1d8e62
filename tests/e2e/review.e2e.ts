import type { Page } from '@playwright/test';
import { expect, kept, test } from './downbeat.ts';
import { ActionRegister, DecisionPage, dueShown } from './records.ts';

/** What others changed while somebody was away, in the details of the sync pill. */
const reviewOf = (page: Page) => page.getByRole('group', { name: 'While you were offline' });

test('what both sides changed is shown with both, chosen with one tap, and stays until it is read', async ({
	downbeat,
	visit
}) => {
	test.slow();
	// Everybody who joins by an invite is a person of their own to the server.
	const at = await downbeat.createSample();
	const ada = await visit('Ada', at, { isKept: true });
	const bob = await visit('Bob', at);
	const bobs = await ActionRegister.open(bob.page, downbeat, at);
	await bobs.add({
		title: 'Hold the release train',
		owner: 'Bob',
		due: 'in 2 weeks',
		check: 'The lock fires'
	});
	await bobs.add({ title: 'Renew the keys', owner: 'Bob', due: 'in 2 weeks' });
	const adas = await ActionRegister.open(ada.page, downbeat, at);
	const train = adas.row('Hold the release train');
	const keys = adas.row('Renew the keys');
	await expect(keys.root).toBeVisible();
	await expect(ada.pill).toContainText('Synced');
	await kept(ada.page);

	await ada.context.setOffline(true);
	await expect(ada.pill).toContainText('Offline');
	await train.retype(train.due, 'in 3 weeks');
	await train.retype(train.owner, 'Ada');
	await keys.retype(keys.check, 'The old keys are refused');
	await expect(ada.pill).toContainText('kept here');
	const theirTrain = bobs.row('Hold the release train');
	await theirTrain.retype(theirTrain.due, 'in 4 weeks');
	await bob.page.getByRole('link', { name: 'Open Renew the keys' }).click();
	await bob.page.getByRole('button', { name: 'Delete this action' }).click();
	await expect(bobs.row('Renew the keys').root).toHaveCount(0);
	await expect(bob.pill).toContainText('Synced');

	await ada.context.setOffline(false);
	const strip = ada.page.getByRole('status').filter({ hasText: 'Back online' });
	await expect(strip).toContainText('2 things were changed twice.', { timeout: 30_000 });
	await expect(strip).toContainText('from 1 person');
	await strip.getByRole('button', { name: /^Review/ }).click();
	const review = reviewOf(ada.page);
	const [ours, other] = [dueShown('in 3 weeks'), dueShown('in 4 weeks')];
	await expect(train.due).toHaveValue(other);
	const due = review.getByRole('listitem').filter({ hasText: /Due date changed\s+Hold the release train/ });
	await expect(due).toContainText(`You had ${ours}. Theirs, ${other}, is shown.`);
	await expect(due).toContainText('Bob');
	const removal = review.getByRole('listitem').filter({ hasText: 'Renew the keys' });
	await expect(removal).toContainText('Bob deleted it while you edited it. Your edit is kept with it.');
	await due.getByRole('button', { name: `Use ${ours}` }).click();
	await expect(due).toContainText(`Now ${ours}.`);
	for (const { due: field } of [train, theirTrain]) await expect(field).toHaveValue(ours);
	await expect(train.owner).toHaveValue('Ada');
	await expect(train.root).not.toContainText('moved this at once');

	await ada.page.reload();
	await ada.pill.click();
	await expect(due).toContainText(`Now ${ours}.`);
	await removal.getByRole('button', { name: 'Bring it back' }).click();
	await expect(removal).toContainText('Brought back.');
	for (const register of [adas, bobs]) {
		const back = register.row('Renew the keys');
		await expect(back.check).toHaveValue('The old keys are refused');
	}
	await ada.page.getByRole('button', { name: 'Got it' }).click();
	await ada.pill.click();
	await expect(ada.page.getByText('Everything is synced.')).toBeVisible();
	await expect(review).toHaveCount(0);
});

test('two deciders that were named apart are a finding that names both', async ({ downbeat, visit }) => {
	const at = await downbeat.createSpace();
	const ada = await visit('Ada', at, { isKept: true });
	const bob = await visit('Bob', at);
	await bob.page.goto(`${downbeat.url}/${at.space}/decisions`);
	await bob.page.getByRole('button', { name: 'Add a decision' }).click();
	const bobs = new DecisionPage(bob.page);
	await bobs.title.fill('Hold search-api releases');
	await bobs.title.press('Enter');
	await expect(bobs.article).toContainText('DEC-0001');
	await ada.page.goto(bob.page.url());
	const adas = new DecisionPage(ada.page);
	await expect(adas.article).toContainText('DEC-0001');
	await kept(ada.page);
	await ada.context.setOffline(true);
	await expect(ada.pill).toContainText('Offline');
	await adas.nameDecider('Ada');
	await bobs.nameDecider('Bob');
	await expect(bob.pill).toContainText('Synced');
	await ada.context.setOffline(false);
	for (const { article } of [adas, bobs]) {
		const finding = article.getByRole('list', { name: 'To look at' });
		await expect(finding).toContainText('Ada', { timeout: 30_000 });
		await expect(finding).toContainText('Bob');
	}
	await adas.decide.press('Enter');
	await expect(adas.article).toContainText('one person who decides instead of several');
	await expect(adas.role('Decide').getByRole('button').first()).toBeFocused();
	await ada.page.keyboard.press('Enter');
	await expect(bobs.role('Decide').getByRole('listitem')).toHaveCount(1);
	await expect(bobs.article.getByRole('list', { name: 'To look at' })).toHaveCount(0);
});
