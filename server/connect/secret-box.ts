import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LABEL = 'downbeat source secrets v1';
const ALGORITHM = 'aes-256-gcm';
const [KEY_BYTES, IV_BYTES, TAG_BYTES] = [32, 12, 16];

/** In the data folder, beside the database and in none of its backups. */
export const KEY_FILE = 'sources.key';

/** Seals secrets for the disk. Each is bound to what it belongs to and opens for nothing else. */
export class SecretBox {
	readonly #root: () => Buffer;
	#key: Buffer | undefined;

	/** `secret`: the server's, which the key is derived from; without one, a key file is made when it is first needed. */
	constructor({ secret, dataFolder }: { secret: string | undefined; dataFolder: string }) {
		this.#root = () => (secret === undefined ? keyIn(join(dataFolder, KEY_FILE)) : Buffer.from(secret));
	}

	seal(secret: string, owner: string): Uint8Array {
		const iv = randomBytes(IV_BYTES);
		const cipher = createCipheriv(ALGORITHM, this.#derived(), iv).setAAD(Buffer.from(owner));
		const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
		return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
	}

	/** Undefined when it was sealed by another key, for another owner, or is damaged. */
	open(sealed: Uint8Array, owner: string): string | undefined {
		const bytes = Buffer.from(sealed);
		const [iv, rest] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)];
		try {
			const cipher = createDecipheriv(ALGORITHM, this.#derived(), iv, { authTagLength: TAG_BYTES });
			cipher.setAAD(Buffer.from(owner)).setAuthTag(rest.subarray(0, TAG_BYTES));
			return Buffer.concat([cipher.update(rest.subarray(TAG_BYTES)), cipher.final()]).toString('utf8');
		} catch {
			return undefined;
		}
	}

	#derived(): Buffer {
		this.#key ??= Buffer.from(hkdfSync('sha256', this.#root(), '', LABEL, KEY_BYTES));
		return this.#key;
	}
}

function keyIn(file: string): Buffer {
	try {
		writeFileSync(file, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
	} catch (error) {
		if ((error as { code?: string }).code !== 'EEXIST') throw error;
	}
	return readFileSync(file);
}
