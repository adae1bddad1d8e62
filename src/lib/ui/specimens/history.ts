import type { ShownVersion, ShownVersions, VersionLine } from '#lib/domain/history.ts';
import { jonas, mei, nadia } from './people.ts';

const at = (iso: string) => Date.parse(`2026-06-${iso}:00+02:00`);
const author = ({ id, name, slot, isMe }: typeof nadia) => ({ id, name, slot, isMe: isMe === true });

/** Invented versions of the KPIs, newest first. Today is Mon 8 June 2026. */
export const lines: readonly VersionLine[] = [
	{
		fromSeq: 90,
		seq: 97,
		fromMs: at('08T10:04'),
		toMs: at('08T10:31'),
		authors: [author(nadia), author(mei)],
		changes: 4
	},
	{
		fromSeq: 81,
		seq: 89,
		fromMs: at('08T09:12'),
		toMs: at('08T09:12'),
		authors: [author(jonas)],
		changes: 1,
		name: 'Agreed with finance'
	},
	{
		fromSeq: 1,
		seq: 80,
		fromMs: at('04T16:40'),
		toMs: at('04T17:05'),
		authors: [{ id: 'downbeat', name: 'Downbeat', isMe: false }],
		changes: 12
	}
];

export const versions: ShownVersions = { is: 'ready', versions: lines, hasMore: true };

const step = (is: 'kept' | 'removed' | 'added', text: string) => ({ is, text });

export const shown: ShownVersion = {
	is: 'ready',
	isPresent: false,
	mayRestoreAll: true,
	changes: [
		{
			key: 'kpis/mttr',
			is: 'record',
			what: '2 fields changed',
			where: 'MTTR, Sev 1/2 median',
			fields: [
				{ key: 'kpis/mttr/target', label: 'Target', before: '60', after: '45', isMove: false },
				{ key: 'kpis/mttr/owner', label: 'Owner', before: '', after: 'Mei Lin', isMove: false },
				{ key: 'kpis/mttr/source', label: 'Source', before: 'Pager', after: '', isMove: false },
				{ key: 'kpis/mttr/order', label: 'Moved', before: '', after: '', isMove: true }
			],
			passages: [],
			bringsBack: 'then'
		},
		{
			key: 'kpis/old/removedAt',
			is: 'record',
			what: 'KPI removed',
			where: 'Page load',
			fields: [{ key: 'kpis/old/unit', label: 'Unit', before: 's', after: '', isMove: false }],
			passages: [],
			bringsBack: 'before'
		},
		{
			key: 'space/title',
			is: 'field',
			what: 'Space renamed',
			where: '',
			fields: [
				{ key: 'space/title', label: 'Title', before: 'Ops', after: 'Engineering Ops', isMove: false }
			],
			passages: [],
			bringsBack: 'then'
		},
		{
			key: 'notes.i1',
			is: 'text',
			what: 'Notes edited',
			where: 'SLO & reliability signals',
			fields: [],
			passages: [
				{
					key: 'notes.i1#1:1',
					how: 'changed',
					sort: '',
					steps: [
						step('kept', 'The median '),
						step('removed', 'is 52'),
						step('added', 'rose to 74'),
						step('kept', ' minutes.')
					],
					bringsBack: 'then'
				},
				{
					key: 'notes.i1#1:9',
					how: 'went',
					sort: 'Table',
					steps: [step('removed', 'Week 22\t52')],
					bringsBack: 'before'
				},
				{ key: 'notes.i1#2:4', how: 'came', sort: 'Kpi chart', steps: [], bringsBack: 'before' },
				{
					key: 'notes.i1#2:8',
					how: 'changed',
					sort: '',
					steps: [step('kept', 'Bold now.')],
					bringsBack: 'then'
				}
			]
		}
	]
};
