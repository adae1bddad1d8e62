import type { Rule } from '#lib/domain/finding.ts';
import { isRule } from '#lib/domain/recurrence.ts';
import type { SpaceIndex } from './schema.ts';

/** A series whose rule cannot be read never comes round, and nobody would notice. */
export const rulesCanBeRead: Rule<SpaceIndex> = {
	id: 'space/rules-can-be-read',
	source: 'RFC 5545',
	check: ({ series }) =>
		series
			.filter(({ rule }) => !isRule(rule))
			.map(({ id, title }) => ({
				rule: rulesCanBeRead.id,
				severity: 'error',
				row: id,
				message: `${title} never comes round: its rhythm cannot be read. Set it again.`
			}))
};

/** An agenda longer than its slot runs over every time. */
export const agendaFitsSlot: Rule<SpaceIndex> = {
	id: 'space/agenda-fits-slot',
	source: 'House rule',
	check: ({ series }) =>
		series.flatMap(({ id, title, minutes, agenda }) => {
			const planned = agenda.reduce((sum, item) => sum + item.minutes, 0);
			if (planned <= minutes) return [];
			const message = `The agenda of ${title} takes ${planned} min, its slot ${minutes}.`;
			return [{ rule: agendaFitsSlot.id, severity: 'warn', row: id, message }];
		})
};
