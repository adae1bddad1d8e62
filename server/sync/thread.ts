import { parentPort, Worker } from 'node:worker_threads';

// Work away from the event loop, so that one large document does not make everybody wait.

/** A worker thread that answers questions. It is started with the first one, and anew after one that broke it. */
export class Thread<Question, Answer> {
	readonly #file: URL;
	#worker: Worker | undefined;
	#nextId = 1;
	readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();

	/** `file` calls `answerQuestions`. */
	constructor(file: URL) {
		this.#file = file;
	}

	/** Rejects when the answering throws, and when the thread ends before. */
	ask(question: Question): Promise<Answer> {
		const id = this.#nextId++;
		const waiting = Promise.withResolvers<Answer>();
		this.#waiting.set(id, waiting);
		this.#started().postMessage({ id, question });
		return waiting.promise;
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
		this.#worker = undefined;
		this.#failAll(new Error('the server stopped before its thread had answered'));
	}

	#started(): Worker {
		if (this.#worker) return this.#worker;
		const worker = new Worker(this.#file);
		worker.unref();
		worker.on('message', ({ id, answer, error }: Answered<Answer>) => {
			const waiting = this.#waiting.get(id);
			this.#waiting.delete(id);
			if (error === undefined) waiting?.resolve(answer as Answer);
			else waiting?.reject(new Error(error));
		});
		worker.on('error', (error) => {
			this.#worker = undefined;
			this.#failAll(error);
		});
		return (this.#worker = worker);
	}

	#failAll(error: unknown): void {
		for (const waiting of this.#waiting.values()) waiting.reject(error);
		this.#waiting.clear();
	}
}

interface Asked<Question> {
	readonly id: number;
	readonly question: Question;
}

interface Answered<Answer> {
	readonly id: number;
	readonly answer?: Answer;
	readonly error?: string;
}

/** For the file of a thread: answers each question as it comes. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer): void {
	parentPort?.on('message', ({ id, question }: Asked<Question>) => {
		parentPort?.postMessage(answered(id, question));
	});

	function answered(id: number, question: Question): Answered<Answer> {
		try {
			return { id, answer: answer(question) };
		} catch (error) {
			return { id, error: String(error) };
		}
	}
}
