import { activeLoop, type Loop, type Realm } from './loop.ts';
import { FakeSocket } from './network.ts';

// What a browser gives a page beside its disk: sockets, channels between tabs, locks. A tab is told by the host of its
// address, `<device>.<tab>`: tabs of one device hear each other, as real ones do, a moment later.

class TabChannel {
	static readonly open = new Set<TabChannel>();
	readonly #host: string;
	readonly #rest: string;
	onmessage: ((event: { data: unknown }) => void) | null = null;

	constructor(name: string) {
		const { host, pathname } = URL.canParse(name) ? new URL(name) : { host: '', pathname: name };
		[this.#host, this.#rest] = [host, pathname];
		if (host !== '') TabChannel.open.add(this);
	}

	get host(): string {
		return this.#host;
	}

	postMessage(message: Uint8Array): void {
		if (!TabChannel.open.has(this)) return;
		const copy = message.slice();
		const [device] = this.#host.split('.');
		for (const other of TabChannel.open) {
			if (other === this || other.#rest !== this.#rest || other.#host.split('.')[0] !== device) continue;
			activeLoop().post(1, () => TabChannel.open.has(other) && other.onmessage?.({ data: copy }));
		}
	}

	close(): void {
		TabChannel.open.delete(this);
	}
}

/** A crashed tab says nothing more and hears nothing more. */
export function closeChannels(host: string): void {
	for (const channel of TabChannel.open) if (channel.host === host) channel.close();
}

export const closeAllChannels = (): void => TabChannel.open.clear();

type Granted = (lock: { name: string } | null) => unknown;

interface Lock {
	isHeld: boolean;
	waiting: (() => void)[];
}

/** `navigator.locks`, one set for each device. */
class DeviceLocks {
	readonly #locks = new WeakMap<Realm, Map<string, Lock>>();
	#loop: Loop | undefined;

	async request(
		name: string,
		options: { ifAvailable?: boolean; signal?: AbortSignal },
		granted: Granted
	): Promise<unknown> {
		const lock = this.#lockOf(name);
		if (lock.isHeld && options.ifAvailable) return granted(null);
		if (lock.isHeld) await turn(lock, options.signal);
		lock.isHeld = true;
		try {
			return await granted({ name });
		} finally {
			lock.isHeld = false;
			lock.waiting.shift()?.();
		}
	}

	#lockOf(name: string): Lock {
		this.#loop = activeLoop();
		const ofDevice = this.#locks.get(this.#loop.current) ?? new Map<string, Lock>();
		this.#locks.set(this.#loop.current, ofDevice);
		const lock = ofDevice.get(name) ?? { isHeld: false, waiting: [] };
		ofDevice.set(name, lock);
		return lock;
	}
}

function turn(lock: Lock, signal: AbortSignal | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		lock.waiting.push(resolve);
		signal?.addEventListener('abort', () => {
			lock.waiting = lock.waiting.filter((other) => other !== resolve);
			reject(new DOMException('the lock is not wanted any more', 'AbortError'));
		});
	});
}

Object.assign(globalThis, { WebSocket: FakeSocket, BroadcastChannel: TabChannel });
Object.defineProperty(navigator, 'locks', { value: new DeviceLocks(), configurable: true });
