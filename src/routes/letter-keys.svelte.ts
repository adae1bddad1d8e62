import { createContext } from 'svelte';

const KEY = 'downbeat.letter-keys';

/** Whether single letters are shortcuts outside text. On, until the person turns them off (WCAG 2.1.4). */
export class LetterKeys {
	#areOn = $state(localStorage.getItem(KEY) !== 'off');

	get areOn(): boolean {
		return this.#areOn;
	}

	turn(on: boolean): void {
		this.#areOn = on;
		if (on) localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, 'off');
	}
}

export const [letterKeysInUse, provideLetterKeys] = createContext<LetterKeys>();
