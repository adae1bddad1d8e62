import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { DocumentId, KpiId, PersonId, SpaceId } from '#lib/domain/id.ts';
import { ListedAccess } from '../../server/auth/access-listed.ts';
import { RoleGuard } from '../../server/auth/role-guard.ts';
import { MemoryDocStore } from '../../server/storage/memory/doc-store.ts';
import type { DocStore } from '../../server/sync/doc-store.ts';
import type { HeldBack } from '../../server/sync/write-guard.ts';
import { SyncServer } from '../../server/sync/sync-server.ts';

export const acme = 'acme' as SpaceId;

export function usualAccess(): ListedAccess {
	return new ListedAccess({
		editor: { space: acme, role: 'editor', scope: 'space' },
		viewer: { space: acme, role: 'viewer', scope: 'space' },
		commenter: { space: acme, role: 'commenter', scope: 'space', person: 'p-mei' as PersonId },
		former: { space: acme, role: 'former', scope: 'space' },
		guest: { space: acme, role: 'guest', scope: 'space', document: 'm-ops' as DocumentId },
		points: { space: acme, role: 'editor', scope: 'points' },
		other: { space: 'other' as SpaceId, role: 'editor', scope: 'space' }
	});
}

/** Who owns the KPIs of every space here. */
const kpis = [
	{ id: 'mttr' as KpiId, owner: 'p-mei' as PersonId },
	{ id: 'churn' as KpiId, owner: 'p-priya' as PersonId }
];

export interface Running {
	readonly url: string;
	readonly port: number;
	readonly sync: SyncServer;
	readonly store: DocStore;
	readonly access: ListedAccess;
	readonly events: string[];
	/** What was not written because it would have deleted most of a document. */
	readonly held: readonly HeldBack[];
	stop(): Promise<void>;
}

/** The sync server alone on a free port of loopback. */
export async function startSync(
	options: { store?: DocStore; port?: number; nowMs?: () => number } = {}
): Promise<Running> {
	const store = options.store ?? new MemoryDocStore();
	const access = usualAccess();
	const events: string[] = [];
	const held: HeldBack[] = [];
	const sync = new SyncServer({
		store,
		access,
		guard: new RoleGuard({ kpisOf: () => Promise.resolve(kpis) }),
		heldBack: (change) => held.push(change),
		nowMs: options.nowMs ?? Date.now,
		log: (event) => events.push(event)
	});
	const http = createServer((_request, response) => response.writeHead(404).end());
	http.on('upgrade', (request, socket, head) => sync.upgrade(request, socket, head));
	await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
	await sync.start();
	const { port } = http.address() as AddressInfo;
	return {
		url: `ws://127.0.0.1:${port}/sync`,
		port,
		sync,
		store,
		access,
		events,
		held,
		async stop() {
			const closed = new Promise((resolve) => http.close(resolve));
			await sync.drain();
			await closed;
		}
	};
}

/** The stock y-websocket provider, unmodified, as any Yjs tool would use it. */
export function stock(url: string, name = 'acme/m-ops', options: { token?: string; doc?: Y.Doc } = {}) {
	const doc = options.doc ?? new Y.Doc();
	const provider = new WebsocketProvider(url, name, doc, {
		params: { token: options.token ?? 'editor' },
		WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
		disableBc: true,
		maxBackoffTime: 200
	});
	return {
		doc,
		provider,
		text: doc.getText('t'),
		stop() {
			provider.destroy();
			doc.destroy();
		}
	};
}

export type Stock = ReturnType<typeof stock>;

export function synced({ provider }: Stock): Promise<void> {
	return new Promise((resolve) => {
		if (provider.synced) resolve();
		else provider.once('sync', () => resolve());
	});
}

/** Resolves when `claim` holds, asked again after every update of any of `docs`. */
export function until(docs: readonly Y.Doc[], claim: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const check = () => {
			if (!claim()) return;
			for (const doc of docs) doc.off('update', check);
			resolve();
		};
		for (const doc of docs) doc.on('update', check);
		check();
	});
}

/** A bare socket: sends what it is told, keeps what it hears, and says how it ended. */
export async function bare(url: string, options: { origin?: string } = {}) {
	const socket = new WebSocket(url, options);
	socket.binaryType = 'nodebuffer';
	const frames: Uint8Array[] = [];
	const listeners = new Set<() => void>();
	socket.on('message', (frame: Buffer) => {
		frames.push(frame);
		for (const listener of listeners) listener();
	});
	const closed = new Promise<{ code: number; reason: string }>((resolve) =>
		socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
	);
	socket.on('error', () => undefined);
	await new Promise<void>((resolve, reject) => {
		socket.on('open', () => resolve());
		socket.on('error', reject);
	});
	return {
		socket,
		frames,
		closed,
		send: (frame: Uint8Array) => socket.send(frame),
		/** The first frame of `type`, now or later. */
		heard(type: number): Promise<Uint8Array> {
			return new Promise((resolve) => {
				const look = () => {
					const found = frames.find((frame) => frame[0] === type);
					if (!found) return;
					listeners.delete(look);
					resolve(found);
				};
				listeners.add(look);
				look();
			});
		}
	};
}
