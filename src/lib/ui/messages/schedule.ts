/** Calls `work` after `ms`; gives the way to call it off. Handed in so that tests need not wait. */
export type Schedule = (work: () => void, ms: number) => () => void;

export const realSchedule: Schedule = (work, ms) => {
	const timer = setTimeout(work, ms);
	return () => clearTimeout(timer);
};
