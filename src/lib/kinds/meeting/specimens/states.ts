import { empty } from '../fixtures.ts';
import { Desk } from './desk.svelte.ts';
import { draft, ended, live, long, MINUTE_MS, paused, STARTS_MS } from './meetings.ts';
import { AT_THE_REVIEW, mei, priya } from './people.ts';

const review = { present: AT_THE_REVIEW };
/** From the drawn moment to twelve seconds over. */
const TO_OVER_SECONDS = 204;
const at = (minutes: number) => STARTS_MS + minutes * MINUTE_MS;

function later(desk: Desk, change: (desk: Desk) => void): Desk {
	change(desk);
	return desk;
}

/** Every state the page is drawn in. */
export const STATES: Readonly<Record<string, () => Desk>> = {
	draft: () => new Desk(draft, { ...review, nowMs: at(-10) }),
	live: () => new Desk(live, review),
	paused: () => new Desk(paused, review),
	over: () => later(new Desk(live, review), (desk) => desk.pass(TO_OVER_SECONDS)),
	ended: () => new Desk(ended, { ...review, nowMs: at(50) }),
	empty: () => new Desk(empty),
	'read only': () => later(new Desk(live, review), (desk) => (desk.isReadOnly = true)),
	offline: () =>
		later(new Desk(live, review), (desk) => {
			desk.isOffline = true;
			desk.pending = new Set(['cost', 'vendor']);
			desk.kept = [
				{
					key: 'ops/review notes.slo',
					atMs: at(13),
					what: 'Notes edited',
					where: 'SLO & reliability signals',
					isOnDisk: true
				},
				{
					key: 'ops/review agenda/cost/minutes',
					atMs: at(12),
					what: 'Minutes changed',
					where: 'Cost deltas',
					isOnDisk: true
				}
			];
		}),
	reconnected: () =>
		later(new Desk(live, review), (desk) => {
			desk.pass(TO_OVER_SECONDS);
			desk.returned = {
				atMs: at(14),
				sent: 7,
				missed: [
					{
						key: 'ops/review notes.slo',
						who: mei.name,
						personId: mei.id,
						atMs: at(10),
						what: 'edited the notes',
						where: 'SLO & reliability signals'
					},
					{
						key: 'ops/review agenda/cost/title',
						who: priya.name,
						personId: priya.id,
						atMs: at(11),
						what: 'renamed an item',
						where: 'Cost deltas'
					}
				]
			};
		}),
	long: () => new Desk(long, review)
};
