import type { PageProps } from '../contract.ts';
import type { KpisCommands } from './doc.ts';
import type { Kpis } from './schema.ts';
import type { KpisSurroundings } from './surroundings.ts';

/** What `Page.svelte` is given: the document, and the app around it. */
export interface KpisPageProps extends PageProps<Kpis, KpisCommands> {
	surroundings: KpisSurroundings;
}
