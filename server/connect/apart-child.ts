import { writeFileSync } from 'node:fs';
import { refuse, type Result } from '#lib/util/result.ts';
import type { ApartJob } from './apart.ts';
import { rowsOfJson } from './read-json.ts';
import { rowsOfPrometheus } from './read-prometheus.ts';
import type { Reading } from './rows.ts';
import { trouble, type Trouble } from './trouble.ts';

// The process that reads what comes from outside. It does one job, answers, and is killed.

async function done(job: ApartJob): Promise<Result<Reading, Trouble>> {
	switch (job.job) {
		case 'json':
			return rowsOfJson(job.text, job.settings, job.rules);
		case 'prometheus':
			return rowsOfPrometheus(job.texts, job.segmentLabel, job.rules);
		case 'postgresql':
			return (await import('./read-postgresql.ts')).readPostgresql(job);
		case 'sqlite':
			return (await import('./read-sqlite.ts')).readSqlite(job);
	}
}

try {
	// Where memory runs out, Linux ends this process and not the server.
	writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
	// Not Linux.
}

process.once('message', (job) => {
	void done(job as ApartJob)
		.catch((error: unknown) =>
			refuse(trouble('source.unreadable', 'The answer could not be read.', String(error)))
		)
		.then((answer) => process.send?.(answer));
});
process.once('disconnect', () => process.exit());
