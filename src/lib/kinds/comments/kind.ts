import { counted } from '#lib/domain/words.ts';
import { defineKind, type Summary } from '../contract.ts';
import { describePlace } from './describe.ts';
import { commentsDoc } from './doc.ts';
import { markdownExport } from './exports.ts';
import { empty, typical } from './fixtures.ts';
import { mentionedIn } from './mentions.ts';
import { COMMENTS_SUFFIX, type Comments } from './schema.ts';
import { openThreads } from './standing.ts';

export const commentsKind = defineKind({
	id: 'comments',
	label: { one: 'Comments', many: 'Comments' },
	suffix: COMMENTS_SUFFIX,
	doc: commentsDoc,
	rules: [],
	exports: [markdownExport],
	summarise,
	describe: describePlace,
	titleOf: (document) => (document.endsWith(COMMENTS_SUFFIX) ? 'Comments' : undefined),
	fixtures: { empty, typical }
});

function summarise(comments: Comments): Summary {
	const open = openThreads(comments);
	const meant = new Set(open.flatMap(({ replies }) => replies.flatMap(({ text }) => mentionedIn(text))));
	const asks = meant.size === 0 ? '' : `, ${counted(meant.size, 'person', 'people')} mentioned`;
	return { headline: `${counted(open.length, 'open thread')}${asks}.`, tone: 'none', open: [] };
}
