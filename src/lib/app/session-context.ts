import { createContext } from 'svelte';
import type { Session } from './session.svelte.ts';

/** The session of this device. Apart from the class, so that a page can be drawn before storage and sync are loaded. */
export const [sessionInUse, provideSession] = createContext<Session>();
