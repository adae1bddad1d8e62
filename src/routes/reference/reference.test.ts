import { expect, test } from 'vitest';
import { description, groupsOf, needsWords, soughtIn, typeText } from './reference.ts';

const told = description.parse({
	info: { version: '1.0.0' },
	components: {
		schemas: {
			Point: { type: 'object', required: ['at'], properties: { at: { type: 'string', format: 'date-time' } } }
		}
	},
	paths: {
		'/api/v1/spaces/{space}/kpis/{kpi}/points': {
			post: {
				summary: 'Send points',
				parameters: [{ name: 'space', in: 'path', required: true, schema: { type: 'string' } }],
				requestBody: {
					content: {
						'application/json': {
							schema: { type: 'array', items: { $ref: '#/components/schemas/Point' } }
						}
					}
				},
				responses: { 200: { description: 'What went in.' }, default: { description: 'What is wrong.' } },
				'x-needs': 'points.write'
			},
			parameters: 'no operation'
		},
		'/api/v1/time': { get: { summary: 'The clock', responses: {} } }
	}
});

test('calls stand in groups, with who may make them, what is sent and what is answered', () => {
	const [numbers, server] = groupsOf(told);
	expect(server).toMatchObject({
		title: 'This server',
		calls: [{ path: '/api/v1/time', needs: 'Everybody' }]
	});
	expect(numbers).toMatchObject({
		title: 'Numbers',
		calls: [
			{
				method: 'POST',
				needs: 'Owners and Editors; tokens for points',
				parameters: [{ name: 'space', where: 'path', isRequired: true, type: 'string' }],
				body: '{\n\t\tat: date-time\n\t}[]',
				answers: [
					{ status: '200', words: 'What went in.' },
					{ status: 'Else', words: 'What is wrong.' }
				]
			}
		]
	});
});

test('every word that is sought has to be there', () => {
	const groups = groupsOf(told);
	expect(soughtIn(groups, 'POINTS post')).toHaveLength(1);
	expect(soughtIn(groups, 'points clock')).toEqual([]);
	expect(soughtIn(groups, ' ')).toEqual(groups);
});

test.each([
	[{ enum: ['a', 1] }, '"a" | 1'],
	[{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
	[{ type: ['string', 'null'] }, 'string | null'],
	[{ items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
	[{ additionalProperties: { type: 'number' } }, '{ [name]: number }'],
	[{}, 'anything'],
	[{ $ref: '#/components/schemas/Nobody' }, 'Nobody']
])('%j is written %s', (schema, text) => {
	expect(typeText(schema, {})).toBe(text);
});

test('a schema that names itself comes to an end', () => {
	const loop = { properties: { next: { $ref: '#/components/schemas/Loop' } } };
	expect(typeText(loop, { Loop: loop })).toContain('…');
});

test.each([
	[undefined, 'Everybody'],
	['admin', 'Administrators of this server'],
	['space.read', 'Everybody in the space'],
	['audit.read', 'Owners'],
	['something.new', 'something.new']
])('%s is for: %s', (need, words) => {
	expect(needsWords(need)).toBe(words);
});
