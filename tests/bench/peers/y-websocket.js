import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { docs, setPersistence, setupWSConnection } from '@y/websocket-server/utils';
import { LeveldbPersistence } from 'y-leveldb';
import * as Y13 from 'yjs';

// @y/websocket-server as its own server.js has it. With STORAGE=leveldb also with y-leveldb, bound as y-websocket 2.1
// did: this package takes a persistence and brings none. y-leveldb is of Yjs 13, the server of 14: between them go
// updates, whose encoding is the same.

// Its own copies of `ws` and of Yjs, not those that this folder has.
const require = createRequire(import.meta.resolve('@y/websocket-server/utils'));
const WebSocket = require('ws');
const { applyUpdate } = await import(require.resolve('yjs').replace(/dist\/yjs\.cjs$/, 'src/index.js'));

if (process.env.STORAGE === 'leveldb') {
	const store = new LeveldbPersistence(process.env.FOLDER);
	setPersistence({
		provider: store,
		bindState: async (name, doc) => {
			const stored = await store.getYDoc(name);
			applyUpdate(doc, Y13.encodeStateAsUpdate(stored));
			doc.on('update', (update) => store.storeUpdate(name, update));
		},
		writeState: () => Promise.resolve()
	});
	// An orderly end: what was handed to the store is written.
	process.on('SIGTERM', () => {
		docs.clear();
		void store.destroy().then(() => process.exit(0));
	});
}

const sockets = new WebSocket.Server({ noServer: true });
const http = createServer((_request, response) => response.end('okay'));
sockets.on('connection', setupWSConnection);
http.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
});
http.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready at last\n'));
