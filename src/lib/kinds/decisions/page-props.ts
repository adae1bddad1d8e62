import type { PageProps } from '../contract.ts';
import type { DocumentPageProps } from '../views.ts';
import type { DecisionsCommands } from './commands.ts';
import type { Decisions } from './schema.ts';
import type { DecisionsSurroundings } from './surroundings.ts';

/** What `Page.svelte` takes. */
export interface DecisionsPageProps extends PageProps<Decisions, DecisionsCommands>, DocumentPageProps {
	readonly surroundings: DecisionsSurroundings;
}
