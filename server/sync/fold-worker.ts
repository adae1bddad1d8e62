import { parentPort } from 'node:worker_threads';
import { foldUpdates, type FoldAnswer, type FoldQuestion } from './fold.ts';

parentPort?.on('message', ({ id, state, tail }: FoldQuestion) => {
	parentPort?.postMessage(answer());

	function answer(): FoldAnswer {
		try {
			return { id, folded: foldUpdates(state, tail) };
		} catch (error) {
			return { id, error: String(error) };
		}
	}
});
