import { createContext } from 'svelte';
import type { CommentsSurroundings } from './surroundings.ts';

/** What every part of the panel asks for what it shows. */
export const [commentsInUse, provideComments] = createContext<CommentsSurroundings>();
