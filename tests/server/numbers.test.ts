import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { PersonId } from '#lib/domain/id.ts';
import { decisionsKind } from '#lib/kinds/decisions/kind.ts';
import { runCommand, startChild } from './child-process.ts';
import { newFolder } from './in-process.ts';

/** A person with a device of their own, which speaks to whatever server is at `url` at the moment. */
class Author {
	readonly doc = new Y.Doc();
	readonly commands = decisionsKind.doc.commands(this.doc, 'p-author' as PersonId);
	#provider: WebsocketProvider | undefined;

	connect(url: string, { space, token }: { space: string; token: string }): void {
		this.#provider?.destroy();
		this.#provider = new WebsocketProvider(
			`${url.replace('http', 'ws')}/sync`,
			`${space}/r-decisions`,
			this.doc,
			{
				params: { token },
				WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
				disableBc: true
			}
		);
	}

	leave(): void {
		this.#provider?.destroy();
		this.#provider = undefined;
	}

	get numbers(): readonly (number | undefined)[] {
		return decisionsKind.doc.read(this.doc).value.decisions.map(({ number }) => number);
	}

	/** Resolves once there are `count` decisions here and each has its number. */
	async numbered(count: number): Promise<readonly number[]> {
		const isDone = () => this.numbers.length === count && this.numbers.every((one) => one !== undefined);
		if (!isDone()) {
			await new Promise<void>((resolve) => {
				const look = () => {
					if (!isDone()) return;
					this.doc.off('update', look);
					resolve();
				};
				this.doc.on('update', look);
			});
		}
		return this.numbers.flatMap((one) => one ?? []).toSorted((a, b) => a - b);
	}
}

const from1 = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('decisions are numbered once and without gaps: three authors at once, one of them away, the server killed between', async () => {
	const folder = newFolder();
	const first = await startChild({ DOWNBEAT_DATA: folder });
	const { out } = await runCommand(folder, 'space', 'create', 'Weekly Ops');
	const door = JSON.parse(out) as { space: string; token: string };
	const [ada, bob, cy] = [new Author(), new Author(), new Author()];
	onTestFinished(() => [ada, bob, cy].forEach((author) => author.leave()));
	for (const author of [ada, bob]) {
		author.connect(first.url, door);
		for (let index = 0; index < 10; index++) author.commands.add({ title: `Decision ${index}` });
	}
	cy.commands.add({ title: 'Made on a train' }); // With no connection yet.
	expect(await ada.numbered(20)).toEqual(from1(20));
	const before = new Map(
		decisionsKind.doc.read(ada.doc).value.decisions.map(({ id, number }) => [id, number])
	);
	ada.commands.add({ title: 'Sent, and perhaps not numbered' });
	first.process.kill('SIGKILL');
	await first.ended;

	const second = await startChild({ DOWNBEAT_DATA: folder });
	for (const author of [ada, bob, cy]) author.connect(second.url, door);
	for (const author of [ada, bob, cy]) expect(await author.numbered(22)).toEqual(from1(22));
	for (const [id, number] of before)
		expect(decisionsKind.doc.read(cy.doc).value.decisions.find((one) => one.id === id)?.number).toBe(number);
});
