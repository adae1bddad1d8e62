import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

// The floor: passes the same bytes on to the others of a document, knows no Yjs and stores nothing. `/bytes/<n>`
// sends n bytes at once, in one message: what no server can beat when somebody joins.

const documents = new Map();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const http = createServer((_request, response) => response.end());
const blobs = new Map();

http.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (client) => {
		const asked = /^\/bytes\/(\d+)/.exec(request.url);
		if (asked) client.send(blobOf(Number(asked[1])));
		else enter(request.url, client);
	});
});

function enter(name, client) {
	const clients = documents.get(name) ?? new Set();
	documents.set(name, clients.add(client));
	client.on('message', (frame) => {
		for (const other of clients) if (other !== client) other.send(frame);
	});
	client.on('error', () => undefined);
	client.on('close', () => {
		clients.delete(client);
		if (clients.size === 0) documents.delete(name);
	});
}

function blobOf(bytes) {
	if (!blobs.has(bytes)) blobs.set(bytes, Buffer.alloc(bytes, 1));
	return blobs.get(bytes);
}

http.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready at last\n'));
