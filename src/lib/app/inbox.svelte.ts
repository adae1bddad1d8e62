import * as Y from 'yjs';
import { changesBetween, pictureOf } from '../docs/compare.ts';
import type { ShownChange } from '../domain/history.ts';
import type { ListedProposal } from '../domain/proposal.ts';
import type { ApiRefused } from '../sync/api-call.ts';
import type { ProposalsApi } from '../sync/proposals-api.ts';
import { fromBase64 } from '../util/base64.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import { shownChanges } from './history-words.ts';
import { namesIn } from './open-history.ts';
import { pastDoc } from './past.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** Packages of a space as the server lists them: those that wait for this person, or this person's own. */
export class Inbox {
	readonly #space: SpaceSession;
	readonly #api: ProposalsApi;
	#listed = $state.raw<readonly ListedProposal[]>();
	#problem = $state('');

	constructor(space: SpaceSession, api: ProposalsApi) {
		this.#space = space;
		this.#api = api;
	}

	/** Undefined until the server has said. */
	get listed(): readonly ListedProposal[] | undefined {
		return this.#listed;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	/** Whether this person decides; otherwise they see what they handed in themselves. */
	get mayDecide(): boolean {
		return this.#space.rights.may('proposal.decide');
	}

	async load(): Promise<void> {
		const answer = this.mayDecide ? await this.#api.list() : await this.#api.mine();
		this.#problem = answer.ok ? '' : answer.error.sentence;
		if (answer.ok) this.#listed = answer.value.proposals;
	}

	async decide(id: string, isAccepted: boolean): Promise<boolean> {
		const decided = await this.#api.decide(id, isAccepted);
		await this.load();
		if (!decided.ok) this.#problem = decided.error.sentence;
		return decided.ok;
	}

	/** What a package would change in the document as this device has it now. */
	async look({ id, document }: ListedProposal): Promise<Result<readonly ShownChange[], ApiRefused>> {
		const content = await this.#api.content(id);
		if (!content.ok) return content;
		const update = fromBase64(content.value.update);
		const kind = this.#space.kindOf(document);
		if (!kind || !update) return refuse(unreadable);
		const { engine } = await this.#space.acquire(document, kind);
		await engine.untilExchanged(LOOK_MS_MAX);
		const now = Y.encodeStateAsUpdate(engine.doc);
		await this.#space.release(document);
		const [before, after] = [pastDoc(kind, now), pastDoc(kind, Y.mergeUpdates([now, update]))];
		const readings = { before: before.reading, after: after.reading };
		const changes = shownChanges(changesBetween(pictureOf(before.doc), pictureOf(after.doc)), {
			names: namesIn(this.#space),
			describe: (place, at) => kind.describe(place, readings[at]),
			bringsBack: () => undefined
		});
		before.doc.destroy();
		after.doc.destroy();
		return ok(changes);
	}
}

/** How long the document is waited for: without the server's word it may not be on this device at all. */
const LOOK_MS_MAX = 5_000;

const unreadable: ApiRefused = {
	code: 'package.unreadable',
	sentence: 'This app cannot read these changes. Update it, then look again.'
};
