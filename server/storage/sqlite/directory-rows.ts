import type { SQLOutputValue } from 'node:sqlite';
import type { Role } from '#lib/domain/access.ts';
import type { DocumentId, PersonId, SpaceId } from '#lib/domain/id.ts';
import type { MemberRecord, SpaceRecord, TokenRecord } from '../../auth/directory.ts';
import type { TokenKind } from '#lib/domain/token.ts';

// What was written by us is read back without being doubted: the columns are STRICT and only `directory.ts`
// writes them.

export type Row = Record<string, SQLOutputValue>;

export const spaceOf = (row: Row): SpaceRecord => ({
	id: String(row['id']) as SpaceId,
	title: String(row['title']),
	timeZone: String(row['time_zone']),
	createdAtMs: Number(row['created_at_ms'])
});

export const memberOf = (row: Row): MemberRecord => ({
	space: String(row['space']) as SpaceId,
	person: String(row['person']) as PersonId,
	name: String(row['name']),
	role: String(row['role']) as Role,
	joinedAtMs: Number(row['joined_at_ms']),
	index: Number(row['number']),
	removedAtMs: numberOf(row['removed_at_ms'])
});

export const tokenOf = (row: Row): TokenRecord => ({
	id: String(row['id']),
	kind: String(row['kind']) as TokenKind,
	space: String(row['space']) as SpaceId,
	role: String(row['role']) as Role,
	person: textOf(row['person']) as PersonId | undefined,
	label: String(row['label']),
	createdAtMs: Number(row['created_at_ms']),
	expiresAtMs: numberOf(row['expires_at_ms']),
	document: textOf(row['document']) as DocumentId | undefined,
	isForOne: row['is_for_one'] === 1 || undefined,
	revokedAtMs: numberOf(row['revoked_at_ms']),
	isFormer: row['removed_at_ms'] !== null && row['removed_at_ms'] !== undefined
});

const textOf = (value: SQLOutputValue | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;

const numberOf = (value: SQLOutputValue | undefined): number | undefined =>
	typeof value === 'number' ? value : undefined;
