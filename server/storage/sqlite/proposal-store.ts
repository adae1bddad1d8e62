import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { DocumentId, PersonId, SpaceId } from '#lib/domain/id.ts';
import type { ProposalReason, ProposalState } from '#lib/domain/proposal.ts';
import type { Decision, NewProposal, Proposal, ProposalStore } from '../../proposals/proposal-store.ts';
import type { Migration } from './migration.ts';

export const proposalMigrations: readonly Migration[] = [
	{
		to: 15,
		name: 'proposal packages',
		sql: `
			CREATE TABLE proposal (
				id TEXT PRIMARY KEY,
				space TEXT NOT NULL,
				document TEXT NOT NULL,
				author TEXT NOT NULL,
				person TEXT,
				name TEXT NOT NULL,
				reason TEXT NOT NULL,
				note TEXT NOT NULL,
				content BLOB NOT NULL,
				sent_at_ms INTEGER NOT NULL,
				state TEXT NOT NULL DEFAULT 'waiting',
				decided_at_ms INTEGER,
				decided_by TEXT
			) STRICT;
			CREATE INDEX proposal_by_space ON proposal (space, state, sent_at_ms);
		`
	}
];

export class SqliteProposalStore implements ProposalStore {
	readonly #sql: ReturnType<typeof prepare>;

	constructor(database: DatabaseSync) {
		this.#sql = prepare(database);
	}

	add(proposal: NewProposal): void {
		const { id, space, document, author, person, name, reason, note, update, sentAtMs } = proposal;
		this.#sql.add.run({
			id,
			space,
			document,
			author,
			person: person ?? null,
			name,
			reason,
			note,
			update,
			sentAtMs
		});
	}

	find(space: SpaceId, id: string): Proposal | undefined {
		const row = this.#sql.find.get(space, id);
		return row && proposalOf(row);
	}

	update(space: SpaceId, id: string): Uint8Array | undefined {
		const content = this.#sql.content.get(space, id)?.['content'];
		return content instanceof Uint8Array ? content : undefined;
	}

	list(space: SpaceId, { author, limit }: { author?: string; limit: number }): readonly Proposal[] {
		return this.#sql.list.all({ space, author: author ?? null, limit }).map(proposalOf);
	}

	waiting(space: SpaceId, author: string): { all: number; own: number } {
		const row = this.#sql.waiting.get(author, space);
		return { all: Number(row?.['waits']), own: Number(row?.['own'] ?? 0) };
	}

	decide(space: SpaceId, id: string, { state, by, atMs }: Decision): boolean {
		return this.#sql.decide.run(state, by ?? null, atMs, space, id).changes === 1;
	}

	removeSpace(space: SpaceId): void {
		this.#sql.removeSpace.run(space);
	}
}

const COLUMNS = `id, space, document, author, person, name, reason, note, length(content) AS bytes, sent_at_ms,
	state, decided_at_ms, decided_by`;

function prepare(database: DatabaseSync) {
	const prepared = (sql: string): StatementSync => database.prepare(sql);
	return {
		add: prepared(`
			INSERT INTO proposal (id, space, document, author, person, name, reason, note, content, sent_at_ms)
			VALUES (:id, :space, :document, :author, :person, :name, :reason, :note, :update, :sentAtMs)`),
		find: prepared(`SELECT ${COLUMNS} FROM proposal WHERE space = ? AND id = ?`),
		content: prepared('SELECT content FROM proposal WHERE space = ? AND id = ?'),
		list: prepared(`
			SELECT ${COLUMNS} FROM proposal WHERE space = :space AND (:author IS NULL OR author = :author)
			ORDER BY state = 'waiting' DESC, sent_at_ms DESC, id LIMIT :limit`),
		waiting: prepared(`
			SELECT count(*) AS waits, sum(author = ?) AS own FROM proposal WHERE space = ? AND state = 'waiting'`),
		decide: prepared(`
			UPDATE proposal SET state = ?, decided_by = ?, decided_at_ms = ?
			WHERE space = ? AND id = ? AND state = 'waiting'`),
		removeSpace: prepared('DELETE FROM proposal WHERE space = ?')
	};
}

const proposalOf = (row: Record<string, SQLOutputValue>): Proposal => ({
	id: String(row['id']),
	space: String(row['space']) as SpaceId,
	document: String(row['document']) as DocumentId,
	author: String(row['author']),
	person: textOf(row['person']) as PersonId | undefined,
	name: String(row['name']),
	reason: String(row['reason']) as ProposalReason,
	note: String(row['note']),
	bytes: Number(row['bytes']),
	sentAtMs: Number(row['sent_at_ms']),
	state: String(row['state']) as ProposalState,
	decidedAtMs: typeof row['decided_at_ms'] === 'number' ? row['decided_at_ms'] : undefined,
	decidedBy: textOf(row['decided_by']) as PersonId | undefined
});

const textOf = (value: SQLOutputValue | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;
