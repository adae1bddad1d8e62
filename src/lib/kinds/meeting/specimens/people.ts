import type { Person } from '#lib/domain/person.ts';
import type { PresentInMeeting } from '../surroundings.ts';

const person = (id: string, name: string, slot: Person['slot']) => ({ id, name, slot }) as Person;

export const nadia = person('p-nadia', 'Nadia Okafor', 8);
export const priya = person('p-priya', 'Priya Raman', 1);
export const tomas = person('p-tomas', 'Tomás Herrera', 2);
export const mei = person('p-mei', 'Mei Lin', 3);
export const jonas = person('p-jonas', 'Jonas Weber', 4);
export const samuel = person('p-samuel', 'Samuel Adeyemi', 5);
export const ingrid = person('p-ingrid', 'Ingrid Solberg', 6);

export const PEOPLE: readonly Person[] = [nadia, priya, tomas, mei, jonas, samuel, ingrid];

/** Somebody who has the meeting open, unless `rest` says more. */
export function present(
	one: Person,
	{ row = '', ...rest }: Partial<PresentInMeeting> = {}
): PresentInMeeting {
	return { person: one, isMe: false, state: 'here', where: '', seenAtMs: 0, device: 'laptop', row, ...rest };
}

const at = (time: string) => Date.parse(`2026-06-08T${time}:00+02:00`);

/** Everybody at the review as it is drawn: two write, one reads ahead, one is on the train and one went offline. */
export const AT_THE_REVIEW: readonly PresentInMeeting[] = [
	present(nadia, { isMe: true, row: 'slo', seenAtMs: at('10:11') }),
	present(priya, { state: 'typing', row: 'slo', seenAtMs: at('10:08') }),
	present(tomas, { state: 'typing', row: 'slo', seenAtMs: at('10:08') }),
	present(mei, { row: 'cost', seenAtMs: at('10:07') }),
	present(jonas, { row: 'slo', seenAtMs: at('10:06') }),
	present(samuel, { row: 'actions', device: 'phone', seenAtMs: at('10:08') }),
	present(ingrid, { state: 'away', row: 'slo', seenAtMs: at('10:02') })
];
