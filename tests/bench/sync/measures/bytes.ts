import { enter, sleep, withServer, type Trial } from '../trial.ts';
import { Typing } from '../typing.ts';

const CHARACTERS_PER_SECOND = 10;

/** Bytes of one typed character on the wire, frames included: up from its author, down to a reader, back to the author. */
export const bytes: Trial = (contender, { workMs }) =>
	withServer(contender, async (server) => {
		const clients = await enter(server, 'bytes', { count: 2, from: 1_000_000_000 });
		const [author, reader] = clients;
		if (!author || !reader) throw new Error('nobody came');
		const work = new Typing([{ clients, typists: [author] }]);
		await work.type(500, CHARACTERS_PER_SECOND);
		await sleep(300);
		work.clear();
		const before = [author.socket.bytesUp, reader.socket.bytesDown, author.socket.bytesDown] as const;
		await work.type(workMs, CHARACTERS_PER_SECOND);
		await work.arrived(1_000);
		await sleep(200);
		return {
			up: (author.socket.bytesUp - before[0]) / work.typed,
			down: (reader.socket.bytesDown - before[1]) / work.typed,
			back: (author.socket.bytesDown - before[2]) / work.typed
		};
	});
