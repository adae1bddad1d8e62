import { proseFromMarkdown } from '#lib/docs/prose-from-markdown.ts';
import { addDays } from '#lib/domain/calendar.ts';
import { documentId, kpiId, rowId, type DocumentId } from '#lib/domain/id.ts';
import { periodOf, periodWords } from '#lib/domain/period.ts';
import { shortDay } from '#lib/domain/words.ts';
import { COMMENTARY_PREFIX, textRoot, type Commentaries } from '#lib/kinds/commentary/schema.ts';
import { ordered } from './beginning.ts';
import { actionRow } from './sample-actions.ts';
import type { Role, Stage } from './sample-stage.ts';

interface Written {
	readonly kpi: string;
	readonly by: Role;
	readonly changed: string;
	readonly doing: string;
	readonly drivers: readonly string[];
	/** The action that answers it. */
	readonly action?: string;
	/** It was completed when it stood so. */
	readonly completed?: 'red' | 'amber';
}

/** What was written on the numbers of the week in which they turned. */
export function sampleCommentary(stage: Stage): {
	readonly document: DocumentId;
	readonly title: string;
	readonly commentaries: Commentaries;
} {
	const { story, cast, at } = stage;
	const period = periodOf(addDays(story.rollbackOn, 1), 'week');
	const written = writtenOn(stage);
	const completedAt = new Date(at(addDays(story.rollbackOn, 2), '05:30')).toISOString();
	const rows = written.map(({ kpi, by, completed }) => ({
		id: rowId.parse(kpi),
		kpi: kpiId.parse(kpi),
		...(completed ? { completed: { at: completedAt, by: cast[by].id, status: completed } } : {})
	}));
	const partsOf = <Part>(pick: (one: Written) => readonly Part[]) =>
		written.flatMap((one) =>
			pick(one).map((part, index) => ({
				id: rowId.parse(`${one.kpi}.p${index + 1}`),
				commentary: rowId.parse(one.kpi),
				part
			}))
		);
	return {
		document: documentId.parse(`${COMMENTARY_PREFIX}${period.id}`),
		title: periodWords(period),
		commentaries: {
			rows: ordered(rows),
			drivers: ordered(partsOf(({ drivers }) => drivers)).map(({ part: name, ...rest }) => ({
				...rest,
				name
			})),
			links: ordered(partsOf(({ action }) => (action ? [action] : []))).map(({ part, ...rest }) => ({
				...rest,
				ref: { kind: 'actions', document: documentId.parse('r-actions'), row: actionRow(part) }
			})),
			evidence: [],
			authors: ordered(partsOf(({ by }) => [by])).map(({ part, ...rest }) => ({
				...rest,
				person: cast[part].id
			})),
			texts: Object.fromEntries(
				written.flatMap(({ kpi, changed, doing }) => [
					[textRoot(kpi, 'changed'), proseFromMarkdown(changed)],
					[textRoot(kpi, 'doing'), proseFromMarkdown(doing)]
				])
			)
		}
	};
}

const writtenOn = ({ story }: Stage): readonly Written[] => [
	{
		kpi: 'slo-attainment',
		by: 'priya',
		changed: `p95 regression in search-api after ${story.version}; queries over 500 ms count as failed.`,
		doing: `Rolled back on ${shortDay(story.rollbackOn)}. The release is held until the canary covers 60 minutes.`,
		drivers: ['Latency', 'Release'],
		action: 'extend-canary',
		completed: 'amber'
	},
	{
		kpi: 'mttr',
		by: 'priya',
		changed: 'INC-2291 ran 74 minutes: 22 to detect, 31 to find the release, 21 to roll back.',
		doing: 'The rollback runbook assumed a stateless service; it gets an index step.',
		drivers: ['Detection', 'Runbook'],
		action: 'replay-breach'
	}
];
