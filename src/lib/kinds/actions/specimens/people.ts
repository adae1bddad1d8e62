import type { Person, PresenceSlot } from '#lib/domain/person.ts';

const person = (id: string, name: string, slot: PresenceSlot) => ({ id, name, slot }) as Person;

export const nadia = person('p-nadia', 'Nadia Okafor', 1);
export const priya = person('p-priya', 'Priya Raman', 2);

export const PEOPLE: readonly Person[] = [
	nadia,
	priya,
	person('p-tomas', 'Tomás Herrera', 3),
	person('p-mei', 'Mei Lin', 4),
	person('p-rafael', 'Rafael Costa', 5),
	person('p-samuel', 'Samuel Adeyemi', 6)
];
