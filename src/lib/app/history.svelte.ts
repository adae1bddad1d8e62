import type * as Y from 'yjs';
import { UserEdit } from '../docs/origin.ts';
import type {
	ListedVersion,
	ShownVersion,
	ShownVersions,
	VersionAuthor,
	VersionLine,
	VersionsPage
} from '../domain/history.ts';
import type { DocumentId } from '../domain/id.ts';
import type { Person } from '../domain/person.ts';
import { dayAndTime } from '../domain/words.ts';
import type { AnyKind } from '../kinds/contract.ts';
import type { Answer, ApiRefused } from '../sync/api-call.ts';
import type { SpaceApi } from '../sync/server-api.ts';
import { ok } from '../util/result.ts';
import { keyOf, shownChanges } from './history-words.ts';
import { pastDoc, PastVersion, restoreFrom, type PastDoc, type Restoration, type Wish } from './past.ts';
import type { ValueNames } from './value-words.ts';

/** What the history of a document is made of: the server's calls, the document itself, and what things are called. */
export interface HistoryPorts {
	readonly api: Pick<SpaceApi, 'versions' | 'stateAt' | 'nameVersion' | 'unnameVersion'>;
	readonly id: DocumentId;
	readonly kind: AnyKind;
	readonly doc: Y.Doc;
	/** False for those who may only read, and for a document of a newer app. */
	readonly mayWrite: boolean;
	readonly names: ValueNames;
	readonly me: () => Person;
	readonly people: () => readonly Person[];
	readonly nowMs: () => number;
}

/** What came of bringing something back, for a message in passing. */
export interface Restored {
	readonly title: string;
	/** Absent when nothing had to be written. */
	readonly undo?: (() => void) | undefined;
}

/** States that are kept while one looks from version to version. */
const STATES_MAX = 8;

/** Others may be writing: the list is asked for again so long after a change. */
const REFRESH_MS = 10_000;

/** The author of what the server itself writes. */
const SERVER = 'downbeat';

/** The past of one document: its versions, what each changed, and the ways back. Needs the server. */
export class DocumentHistory {
	readonly #ports: HistoryPorts;
	readonly #states = new Map<number, PastDoc>();
	#versions = $state.raw<ShownVersions>({ is: 'loading' });
	#shown = $state.raw<ShownVersion>({ is: 'loading' });
	#opened: VersionLine | undefined;
	#past: PastVersion | undefined;
	#next: number | undefined;
	#restoration: Restoration | undefined;
	#refreshing: ReturnType<typeof setTimeout> | undefined;

