import { expect, test } from 'vitest';
import { spaceId } from '#lib/domain/id.ts';
import { isReserved, newSpaceId } from './space-id.ts';

test.each([
	['Engineering Ops', /^engineering-ops-[a-z0-9]{5}$/],
	['  Führung & Größe  ', /^fuhrung-grosse-[a-z0-9]{5}$/],
	['../../etc/passwd', /^etc-passwd-[a-z0-9]{5}$/],
	['経営会議', /^space-[a-z0-9]{5}$/],
	['🙂', /^space-[a-z0-9]{5}$/],
	['x'.repeat(200), /^x{32}-[a-z0-9]{5}$/],
	['one two three four five six seven eight nine', /^one-two-three-four-five-six-[a-z0-9]{5}$/]
])('%s becomes an address', (title, expected) => {
	const id = newSpaceId(title);
	expect(id).toMatch(expected);
	expect(spaceId.safeParse(id).success).toBe(true);
	expect(isReserved(id)).toBe(false);
});

test('two spaces of one title have two addresses', () => {
	expect(newSpaceId('Ops')).not.toBe(newSpaceId('Ops'));
});

test('pages of the app are no spaces', () => {
	for (const id of ['setup', 'api', 'sync', 'join', '_app', 'healthz', 'settings', 'API']) {
		expect(isReserved(id)).toBe(true);
	}
});
