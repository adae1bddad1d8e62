import { expect, test } from 'vitest';
import { Shelves, SHELVES_KEY, type ShelfStorage } from './shelves.ts';

const nadia = { id: 'u-nadia', name: 'Nadia Okafor', email: 'nadia@example.com' };
const jonas = { id: 'u-jonas', name: 'Jonas Weber', email: 'jonas@example.com' };

function storage(written?: string): ShelfStorage & { readonly text: string } {
	let text = written ?? '';
	return {
		getItem: () => text || null,
		setItem: (_key, value) => (text = value),
		get text() {
			return text;
		}
	};
}

test('a device that knows nothing of shelves opens the first one, which is nobody’s', () => {
	for (const written of [undefined, '{', '[]', '{"shelves":[{"database":7}]}', 'null']) {
		const shelves = new Shelves(storage(written));
		expect(shelves.current).toEqual({ database: 'downbeat' });
		expect(shelves.isForgotten).toBe(true);
	}
	const blocked = { getItem: () => raise(), setItem: () => raise() };
	expect(new Shelves(blocked).current).toEqual({ database: 'downbeat' });
});

function raise(): never {
	throw new DOMException('The operation is insecure.', 'SecurityError');
}

test('the first shelf becomes the account’s that signs in on it', () => {
	const shelves = new Shelves(storage());
	shelves.open({ database: 'downbeat', account: nadia });
	expect(shelves.current).toEqual({ database: 'downbeat', account: nadia });
	expect(shelves.isForgotten).toBe(false);
	expect(shelves.accountless).toBeUndefined();
});

test('a shelf that was signed out of is opened by nobody but its account', () => {
	const kept = storage();
	const shelves = new Shelves(kept);
	shelves.open({ database: 'downbeat', account: nadia });
	shelves.closeCurrent();
	expect(shelves.current).toBeUndefined();
	expect(shelves.accountless).toBeUndefined();

	const other = new Shelves(kept);
	const fresh = other.fresh();
	expect(fresh.database).toMatch(/^downbeat-\w{16}$/);
	expect(other.fresh().database).not.toBe(fresh.database);
	expect(kept.text).not.toContain(fresh.database);
	other.open({ ...fresh, account: jonas });
	expect(shelves.current).toEqual({ ...fresh, account: jonas });
	expect(shelves.shelfOf(nadia.id)).toMatchObject({ database: 'downbeat', isSignedOut: true });

	shelves.open({ database: 'downbeat', account: nadia });
	expect(shelves.current).toEqual({ database: 'downbeat', account: nadia });
});

test('who takes over a device signs out whoever did not', () => {
	const shelves = new Shelves(storage());
	shelves.open({ database: 'downbeat', account: nadia });
	shelves.open({ database: 'downbeat-b', account: jonas });
	shelves.closeCurrent();
	expect(shelves.current).toBeUndefined();
	expect(shelves.shelfOf(nadia.id)?.isSignedOut).toBe(true);
});

test('a device without an account stays open to who holds it', () => {
	const shelves = new Shelves(storage());
	shelves.open({ database: 'downbeat' });
	shelves.open({ database: 'downbeat-b', account: jonas });
	shelves.closeCurrent();
	expect(shelves.accountless).toEqual({ database: 'downbeat' });
});

test('an erased shelf is on no list, and the list of an emptied device is no new device', () => {
	const kept = storage();
	const shelves = new Shelves(kept);
	shelves.open({ database: 'downbeat', account: nadia });
	shelves.giveUpCurrent();
	expect(shelves.current).toBeUndefined();
	expect(shelves.accountless).toBeUndefined();
	expect(shelves.toErase).toEqual(['downbeat']);
	expect(kept.text).not.toContain('nadia');
	shelves.forget('downbeat');
	expect(shelves.toErase).toEqual([]);
	expect(shelves.isForgotten).toBe(false);
	expect(SHELVES_KEY).toBe('downbeat.shelves');
});

test('a session that could not be ended is remembered until it is', () => {
	const shelves = new Shelves(storage());
	shelves.open({ database: 'downbeat', account: nadia });
	shelves.owesSignOut(true);
	shelves.closeCurrent();
	expect(shelves.isSessionToEnd).toBe(true);
	shelves.owesSignOut(false);
	expect(shelves.isSessionToEnd).toBe(false);
	expect(shelves.shelfOf(nadia.id)?.isSignedOut).toBe(true);
});

test('a shelf whose own note says that it was signed out of is not opened when the list is lost', () => {
	const shelves = new Shelves(storage('lost'));
	shelves.restore({ database: 'downbeat', account: nadia, isSignedOut: true });
	expect(shelves.current).toBeUndefined();
	expect(shelves.shelfOf(nadia.id)).toBeDefined();
});
