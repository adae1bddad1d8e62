import { createContext } from 'svelte';
import type { Finding } from '#lib/domain/finding.ts';
import type { PersonId, RowId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import type { Reading } from '#lib/docs/binding.ts';
import { dayOf } from '#lib/domain/words.ts';
import type { DecisionsCommands } from '../commands.ts';
import { dossiersOf, type Dossier } from '../dossier.ts';
import { CHIPS, found, grouped, idsOf, isUnder, linesOf, type Chip } from '../groups.ts';
import type { Decisions } from '../schema.ts';
import { standingOf } from '../standing.ts';
import type { DecisionsSurroundings } from '../surroundings.ts';
import { nameFrom, titleOf } from '../words.ts';

interface LogPorts {
	readonly reading: () => Reading<Decisions>;
	readonly findings: () => readonly Finding[];
	readonly commands: () => DecisionsCommands | undefined;
	readonly surroundings: () => DecisionsSurroundings;
}

/** The log on the screen: what is looked for in it, which decision is open, and the verbs that need both. */
export class Log {
	readonly #ports: LogPorts;
	query = $state('');
	chip = $state<Chip>('all');
	/** What stands over the page. */
	layer = $state<'none' | 'import' | 'ask'>('none');
	/** The decision that was just made here: its title takes the caret. */
	fresh = $state<RowId>();

	readonly snapshot = $derived.by(() => this.#ports.reading().value);
	readonly dossiers = $derived(dossiersOf(this.snapshot));
	readonly #lines = $derived.by(() => linesOf(this.dossiers.values(), this.here.today));
	readonly groups = $derived.by(() => {
		const under = this.#lines.filter((line) => isUnder(line, this.chip, this.here.me.id));
		return grouped(found(under, this.snapshot, this.query), this.here.today);
	});
	readonly ids = $derived(idsOf(this.groups));
	readonly chips = $derived.by(() =>
		CHIPS.map((chip) => ({
			...chip,
			count: this.#lines.filter((line) => isUnder(line, chip.id, this.here.me.id)).length
		}))
	);
	/** The decision that the address names. */
	readonly open = $derived.by(() => this.dossiers.get(this.here.row as RowId));
	readonly findings = $derived.by(() =>
		this.#ports.findings().filter(({ row }) => row !== undefined && row === this.open?.decision.id)
	);

	constructor(ports: LogPorts) {
		this.#ports = ports;
	}

	get commands(): DecisionsCommands | undefined {
		return this.#ports.commands();
	}

	get here(): DecisionsSurroundings {
		return this.#ports.surroundings();
	}

	get count(): number {
		return this.dossiers.size;
	}

	readonly nameOf = (person: PersonId | string): string | undefined => nameFrom(this.here.people)(person);

	personOf(id: string | undefined): Person | undefined {
		return this.here.people.find((person) => person.id === id);
	}

	standingOf(dossier: Dossier) {
		return standingOf(dossier, this.here.today);
	}

	/** Now, as documents keep it. */
	at(): string {
		return new Date(this.here.nowMs()).toISOString();
	}

	add(): void {
		const id = this.commands?.add({ title: '', proposedAt: this.at() });
		if (id) this.goToNew(id);
	}

	supersede(id: RowId): void {
		const successor = this.commands?.supersede(id, this.at());
		if (successor) this.goToNew(successor);
	}

	goToNew(id: RowId): void {
		this.fresh = id;
		this.here.goTo(this.here.hrefOf(id));
	}

	/** Opens the next or the previous of the list. */
	step(by: 1 | -1): void {
		const at = this.ids.indexOf(this.here.row as RowId);
		const next = this.ids[at === -1 ? (by === 1 ? 0 : this.ids.length - 1) : at + by];
		if (next) this.here.goTo(this.here.hrefOf(next));
	}

	remove({ decision }: Dossier): void {
		const { commands, here } = this;
		if (!commands) return;
		commands.remove(decision.id, this.at());
		here.goTo(here.hrefOf(undefined));
		here.tell({
			title: `“${titleOf(decision)}” deleted.`,
			action: {
				label: 'Undo',
				run: () => {
					commands.restore(decision.id);
					here.goTo(here.hrefOf(decision.id));
				}
			}
		});
	}

	/** Records that it is decided, and says so; refused, it says what is missing. */
	decide({ decision }: Dossier): void {
		const nowMs = this.here.nowMs();
		const answer = this.commands?.decide(decision.id, {
			at: new Date(nowMs).toISOString(),
			on: dayOf(nowMs, this.here.timeZone)
		});
		if (!answer) return;
		this.here.say(answer.ok ? `Decided: ${titleOf(decision)}` : answer.error.sentence);
	}
}

export const [logInUse, provideLog] = createContext<Log>();
