import { DatabaseSync } from 'node:sqlite';
import { answerQuestions } from '../../sync/thread.ts';

// Copies what is in the write-ahead log into the database. Whoever writes meanwhile does not wait for it, and adds to
// the log: it can begin anew only when all of it is copied, hence a few passes, each shorter than the one before.

const PASSES_MAX = 4;
const BUSY_MS = 1_000;

/** Whether all of it was copied. */
answerQuestions((file: string): boolean => {
	const connection = new DatabaseSync(file, { timeout: BUSY_MS });
	try {
		const checkpoint = connection.prepare('PRAGMA wal_checkpoint(PASSIVE)');
		for (let pass = 0; pass < PASSES_MAX; pass++) {
			const row = checkpoint.get();
			if (row?.['busy'] === 0 && row['log'] === row['checkpointed']) return true;
		}
		return false;
	} finally {
		connection.close();
	}
});
