import { randomBytes } from 'node:crypto';
import { closeReasonOf } from '#lib/protocol/close.ts';
import {
	LINE_BODY_BYTES_MAX,
	LINE_IDLE_MS,
	LINE_WAIT_MS,
	LINES_PER_PRINCIPAL_MAX
} from '#lib/protocol/limits.ts';
import { encodeLineNews, LINE_GONE, type LineNews } from '#lib/protocol/line.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import type { SyncMeter } from '../metrics/sync-meter.ts';
import type { Service } from '../service.ts';
import type { Refusal, Upgrade } from '../sync/admission.ts';
import type { SyncServer } from '../sync/sync-server.ts';
import { Line, type LineOwner, type Waiting } from './line.ts';

export interface LinesPorts {
	readonly sync: Pick<SyncServer, 'open'>;
	readonly clock: Clock;
	readonly meter: SyncMeter;
}

/** A line that is waited for, and how many bytes of it are there already. */
export interface Asked {
	readonly line: string;
	readonly after: number;
}

/** How often it is looked for lines that nobody asks for. */
const LOOK_MS = 5_000;

/** What follows shortly goes along: one keystroke is a change, its acknowledgement and a caret. */
const GATHER_MS = 15;

/** All lines of this server: found by their secret id, and only by whoever began them. */
export class Lines implements Service {
	readonly name = 'lines';
	readonly #ports: LinesPorts;
	readonly #lines = new Map<string, Line>();
	readonly #countOf = new Map<string, number>();
	#stopLooking: (() => void) | undefined;
	#isDraining = false;

	constructor(ports: LinesPorts) {
		this.#ports = ports;
	}

	/** Lines that are open, or whose end was not forgotten yet. */
	get size(): number {
		return this.#lines.size;
	}

	start(): Promise<void> {
		this.#stopLooking = this.#ports.clock.every(LOOK_MS, () => this.#endUnused());
		return Promise.resolve();
	}

	/** Begins a session as `request` would over a websocket. Gives the line's id once it is in. */
	async begin(request: Upgrade, owner: LineOwner): Promise<Result<string, Refusal>> {
		if (this.#isDraining) return refuse(RESTARTS);
		const { principal } = owner;
		const count = this.#countOf.get(principal) ?? 0;
		if (count >= LINES_PER_PRINCIPAL_MAX) return refuse(TOO_MANY);
		const id = randomBytes(32).toString('base64url');
		const line = new Line(owner, this.#ports.meter);
		line.attach(this.#ports.sync.open(line, request));
		this.#lines.set(id, line);
		this.#countOf.set(principal, count + 1);
		await line.begun;
		if (!line.end) return ok(id);
		this.#forget(id, line);
		return refuse({ reason: closeReasonOf(line.end.code) ?? 'tooMany', sentence: line.end.sentence });
	}

	/** The line called `id` when it is the owner's, else undefined. */
	find(id: string, owner: LineOwner): Line | undefined {
		const line = this.#lines.get(id);
		const isTheirs = line?.owner.principal === owner.principal && line.owner.space === owner.space;
		return isTheirs ? line : undefined;
	}

	/** Takes what was sent: 'ended' when nobody hears it any more, 'gap' when bytes before it never came. */
	async take(line: Line, at: number, bytes: Uint8Array): Promise<'heard' | 'gap' | 'ended'> {
		line.askedAtMs = this.#ports.clock.tickMs();
		if (line.end) return 'ended';
		return line.take(at, bytes);
	}

	/** Its owner hung up. */
	end(id: string, line: Line): void {
		line.terminate();
		this.#forget(id, line);
	}

	/** Waits until one of the lines has something to say, and gives it; `[]` encoded when none had in time. */
	async wait(
		asks: readonly Asked[],
		owner: LineOwner,
		signal?: AbortSignal
	): Promise<Uint8Array<ArrayBuffer>> {
		const lines = asks.map(({ line }) => this.find(line, owner));
		asks.forEach(({ after }, index) => lines[index]?.confirm(after));
		const isDue = lines.some((line) => !line || line.hasNews);
		const why = isDue
			? 'news'
			: await this.#untilNews(
					lines.filter((line) => line !== undefined),
					signal
				);
		return encodeLineNews(why === 'news' ? newsOf(lines) : []);
	}

	/** Before the sync server: its sessions end as if their people had left, and nobody waits for a stop. */
	drain(): Promise<void> {
		this.#isDraining = true;
		this.#stopLooking?.();
		for (const line of this.#lines.values()) line.close(RESTART_CODE, RESTARTS.sentence);
		return Promise.resolve();
	}

	#untilNews(lines: readonly Line[], signal?: AbortSignal): Promise<'news' | 'taken'> {
		const { clock } = this.#ports;
		return new Promise((resolve) => {
			let cancelGathering: (() => void) | undefined;
			const leave = (why: 'news' | 'taken') => {
				cancelWaiting();
				cancelGathering?.();
				signal?.removeEventListener('abort', gone);
				for (const line of lines) line.leave(waiting, clock.tickMs());
				resolve(why);
			};
			const waiting: Waiting = (why) => {
				if (why === 'taken' || this.#isDraining) leave(why);
				else cancelGathering ??= clock.after(GATHER_MS, () => leave('news'));
			};
			const gone = () => leave('taken');
			const cancelWaiting = clock.after(LINE_WAIT_MS, () => leave('news'));
			signal?.addEventListener('abort', gone);
			for (const line of lines) line.await(waiting);
		});
	}

	#endUnused(): void {
		const nowMs = this.#ports.clock.tickMs();
		for (const [id, line] of this.#lines) {
			if (!line.isAwaited && nowMs - line.askedAtMs >= LINE_IDLE_MS) this.end(id, line);
		}
	}

	#forget(id: string, { owner: { principal } }: Line): void {
		if (!this.#lines.delete(id)) return;
		const left = (this.#countOf.get(principal) ?? 1) - 1;
		if (left > 0) this.#countOf.set(principal, left);
		else this.#countOf.delete(principal);
	}
}

/** What does not fit is told with the next request. */
function newsOf(lines: readonly (Line | undefined)[]): readonly LineNews[] {
	let left = LINE_BODY_BYTES_MAX;
	return lines.flatMap((line, index) => {
		if (!line) return { index, at: 0, bytes: NOTHING, end: LINE_GONE };
		if (!line.hasNews || left === 0) return [];
		const news = line.news(left);
		left -= news.bytes.length;
		return { index, ...news };
	});
}

const NOTHING = new Uint8Array();
const RESTART_CODE = 1012;
const RESTARTS: Refusal = { reason: 'restart', sentence: 'The server restarts. Trying again in a moment.' };
const TOO_MANY: Refusal = {
	reason: 'tooMany',
	sentence: 'Too many documents are open with this link. Close some, then try again.'
};
