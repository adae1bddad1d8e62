import type { PersonId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import type { MatrixToAdd } from '../doc-import.ts';
import {
	findMatrices,
	TEXT_LENGTH_MAX,
	type FoundMatrices,
	type FoundMatrix,
	type Way
} from './find-matrices.ts';
import { NO_MATRIX, TOO_LONG } from './importers.ts';
import { readMatrix, tooLarge, type ReadMatrix } from './read-matrix.ts';

const NONE: FoundMatrices = { matrices: [], leftOut: 0 };

/** A table on its way in: the text, which of its matrices, which way it stands, and what was read of it. */
export class ImportState {
	text = $state('');
	#chosen = $state(0);
	/** What the person said; absent while the table speaks for itself. */
	#said = $state.raw<Way>();

	readonly isTooLong = $derived(this.text.length > TEXT_LENGTH_MAX);
	readonly found = $derived(this.isTooLong ? NONE : findMatrices(this.text));

	readonly matrix = $derived.by(
		(): FoundMatrix | undefined => this.found.matrices[this.#chosen] ?? this.found.matrices[0]
	);
	readonly way = $derived(this.#said ?? this.matrix?.way);

	/** Why nothing can be read; empty while there is nothing to read. */
	readonly refusal = $derived.by(() => {
		if (this.isTooLong) return TOO_LONG;
		if (this.text.trim() === '') return '';
		if (!this.matrix) return NO_MATRIX;
		return (this.way && tooLarge(this.matrix, this.way)) ?? '';
	});

	readonly read = $derived.by((): ReadMatrix | undefined =>
		this.matrix && this.way && this.refusal === '' ? readMatrix(this.matrix, this.way) : undefined
	);

	get chosen(): number {
		return this.found.matrices[this.#chosen] ? this.#chosen : 0;
	}

	take(text: string): void {
		this.text = text;
		this.choose(0);
	}

	choose(index: number): void {
		this.#chosen = index;
		this.#said = undefined;
	}

	turn(way: Way): void {
		this.#said = way;
	}
}

/** Roles held by somebody whose name is that of one person of the space are theirs. */
export function withPeople(matrix: MatrixToAdd, people: readonly Person[]): MatrixToAdd {
	const idOf = (name: string | undefined): PersonId | undefined => {
		const named = people.filter((person) => person.name.toLowerCase() === name?.trim().toLowerCase());
		return named.length === 1 ? named[0]?.id : undefined;
	};
	const roles = matrix.roles.map((role) => {
		const person = idOf(role.name);
		return person ? { title: role.title, person } : role;
	});
	return { ...matrix, roles };
}
