import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { magicLink } from 'better-auth/plugins/magic-link';
import { admin } from 'better-auth/plugins/admin';
import { beforeAll, expect, test } from 'vitest';
import { startIdentity, type RunningIdentity } from '../../tests/server/identity-world.ts';
import { AUTH_PATH, endpoints } from './endpoints.ts';

let world: RunningIdentity;

beforeAll(async () => {
	await import('./library.ts');
});

/** Every endpoint that better-auth would serve as we set it up, and a plugin that we must never have. */
function theirs(): readonly { method: string; path: string }[] {
	const auth = betterAuth({
		secret: 'x'.repeat(40),
		baseURL: 'http://localhost',
		emailAndPassword: { enabled: true },
		plugins: [passkey(), magicLink({ sendMagicLink: () => undefined }), genericOAuth({ config: [] }), admin()]
	});
	return Object.values(auth.api).flatMap((endpoint) => {
		const { path, options } = endpoint as { path?: string; options?: { method?: string | string[] } };
		if (!path) return [];
		return [options?.method ?? 'GET'].flat().map((method) => ({ method, path }));
	});
}

const isOurs = (method: string, path: string) =>
	endpoints.some((one) => one.method === method && one.path === path.replace(':id', 'oidc'));

test('what better-auth has and we do not list cannot be reached', async () => {
	world = startIdentity();
	const nadia = world.browser();
	await nadia.signUp('nadia@example.com');
	const hidden = theirs().filter(({ method, path }) => !isOurs(method, path) && path !== '/error');
	expect(hidden.length).toBeGreaterThan(25);
	expect(hidden.map(({ path }) => path)).toContain('/admin/set-role');
	for (const { method, path } of hidden) {
		const address = AUTH_PATH + path.replace(/:\w+/g, 'x');
		const answer = method === 'GET' ? await nadia.get(address) : await nadia.post(address);
		expect({ path, status: answer.status }).toEqual({ path, status: 404 });
		expect(answer.body).toMatchObject({ type: 'route.unknown' });
	}
});

test('neither by another method, nor by another spelling of its path', async () => {
	const { browser, identity } = startIdentity();
	for (const { method, path } of endpoints) {
		const address = AUTH_PATH + path;
		const other = method === 'GET' ? await browser().post(address) : await browser().get(address);
		expect({ path, status: other.status }).toEqual({ path, status: 404 });
	}
	const spellings = [
		'/sign-in/email/',
		'//sign-in/email',
		'/sign-in%2Femail',
		'/SIGN-IN/EMAIL',
		'/./ok',
		'/x/../ok'
	];
	for (const spelling of spellings) {
		const request = new Request(`http://localhost${AUTH_PATH}${spelling}`, { method: 'POST' });
		expect((await identity.handle(request, '192.0.2.1')).status).toBe(404);
	}
});

test('what needs a session says so without one', async () => {
	const { browser } = startIdentity();
	const guarded = endpoints.filter(({ session }) => session);
	expect(guarded.length).toBeGreaterThan(8);
	const bodies: Record<string, object> = {
		'/change-password': { currentPassword: 'x', newPassword: 'y' },
		'/update-user': { name: 'x' },
		'/revoke-session': { id: 'x' },
		'/passkey/update-passkey': { id: 'x', name: 'y' },
		'/passkey/delete-passkey': { id: 'x' },
		'/passkey/verify-registration': { response: { id: 'x', response: { clientDataJSON: 'x' } } }
	};
	for (const { method, path } of guarded) {
		const address = AUTH_PATH + path;
		const answer =
			method === 'GET' ? await browser().get(address) : await browser().post(address, bodies[path]);
		expect({ path, status: answer.status, type: answer.body['type'] }).toEqual({
			path,
			status: 401,
			type: 'auth.signed-out'
		});
	}
});

test('the library’s own error page is our sign-in page', async () => {
	const { browser } = startIdentity();
	const answer = await browser().get('/api/auth/error?error=state_mismatch&error_description=<script>');
	expect(answer.status).toBe(302);
	expect(answer.headers.get('location')).toBe('/sign-in?problem=auth.state-mismatch');
	const unknown = await browser().get('/api/auth/error?error=//evil.example');
	expect(unknown.headers.get('location')).toBe('/sign-in?problem=auth.refused');
});

test('the description of the API names every endpoint', async () => {
	const { browser } = startIdentity();
	const { paths } = (await browser().get('/api/openapi.json')).body as { paths: Record<string, object> };
	for (const { method, path } of endpoints) {
		expect(Object.keys(paths[AUTH_PATH + path] ?? {})).toContain(method.toLowerCase());
	}
});
