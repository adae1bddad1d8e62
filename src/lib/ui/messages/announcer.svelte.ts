import { createContext } from 'svelte';
import { realSchedule, type Schedule } from './schedule.ts';

/** One message per five seconds: more, and a screen reader never gets to the page. */
export const ANNOUNCE_EVERY_MS = 5_000;

/**
 * Says things to those who listen instead of looking: who joined, what was merged. The first is said at once;
 * what comes within five seconds of it waits and is said together, each sentence once. Typing is never said.
 */
export class Announcer {
	readonly #schedule: Schedule;
	readonly #waiting: string[] = [];
	#isQuiet = false;
	#words = $state('');
	#count = $state(0);

	constructor(schedule: Schedule = realSchedule) {
		this.#schedule = schedule;
	}

	/** What the live region holds. */
	get words(): string {
		return this.#words;
	}

	/** Changes with every message, so that the same words said twice are heard twice. */
	get count(): number {
		return this.#count;
	}

	/** `sentence`: with its full stop. */
	say(sentence: string): void {
		if (!this.#waiting.includes(sentence)) this.#waiting.push(sentence);
		if (!this.#isQuiet) this.#speak();
	}

	#speak(): void {
		this.#words = this.#waiting.splice(0).join(' ');
		this.#count += 1;
		this.#isQuiet = true;
		this.#schedule(() => {
			this.#isQuiet = false;
			if (this.#waiting.length > 0) this.#speak();
		}, ANNOUNCE_EVERY_MS);
	}
}

export const [announcerInUse, provideAnnouncer] = createContext<Announcer>();
