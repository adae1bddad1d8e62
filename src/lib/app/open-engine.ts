import type { Standing } from '../domain/access.ts';
import type { Notice } from '../protocol/messages.ts';
import type { Secret } from '../sync/api-call.ts';
import type { DeviceStore, KnownSpace } from '../sync/device-store.ts';
import { DocEngine } from '../sync/engine.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { Transport } from '../sync/transport.ts';

/** What a space session gets from the session of the device. */
export interface SpacePorts {
	readonly store: DeviceStore;
	readonly clock: ServerClock;
	/** `ws://host/sync`. */
	readonly url: string;
	readonly onClock: () => void;
	/** Whose cookie opens what has no token of its own. */
	readonly cookie: Secret;
	/** The server said how this device stands to the space now. */
	readonly onRole: (role: Standing) => void;
}

export interface EnginePorts extends SpacePorts {
	/** By what all documents of the space are connected. */
	readonly transport: Transport;
}

/** A document of a space, from the device. It is not connected yet. */
export function openEngineOf(
	known: KnownSpace,
	options: { document: string; ports: EnginePorts; onNotice: (notice: Notice) => void }
): Promise<DocEngine> {
	const { ports, document, onNotice } = options;
	return DocEngine.open({
		name: `${known.id}/${document}`,
		store: ports.store,
		url: ports.url,
		token: known.token ?? ports.cookie,
		nowMs: Date.now,
		transport: ports.transport,
		onNotice,
		onClock: (answer) => {
			ports.clock.take(answer);
			ports.onClock();
		}
	});
}
