import type { SignInMethod } from './identity.ts';

/** Whose request is being answered, for what better-auth tells us while it does. */
export interface Asker {
	readonly address: string;
	/** How they sign in, when that is what they do. */
	readonly method: SignInMethod | undefined;
	readonly isSigningOut: boolean;
}

/** In which better-auth finds whom to count; what a client sends under this name never reaches it. */
export const ADDRESS_HEADER = 'x-downbeat-address';
