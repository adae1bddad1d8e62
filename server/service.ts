/** A part of the server with a life of its own: a listener, a timer, a store. */
export interface Service {
	/** One word, for logs: “sync”, “http”. */
	readonly name: string;
	start(): Promise<void>;
	/** Stops taking work, finishes what it has, then resolves. Called once, within the drain limit. */
	drain(): Promise<void>;
}
