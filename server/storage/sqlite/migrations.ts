import type { DatabaseSync } from 'node:sqlite';
import { assert } from '#lib/util/assert.ts';
import type { Migration } from './migration.ts';

/** The steps of all parts in the order they are applied. Two of one number are our mistake. */
export function inOrder(...parts: readonly (readonly Migration[])[]): readonly Migration[] {
	const ordered = parts.flat().toSorted((a, b) => a.to - b.to);
	for (const [index, { to, name }] of ordered.entries()) {
		assert(ordered[index - 1]?.to !== to, `two migrations lead to version ${to}, one of them is ${name}`);
	}
	return ordered;
}

/** The highest version that this program knows. */
export const latestOf = (migrations: readonly Migration[]): number => migrations.at(-1)?.to ?? 0;

/** 0 for a file that was never migrated. */
export function versionOf(connection: DatabaseSync): number {
	return Number(connection.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** Applies what is missing, in order. When a step does not work, the steps before it stay and it leaves nothing. */
export function migrate(connection: DatabaseSync, migrations: readonly Migration[]): void {
	for (const { to, sql } of migrations) {
		connection.exec('BEGIN IMMEDIATE');
		try {
			if (versionOf(connection) < to) connection.exec(`${sql}; PRAGMA user_version = ${to}`);
			connection.exec('COMMIT');
		} catch (error) {
			if (connection.isTransaction) connection.exec('ROLLBACK');
			throw error;
		}
	}
}
