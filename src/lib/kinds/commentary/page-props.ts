import type { PageProps } from '../contract.ts';
import type { DocumentPageProps, RecordBlockProps } from '../views.ts';
import type { CommentaryCommands } from './doc.ts';
import type { Commentaries } from './schema.ts';
import type { CommentarySurroundings } from './surroundings.ts';

/** What `Page.svelte` takes. */
export interface CommentaryPageProps extends PageProps<Commentaries, CommentaryCommands>, DocumentPageProps {
	readonly surroundings: CommentarySurroundings;
}

/** What `Block.svelte` takes. */
export interface CommentaryBlockProps extends RecordBlockProps<Commentaries, CommentaryCommands> {
	readonly surroundings: CommentarySurroundings;
}
