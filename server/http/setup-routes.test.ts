import { expect, test } from 'vitest';
import { FoundingRefused, type FoundPorts } from '../auth/create-space.ts';
import { Setup } from '../auth/setup.ts';
import { ManualClock } from '../clock-manual.ts';
import { silentLog } from '../log.ts';
import { MemoryDirectory } from '../storage/memory/directory.ts';
import { HttpMeter } from '../metrics/http-meter.ts';
import { createApp } from './app.ts';
import { Gate } from './gate.ts';
import { mountSetup } from './setup-routes.ts';

class DiskFull extends Error {}

function world(found: FoundPorts['found'] = () => Promise.resolve()) {
	const directory = new MemoryDirectory();
	const clock = new ManualClock();
	const faults: string[] = [];
	const log = { ...silentLog, fault: (name: string) => void faults.push(name) };
	const erased: string[] = [];
	const founding = {
		directory,
		clock,
		found,
		erase: (space: string) => Promise.resolve(void erased.push(space))
	};
	const meter = new HttpMeter();
	const app = createApp(
		{
			clock,
			log,
			version: 'test',
			publicOrigin: undefined,
			gate: new Gate({ clock, meter, isOn: true }),
			meter,
			isDiskTrouble: (error) => error instanceof DiskFull,
			serveFiles: () => Promise.resolve(new Response())
		},
		(it) => mountSetup(it, { setup: new Setup(directory, 'the-setup-token'), clock, founding })
	);
	const setUp = async (token = 'the-setup-token') => {
		const response = await app.request(
			'/api/v1/setup',
			{
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({
					token,
					name: 'Ada',
					space: { title: 'Ops', timeZone: 'UTC' },
					series: ['ops-review'],
					sample: true
				})
			},
			{}
		);
		return { status: response.status, body: (await response.json()) as { type?: string; detail?: string } };
	};
	return { directory, clock, faults, erased, setUp };
}

test('what was chosen reaches whoever writes the first documents', async () => {
	const founded: unknown[] = [];
	const { setUp } = world((founding) => Promise.resolve(void founded.push(founding)));
	expect((await setUp()).status).toBe(201);
	expect(founded).toEqual([
		{
			space: expect.stringMatching(/^ops-/) as string,
			title: 'Ops',
			timeZone: 'UTC',
			series: ['ops-review'],
			sample: true,
			person: { id: expect.stringMatching(/^p-/) as string, name: 'Ada' }
		}
	]);
});

test('a wish that cannot be granted is refused in its own words, and may be corrected', async () => {
	const { directory, erased, setUp } = world(() =>
		Promise.reject(new FoundingRefused('There is no meeting called ops-review. Choose another.'))
	);
	expect(await setUp()).toMatchObject({
		status: 400,
		body: { type: 'setup.not-founded', detail: 'There is no meeting called ops-review. Choose another.' }
	});
	expect(erased).toHaveLength(1);
	expect(directory.setup().isUsed).toBe(false);
});

test.each([
	['a full disk', new DiskFull(), 507, 'storage.full', []],
	['a mistake of ours', new TypeError('x is not a function'), 500, 'server.fault', ['http.fault']]
])('%s in the middle leaves nothing and the setup open', async (_, error, status, type, logged) => {
	const { directory, erased, faults, setUp } = world(() => Promise.reject(error));
	const answer = await setUp();
	expect(answer).toMatchObject({ status, body: { type } });
	expect(JSON.stringify(answer)).not.toContain('not a function');
	expect(faults).toEqual(logged);
	expect(erased).toHaveLength(1);
	expect(directory.unopened(Infinity)).toEqual([]);
	expect(directory.setup().isUsed).toBe(false);
});

test('after a minute a wrong guesser may try again', async () => {
	const { clock, setUp } = world();
	for (let attempt = 0; attempt < 10; attempt++) expect((await setUp('wrong')).status).toBe(401);
	expect((await setUp()).status).toBe(429);
	clock.advance(60_000);
	expect((await setUp()).status).toBe(201);
});
