import { ok, refuse, type Result } from '../util/result.ts';
import type { ApiRefused } from '../sync/api-call.ts';

// The browser's half of passkeys, through a library that is loaded when somebody uses one.

/** Whether this browser has passkeys at all. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

/** What a passkey of this person answers to the server's question. */
export async function answerWithPasskey(question: object): Promise<Result<unknown, ApiRefused>> {
	return asked(async () => {
		const { startAuthentication } = await import('@simplewebauthn/browser');
		type Options = Parameters<typeof startAuthentication>[0]['optionsJSON'];
		return startAuthentication({ optionsJSON: question as Options });
	});
}

/** A new passkey, as the server wants to have it. */
export async function makePasskey(question: object): Promise<Result<unknown, ApiRefused>> {
	return asked(async () => {
		const { startRegistration } = await import('@simplewebauthn/browser');
		type Options = Parameters<typeof startRegistration>[0]['optionsJSON'];
		return startRegistration({ optionsJSON: question as Options });
	});
}

async function asked(ask: () => Promise<unknown>): Promise<Result<unknown, ApiRefused>> {
	try {
		return ok(await ask());
	} catch (error) {
		const isKnown = error instanceof Error && error.name === 'InvalidStateError';
		return refuse({
			code: isKnown ? 'passkey.exists' : 'passkey.none',
			sentence: isKnown
				? 'This device has a passkey for your account already.'
				: 'No passkey was used: it was cancelled, took too long, or there is none here.'
		});
	}
}
