import type { Rule } from '#lib/domain/finding.ts';
import type { Commentaries } from './schema.ts';
import { lacksOf, lackWords } from './state.ts';
import { writtenOn } from './written.ts';

/** Two devices together may leave a red commentary complete that lacks something: it is said, and counts as a draft. */
export const redHasWords: Rule<Commentaries> = {
	id: 'commentary/red-has-words',
	source: 'Red needs words',
	check: (commentaries) =>
		commentaries.rows.flatMap((row) => {
			const { completed } = row;
			const lacks = completed ? lacksOf(writtenOn(commentaries, row.id), completed.status) : [];
			if (lacks.length === 0) return [];
			const message = `It was completed while off target, and lacks ${lackWords(lacks)} by now.`;
			return [{ rule: redHasWords.id, severity: 'error', row: row.id, message }];
		})
};
