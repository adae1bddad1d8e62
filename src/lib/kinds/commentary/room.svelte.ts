import type { Reading } from '#lib/docs/binding.ts';
import type { DocumentId, PersonId, RowId } from '#lib/domain/id.ts';
import { WHOLE } from '#lib/domain/points.ts';
import {
	nextPeriod,
	periodById,
	periodOf,
	periodWords,
	previousPeriod,
	type Period
} from '#lib/domain/period.ts';
import type { RecordRef } from '#lib/domain/record.ts';
import { contractVersion, restated, restatedWords, type SeenNumber } from '#lib/domain/seen.ts';
import { ActionDraft } from './action-draft.svelte.ts';
import type { CommentaryCommands } from './doc.ts';
import { lineAt, periodLines, type PeriodLine, type PeriodSource } from './due.ts';
import { COMMENTARY_PREFIX, type About, type Commentaries } from './schema.ts';
import { blockedWords, isRepeat, lackWords, turnedWords, type Lack } from './state.ts';
import type { CommentarySurroundings } from './surroundings.ts';
import { offeredDrivers, writtenOn } from './written.ts';

export interface RoomSource {
	readonly reading: () => Reading<Commentaries>;
	readonly commands: () => CommentaryCommands | undefined;
	readonly here: () => CommentarySurroundings;
}

/** One period on the screen of one person: its lines, and what can be done about one of them. */
export class PeriodRoom {
	readonly #source: RoomSource;
	/** The action that is being written here and does not exist yet. */
	readonly action = new ActionDraft();

	constructor(source: RoomSource) {
		this.#source = source;
	}

	readonly value = $derived.by(() => this.#source.reading().value);
	readonly commands = $derived.by(() => this.#source.commands());
	readonly here = $derived.by(() => this.#source.here());
	readonly period = $derived.by(
		(): Period =>
			periodById(this.here.document.slice(COMMENTARY_PREFIX.length)) ?? periodOf(this.here.today, 'week')
	);
	readonly #from = $derived.by((): PeriodSource => ({
		kpis: this.here.kpis,
		points: this.here.points,
		period: this.period,
		zone: this.here.timeZone
	}));
	readonly lines = $derived.by(() => periodLines(this.value, this.#from));
	readonly drivers = $derived.by(() => offeredDrivers(this.value));
	readonly words = $derived.by(() => periodWords(this.period));

	/** The line of a row, also of a segment that nothing was written on yet. */
	lineOf(row: string): PeriodLine | undefined {
		return this.lines.find((line) => line.row === row) ?? lineAt(this.value, row as RowId, this.#from);
	}

	/** The period before or after, as a place to go. */
	hrefOf(to: 'previous' | 'next'): string {
		const period = to === 'previous' ? previousPeriod(this.period) : nextPeriod(this.period);
		return this.here.hrefOfRef({ kind: 'commentary', document: documentOf(period) });
	}

	/** What a line is called: “MTTR”, “MTTR, EMEA”. */
	nameOf({ contract, segment }: PeriodLine): string {
		return segment === undefined ? contract.name : `${contract.name}, ${segment}`;
	}

	personOf(id: PersonId | undefined): string {
		const person = this.here.people.find((one) => one.id === id);
		return person?.name ?? 'Somebody';
	}

	/** Its commands, where this person may write the line: some write only about the KPIs they own. */
	commandsFor({ contract }: PeriodLine): CommentaryCommands | undefined {
		const isTheirs = !this.here.writesOwnAlone || contract.owner === this.here.me.id;
		return isTheirs ? this.commands : undefined;
	}

	/** Why they may not, for those who write others; empty for those who write none. */
	notTheirsWords({ contract }: PeriodLine): string {
		if (!this.commands || !this.here.writesOwnAlone || contract.owner === this.here.me.id) return '';
		const whose =
			contract.owner === undefined
				? 'Nobody owns this one.'
				: `${this.personOf(contract.owner)} owns this one.`;
		return `${whose} You explain the KPIs that you own.`;
	}

	/** Does something to a line, and lists the document when it was not yet. */
	edit<T>(line: PeriodLine, change: (commands: CommentaryCommands, about: About) => T): T | undefined {
		const commands = this.commandsFor(line);
		if (!commands) return undefined;
		this.here.listDocument(this.words);
		return change(commands, this.#aboutOf(line));
	}

	/** Somebody writes: the line exists from the first letter on. */
	typed(line: PeriodLine): void {
		this.here.typing(line.row);
		this.edit(line, (commands, about) => commands.begin(about));
	}

	/** What is still missing, the action that is being written counted as there. */
	lacksOf({ standing }: PeriodLine): readonly Lack[] {
		return standing.lacks.filter((lack) => !(lack === 'action' && this.action.isReady));
	}

	/** Why it cannot be completed, in a sentence. */
	blockedBecause(line: PeriodLine): string | undefined {
		return blockedWords(this.nameOf(line), this.lacksOf(line));
	}

	/** Adds the action that is being written, then says that the commentary is complete, or why it is not. */
	async complete(line: PeriodLine): Promise<void> {
		if (this.action.isReady) await this.addAction(line);
		const at = this.#instant();
		const { status } = line.standing;
		const done = this.edit(line, (commands, about) => commands.complete(about, { status, at }));
		const name = this.nameOf(line);
		if (done?.ok) this.here.say(`${name} is complete.`);
		else if (done)
			this.here.tell({
				title: `${name} can’t be completed yet. It is red. Add ${lackWords(done.error.lacks)}.`
			});
	}

	/** Makes the action that is being written, and links it. */
	async addAction(line: PeriodLine): Promise<void> {
		const draft = this.action.take();
		if (!draft) return;
		const about = this.#aboutOf(line);
		const { kpi, segment, seen } = about;
		const source = { kind: 'commentary', document: this.here.document, row: line.row };
		const ref: RecordRef = await this.here.draftRecord('actions', {
			...draft,
			source,
			kpi,
			segment,
			seen: seen ? [seen] : []
		});
		this.edit(line, (commands, now) => commands.link(now, ref));
	}

	/** “Completed as At risk at 52 min; now Off target at 74 min.” */
	turned({ standing, contract, last }: PeriodLine): string | undefined {
		return turnedWords(standing, { contract, value: last?.value });
	}

	/** “Written at 74 min, now 71 min.” */
	restated({ written, contract }: PeriodLine): string | undefined {
		const seen = written.row?.seen;
		const changed = seen && restated(seen, this.here.points);
		return changed && restatedWords('Written', changed, contract);
	}

	/** Whether it says what was said the period before. */
	repeats({ written, row }: PeriodLine): boolean {
		const before = this.here.commentaryOf?.(documentOf(previousPeriod(this.period)));
		return before !== undefined && isRepeat(written.texts.changed, writtenOn(before, row).texts.changed);
	}

	now(): string {
		return this.#instant();
	}

	#instant(): string {
		return new Date(this.here.nowMs()).toISOString();
	}

	#aboutOf({ contract, inForce, segment, last, standing }: PeriodLine): About {
		const seen: SeenNumber | undefined = last && {
			kpi: contract.id,
			...(segment === undefined || segment === WHOLE ? {} : { segment }),
			value: last.value,
			at: new Date(last.at * 1000).toISOString(),
			asOf: this.#instant(),
			contract: contractVersion(inForce)
		};
		return { kpi: contract.id, segment, seen, status: standing.status };
	}
}

const documentOf = ({ id }: Period) => `${COMMENTARY_PREFIX}${id}` as DocumentId;
