import { createContext } from 'svelte';
import type { ThemeChoice } from '#lib/ui/shell/theme.svelte.ts';

export const [themeInUse, provideTheme] = createContext<ThemeChoice>();