	constructor(ports: HistoryPorts) {
		this.#ports = ports;
		ports.doc.on('update', this.#changed);
	}

	/** Newest first. */
	get versions(): ShownVersions {
		return this.#versions;
	}

	/** The version that was opened last. */
	get shown(): ShownVersion {
		return this.#shown;
	}

	get mayWrite(): boolean {
		return this.#ports.mayWrite;
	}

	/** Asks for the newest versions; those that are listed stay until the answer is there. */
	async load(): Promise<void> {
		const page = await this.#ports.api.versions(this.#ports.id);
		if (!page.ok) {
			if (this.#versions.is !== 'ready') this.#versions = { is: 'refused', ...refusalOf(page.error) };
			return;
		}
		this.#put(page.value, []);
	}

	/** Asks for the versions before those that are listed. */
	async more(): Promise<void> {
		if (this.#versions.is !== 'ready' || this.#next === undefined) return;
		const page = await this.#ports.api.versions(this.#ports.id, this.#next);
		if (page.ok) this.#put(page.value, this.#versions.versions);
	}

	/** Shows what a version changed. Of the one that is shown already, what it holds stays until there is more. */
	async open(version: VersionLine): Promise<void> {
		const isGrown = this.#opened?.fromSeq === version.fromSeq && this.#past !== undefined;
		this.#opened = version;
		if (!isGrown) {
			this.#past = undefined;
			this.#shown = { is: 'loading' };
		}
		const states = await this.#statesOf(version);
		if (this.#opened !== version) return; // Another one was opened meanwhile.
		if (states.ok) this.#show(states.value.before, states.value.after);
		else this.#shown = { is: 'refused', ...refusalOf(states.error) };
	}

	/** Brings back what one entry of the version that is open is of. Undefined when that cannot be. */
	restore(key: string): Restored | undefined {
		const [version, past] = [this.#opened, this.#past];
		const change = past?.changes.find((one) => keyOf(one) === key);
		if (!version || !past || !change || !this.#ports.mayWrite) return undefined;
		return past.bringsBack(change) === 'before'
			? this.#bringBack({ change }, past.before, `Brought back as before ${this.#when(version.fromMs)}`)
			: this.#bringBack({ change }, past.after, `Brought back as of ${this.#when(version.toMs)}`);
	}

	/** Brings back all of the document as it was at the end of the version that is open. */
	restoreAll(): Restored | undefined {
		const [version, past] = [this.#opened, this.#past];
		if (!version || !past || !this.#ports.mayWrite) return undefined;
		return this.#bringBack({ all: true }, past.after, `Everything is as of ${this.#when(version.toMs)}`);
	}

	/** Names a version, or gives it another name. Gives why not, if not. */
	async name(version: VersionLine, name: string): Promise<string | undefined> {
		const answer = await this.#ports.api.nameVersion(this.#ports.id, version.seq, name);
		if (answer.ok) await this.load();
		return answer.ok ? undefined : answer.error.sentence;
	}

	async unname(version: VersionLine): Promise<string | undefined> {
		const answer = await this.#ports.api.unnameVersion(this.#ports.id, version.seq);
		if (answer.ok) await this.load();
		return answer.ok ? undefined : answer.error.sentence;
	}

	close(): void {
		clearTimeout(this.#refreshing);
		this.#ports.doc.off('update', this.#changed);
		this.#restoration?.forget();
		for (const { doc } of this.#states.values()) doc.destroy();
		this.#states.clear();
	}

	readonly #changed = (): void => {
		this.#refreshing ??= setTimeout(() => {
			this.#refreshing = undefined;
			void this.load();
		}, REFRESH_MS);
	};

	#bringBack(wish: Wish, past: PastDoc, title: string): Restored {
		this.#restoration?.forget();
		const { doc, me, nowMs } = this.#ports;
		const by = new UserEdit(me().id, 'history.restore');
		const done = restoreFrom(doc, { past: past.doc, wish, by, at: new Date(nowMs()).toISOString() });
		this.#restoration = done;
		this.#look();
		return done.isNothing
			? { title: 'It is like that already' }
			: { title, undo: () => this.#takeBack(done) };
	}

	#takeBack(done: Restoration): void {
		if (this.#restoration !== done) return; // Something else was brought back since.
		done.undo();
		this.#look();
	}

	/** Looks again at what has changed since. */
	#look(): void {
		if (this.#past) this.#show(this.#past.before, this.#past.after);
	}

	#show(before: PastDoc, after: PastDoc): void {
		const { kind, doc, names, mayWrite } = this.#ports;
		const past = new PastVersion(before, after, doc);
		const { isPresent } = past;
		const changes = shownChanges(past.changes, {
			names,
			describe: (place, at) => kind.describe(place, at === 'after' ? after.reading : before.reading),
			bringsBack: (change) => (mayWrite ? past.bringsBack(change) : undefined)
		});
		this.#past = past;
		// Of the space itself, people and documents would go with the rest.
		const mayRestoreAll = mayWrite && !isPresent && kind.id !== 'space';
		this.#shown = { is: 'ready', changes, isPresent, mayRestoreAll };
	}

	async #statesOf({ fromSeq, seq }: VersionLine): Answer<{ before: PastDoc; after: PastDoc }> {
		const before = await this.#stateAt(fromSeq - 1);
		if (!before.ok) return before;
		const after = await this.#stateAt(seq);
		return after.ok ? ok({ before: before.value, after: after.value }) : after;
	}

	async #stateAt(seq: number): Answer<PastDoc> {
		const known = this.#states.get(seq);
		if (known) return ok(known);
		const answer = await this.#ports.api.stateAt(this.#ports.id, seq);
		if (!answer.ok) return answer;
		const past = pastDoc(this.#ports.kind, answer.value);
		this.#states.set(seq, past);
		const [oldest] = this.#states.keys();
		if (this.#states.size > STATES_MAX && oldest !== undefined) this.#states.delete(oldest);
		return ok(past);
	}

	/** `above`: what is listed already and stays, the newer ones. */
	#put(page: VersionsPage, above: readonly VersionLine[]): void {
		const lines = page.versions.map((version) => this.#lineOf(version));
		const listed = this.#versions.is === 'ready' ? this.#versions.versions : [];
		const oldest = lines.at(-1)?.fromSeq ?? Infinity;
		const below = above.length > 0 ? [] : listed.filter(({ seq }) => seq < oldest);
		if (below.length === 0) this.#next = page.next;
		const versions = [...above, ...lines, ...below];
		this.#versions = { is: 'ready', versions, hasMore: this.#next !== undefined };
	}

	#lineOf({ fromSeq, seq, from, to, authors, changes, name }: ListedVersion): VersionLine {
		return {
			fromSeq,
			seq,
			fromMs: Date.parse(from),
			toMs: Date.parse(to),
			authors: authors.map((id) => this.#authorOf(id)),
			changes,
			...(name ? { name: name.name } : {})
		};
	}

	#authorOf(id: string): VersionAuthor {
		const { me, people } = this.#ports;
		const person = people().find((one) => one.id === id);
		if (person) return { id, name: person.name, slot: person.slot, isMe: id === me().id };
		return { id, name: id === SERVER ? 'Downbeat' : 'A tool', isMe: false };
	}

	#when(atMs: number): string {
		return dayAndTime(atMs, this.#ports.names.timeZone);
	}
}

const refusalOf = ({ code, sentence }: ApiRefused) => ({ sentence, isOffline: code === 'offline' });
