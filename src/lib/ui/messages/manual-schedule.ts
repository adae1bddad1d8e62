import type { Schedule } from './schedule.ts';

/** A schedule for tests: time passes when the test says so. */
export class ManualSchedule {
	#nowMs = 0;
	#planned: { readonly atMs: number; readonly work: () => void }[] = [];

	readonly schedule: Schedule = (work, ms) => {
		const plan = { atMs: this.#nowMs + ms, work };
		this.#planned.push(plan);
		return () => (this.#planned = this.#planned.filter((other) => other !== plan));
	};

	/** Lets `ms` pass; what was planned for it happens in order. */
	pass(ms: number): void {
		this.#nowMs += ms;
		const due = this.#planned.filter(({ atMs }) => atMs <= this.#nowMs).toSorted((a, b) => a.atMs - b.atMs);
		this.#planned = this.#planned.filter((plan) => !due.includes(plan));
		for (const { work } of due) work();
	}
}
