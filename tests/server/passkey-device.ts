import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a browser does with the options of a ceremony: the parts that we use of them. */
export interface Ceremony {
	readonly challenge: string;
	readonly rp?: { readonly id: string };
	readonly rpId?: string;
}

interface Habits {
	/** The page that asks. */
	readonly origin: string;
	/** Whether it asked for a fingerprint or a code first. */
	readonly isUnlocked?: boolean;
}

/** An authenticator in memory: ES256, no attestation, as WebAuthn Level 2 writes what it signs. */
export class PasskeyDevice {
	readonly #privateKey: KeyObject;
	readonly #publicKey: KeyObject;
	readonly #id = randomBytes(32);
	#uses = 0;

	constructor() {
		const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		this.#privateKey = privateKey;
		this.#publicKey = publicKey;
	}

	/** As `@simplewebauthn/browser`’s `startRegistration` answers. */
	register({ challenge, rp }: Ceremony, { origin, isUnlocked = true }: Habits): object {
		const clientData = this.#clientData('webauthn.create', challenge, origin);
		const attested = Buffer.concat([
			Buffer.alloc(16), // AAGUID: none.
			Buffer.from([0, this.#id.length]),
			this.#id,
			this.#coseKey()
		]);
		const authData = this.#authData(rp?.id ?? '', { isUnlocked, attested });
		const attestation = cborMap([
			[cborText('fmt'), cborText('none')],
			[cborText('attStmt'), cborMap([])],
			[cborText('authData'), cborBytes(authData)]
		]);
		return this.#credential({
			clientDataJSON: clientData.toString('base64url'),
			attestationObject: attestation.toString('base64url'),
			transports: ['internal']
		});
	}

	/** As `startAuthentication` answers. */
	authenticate({ challenge, rpId }: Ceremony, { origin, isUnlocked = true }: Habits): object {
		const clientData = this.#clientData('webauthn.get', challenge, origin);
		const authData = this.#authData(rpId ?? '', { isUnlocked });
		const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
		return this.#credential({
			clientDataJSON: clientData.toString('base64url'),
			authenticatorData: authData.toString('base64url'),
			signature: sign('sha256', signed, this.#privateKey).toString('base64url')
		});
	}

	#credential(response: object): object {
		const id = this.#id.toString('base64url');
		return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
	}

	#clientData(type: string, challenge: string, origin: string): Buffer {
		return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
	}

	#authData(rpId: string, { isUnlocked, attested }: { isUnlocked: boolean; attested?: Buffer }): Buffer {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(++this.#uses);
		const flags = 0x01 | (isUnlocked ? 0x04 : 0) | (attested ? 0x40 : 0);
		const rpHash = createHash('sha256').update(rpId).digest();
		return Buffer.concat([rpHash, Buffer.from([flags]), counter, attested ?? Buffer.alloc(0)]);
	}

	/** RFC 9053: an EC2 key on P-256 for ES256. */
	#coseKey(): Buffer {
		const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
		return cborMap([
			[cborInt(1), cborInt(2)],
			[cborInt(3), cborInt(-7)],
			[cborInt(-1), cborInt(1)],
			[cborInt(-2), cborBytes(Buffer.from(x, 'base64url'))],
			[cborInt(-3), cborBytes(Buffer.from(y, 'base64url'))]
		]);
	}
}

function head(major: number, n: number): Buffer {
	if (n < 24) return Buffer.from([(major << 5) | n]);
	if (n < 256) return Buffer.from([(major << 5) | 24, n]);
	return Buffer.from([(major << 5) | 25, n >> 8, n & 0xff]);
}
const cborInt = (n: number): Buffer => (n < 0 ? head(1, -1 - n) : head(0, n));
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const cborText = (text: string): Buffer => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
	Buffer.concat([head(5, entries.length), ...entries.flat()]);
