import axe from 'axe-core';

/** Everything axe knows of WCAG 2.2 AA and good practice that holds for a part of a page. */
const OPTIONS: axe.RunOptions = {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	// These judge a whole page; a specimen is a part of one.
	rules: {
		region: { enabled: false },
		'landmark-one-main': { enabled: false },
		'page-has-heading-one': { enabled: false },
		'heading-order': { enabled: false }
	}
};

/** What axe finds in the document, one line per element: the rule and the element. Empty is good. */
export async function axeFindings(): Promise<readonly string[]> {
	// Half faded in, a text has half its contrast.
	await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
	const { violations } = await axe.run(document, OPTIONS);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary ?? ''}`)
	);
}
