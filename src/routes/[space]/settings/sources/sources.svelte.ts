import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { ListedSource, SourceTest } from '#lib/domain/source.ts';

type SourcesApi = SpaceSession['api']['sources'];
type SourceWish = Parameters<SourcesApi['create']>[0];

/** The sources of a space, as the server lists them. */
export class SourceList {
	readonly #api: SourcesApi;
	#listed = $state.raw<readonly ListedSource[] | undefined>();
	#problem = $state('');
	#running = $state.raw<ReadonlySet<string>>(new Set());

	constructor(api: SourcesApi) {
		this.#api = api;
	}

	/** By name. Undefined until the server has answered. */
	get listed(): readonly ListedSource[] | undefined {
		return this.#listed;
	}

	/** Why the last thing did not work. */
	get problem(): string {
		return this.#problem;
	}

	/** Which are being run because somebody here asked for it. */
	get running(): ReadonlySet<string> {
		return this.#running;
	}

	async load(): Promise<void> {
		const answer = await this.#api.list();
		if (answer.ok) this.#listed = answer.value.sources;
		this.#problem = answer.ok ? '' : answer.error.sentence;
	}

	/** Adds it, or changes the one of `id`. Gives why not, or an empty text. */
	async save(wish: SourceWish, id?: string): Promise<string> {
		const answer = await (id === undefined ? this.#api.create(wish) : this.#api.change(id, wish));
		await this.load();
		return answer.ok ? '' : answer.error.sentence;
	}

	/** Reads the first rows and stores nothing. Gives what was found, or why it could not be tried. */
	async test(
		wish: Pick<SourceWish, 'connector' | 'secret'>,
		source?: string
	): Promise<SourceTest | { readonly sentence: string }> {
		const answer = await this.#api.test({ ...wish, ...(source !== undefined && { source }) });
		return answer.ok ? answer.value : { sentence: answer.error.sentence };
	}

	async run({ id }: ListedSource): Promise<void> {
		this.#running = new Set([...this.#running, id]);
		const answer = await this.#api.run(id);
		this.#running = new Set([...this.#running].filter((one) => one !== id));
		await this.#after(answer);
	}

	async pause({ id, isPaused }: ListedSource): Promise<void> {
		await this.#after(await this.#api.change(id, { isPaused: !isPaused }));
	}

	async remove({ id }: ListedSource): Promise<void> {
		await this.#after(await this.#api.remove(id));
	}

	async #after(answer: { readonly ok: true } | { readonly ok: false; readonly error: { sentence: string } }) {
		await this.load();
		if (!answer.ok) this.#problem = answer.error.sentence;
	}
}
