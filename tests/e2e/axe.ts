import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** Everything axe knows of WCAG 2.2 AA, and its good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands, one line for each element. */
export async function findings(page: Page): Promise<readonly string[]> {
	// Half faded in, a text has half its contrast.
	await page.evaluate(() =>
		Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))
	);
	await page.evaluate(axe.source);
	const violations = await page.evaluate(async (runOnly) => {
		const here = (window as unknown as { axe: typeof axe }).axe;
		return (await here.run(document, { runOnly, resultTypes: ['violations'] })).violations;
	}, TAGS);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 140)} ${failureSummary ?? ''}`)
	);
}

/** The same in both themes, one after the other: what is looked at has to be made only once. */
export async function findingsInBoth(page: Page): Promise<readonly string[]> {
	const found: string[] = [];
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		found.push(...(await findings(page)).map((finding) => `${colorScheme}: ${finding}`));
	}
	return found;
}
