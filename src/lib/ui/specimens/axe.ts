import axe from 'axe-core';

/** Everything axe knows of WCAG 2.2 AA and good practice that holds for a part of a page. */
const OPTIONS: axe.RunOptions = {
	resultTypes: ['violations'],
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	// These judge a whole page; a specimen is a part of one.
	rules: {
		region: { enabled: false },
		'landmark-one-main': { enabled: false },
		'page-has-heading-one': { enabled: false },
		'heading-order': { enabled: false }
	}
};

/** The same page in its other colours: all else about it has been looked at. */
const COLOURS: axe.RunOptions = { resultTypes: ['violations'], runOnly: ['color-contrast'] };

/** What axe finds in the document, one line per element: the rule and the element. Empty is good. */
export async function axeFindings(of: 'everything' | 'colours' = 'everything'): Promise<readonly string[]> {
	// Half faded in, a text has half its contrast. What never ends, such as the dots while somebody types, is not waited for.
	const fading = document
		.getAnimations()
		.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
	await Promise.all(fading.map((animation) => animation.finished.catch(() => undefined)));
	const { violations } = await axe.run(document, of === 'colours' ? COLOURS : OPTIONS);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary ?? ''}`)
	);
}
