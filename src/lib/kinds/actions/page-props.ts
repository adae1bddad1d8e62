import type { PageProps } from '../contract.ts';
import type { DocumentPageProps, RecordBlockProps } from '../views.ts';
import type { ActionsCommands } from './commands.ts';
import type { Actions } from './schema.ts';
import type { ActionsSurroundings, FieldSurroundings } from './surroundings.ts';

/** What `Page.svelte` is given: the document, and the app around it. */
export interface ActionsPageProps extends PageProps<Actions, ActionsCommands>, DocumentPageProps {
	surroundings: ActionsSurroundings;
}

/** What `Block.svelte` is given. */
export interface ActionBlockProps extends RecordBlockProps<Actions, ActionsCommands> {
	surroundings: FieldSurroundings;
}
