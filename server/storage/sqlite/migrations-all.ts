import { auditMigrations } from './audit-log.ts';
import { directoryMigrations } from './directory-migrations.ts';
import { docMigrations } from './doc-store.ts';
import { identityMigrations } from './identity-migrations.ts';
import { inOrder } from './migrations.ts';
import { numberMigrations } from './number-store.ts';
import { proposalMigrations } from './proposal-store.ts';
import { seriesMigrations } from './series-store.ts';
import { sourceMigrations } from './source-store.ts';

/** Every step of every part, by number. 1-9 were given out at the start; later ones continue from 10. */
export const allMigrations = inOrder(
	directoryMigrations,
	docMigrations,
	seriesMigrations,
	numberMigrations,
	identityMigrations,
	auditMigrations,
	proposalMigrations,
	sourceMigrations
);
