import * as decoding from 'lib0/decoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { MESSAGE, SYNC } from '#lib/protocol/messages.ts';
import { syncFrame } from '../../server/sync/joining.ts';
import { bare, startSync, until } from '../sync/harness.ts';

// Everybody comes back at once: the meeting begins, the server was restarted, the office's network is there again.

const HERD = 100;
const TEXT = 'What everybody looks at. '.repeat(10_000);

test('[SV1] a hundred who come at once to a quarter of a megabyte each get all of it, and each is heard', async () => {
	const server = await startSync();
	try {
		await server.sync.edit('acme/m-ops', 'ada', (doc) => doc.getText('t').insert(0, TEXT));
		const comers = await Promise.all(
			Array.from({ length: HERD }, () => bare(`${server.url}/acme/m-ops?token=editor&protocol=2`))
		);
		const docs = await Promise.all(
			comers.map(async (comer, index) => {
				const doc = new Y.Doc();
				comer.socket.on('message', (frame: Buffer) => take(doc, frame));
				comer.send(syncFrame(SYNC.step1, Uint8Array.of(0)));
				await until([doc], () => doc.getText('t').length === TEXT.length);
				const before = Y.encodeStateVector(doc);
				doc.getMap('here').set(`p-${index}`, true);
				comer.send(syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc, before)));
				await comer.heard(MESSAGE.ack);
				return doc;
			})
		);
		await Promise.all(docs.map((doc) => until([doc], () => doc.getMap('here').size === HERD)));
		expect(new Set(docs.map((doc) => doc.getText('t').toString()))).toEqual(new Set([TEXT]));
		for (const { socket } of comers) socket.terminate();
	} finally {
		await server.stop();
	}
});

/** Puts a sync message into a document, as any client does. */
function take(doc: Y.Doc, frame: Uint8Array): void {
	const decoder = decoding.createDecoder(frame);
	if (decoding.readVarUint(decoder) !== MESSAGE.sync) return;
	if (decoding.readVarUint(decoder) !== SYNC.step1) Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
}
