import type { Person } from '#lib/domain/person.ts';

const person = (id: string, name: string, slot: Person['slot']) => ({ id, name, slot }) as Person;

export const nadia = person('p-nadia', 'Nadia Okafor', 8);
export const priya = person('p-priya', 'Priya Raman', 1);
export const samuel = person('p-samuel', 'Samuel Adeyemi', 5);

export const PEOPLE: readonly Person[] = [
	nadia,
	priya,
	person('p-tomas', 'Tomás Herrera', 2),
	person('p-mei', 'Mei Lin', 3),
	person('p-jonas', 'Jonas Weber', 4),
	samuel,
	person('p-ingrid', 'Ingrid Solberg', 6),
	person('p-rafael', 'Rafael Costa', 7)
];
