import type { PageProps } from '../contract.ts';
import type { DocumentPageProps } from '../views.ts';
import type { MeetingCommands } from './doc.ts';
import type { Meeting } from './schema.ts';
import type { MeetingSurroundings } from './surroundings.ts';

/** What `Page.svelte` takes. */
export interface MeetingPageProps extends PageProps<Meeting, MeetingCommands>, DocumentPageProps {
	readonly surroundings: MeetingSurroundings;
}
