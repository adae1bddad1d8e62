import type { PageProps } from '../contract.ts';
import type { DocumentPageProps } from '../views.ts';
import type { RaciCommands } from './doc.ts';
import type { Raci } from './schema.ts';
import type { RaciSurroundings } from './surroundings.ts';

/** What `Page.svelte` takes. */
export interface RaciPageProps extends PageProps<Raci, RaciCommands>, DocumentPageProps {
	readonly surroundings: RaciSurroundings;
}
