import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire with a person at the switch: everything between client and server goes through it. */
export class Proxy {
	readonly #server;
	readonly #pairs = new Set<readonly [Socket, Socket]>();
	#targetPort: number;
	#isOpen = true;
	port = 0;

	constructor(targetPort: number) {
		this.#targetPort = targetPort;
		this.#server = createServer((client) => this.#join(client));
	}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.port = (this.#server.address() as AddressInfo).port;
		return this;
	}

	/** The server came back on another port. */
	retarget(port: number): void {
		this.#targetPort = port;
	}

	/** Ends every connection, in the middle of whatever it was doing, and refuses new ones. */
	cut(): void {
		this.#isOpen = false;
		for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
	}

	/** Nothing passes any more and nobody is told: a train in a tunnel. */
	stall(): void {
		for (const pair of this.#pairs) for (const socket of pair) socket.pause();
	}

	mend(): void {
		this.#isOpen = true;
	}

	async stop(): Promise<void> {
		this.cut();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#join(client: Socket): void {
		if (!this.#isOpen) {
			client.destroy();
			return;
		}
		const server = connect(this.#targetPort, '127.0.0.1');
		const pair = [client, server] as const;
		this.#pairs.add(pair);
		for (const [from, to] of [
			[client, server],
			[server, client]
		] as const) {
			from.pipe(to);
			from.on('error', () => to.destroy());
			from.on('close', () => {
				to.destroy();
				this.#pairs.delete(pair);
			});
		}
	}
}
