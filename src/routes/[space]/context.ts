import { createContext } from 'svelte';
import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { Commands } from './commands.svelte.ts';

/** The space whose pages are shown. Another space is another instance of everything below the layout. */
export const [spaceInUse, provideSpace] = createContext<SpaceSession>();

/** What can be done in it: the palette and the “New” button offer the same. */
export const [commandsInUse, provideCommands] = createContext<Commands>();
