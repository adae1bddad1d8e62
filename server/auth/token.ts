import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newId } from '#lib/domain/id.ts';
import { TOKEN_PREFIX, type TokenKind } from '#lib/domain/token.ts';

// A token is shown once, when it is made. What is kept is its SHA-256: with 256 bits of chance in it, a fast hash
// is as safe as a slow one, and a stolen database opens nothing.

const SECRET_BYTES = 32;
const SHAPE = /^db[imtpg]_[A-Za-z0-9_-]{43}$/;

export const newToken = (kind: TokenKind): string => TOKEN_PREFIX[kind] + newSecret();

/** 256 bits in 43 characters that can stand in a URL. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** Of the token, safe to log and to show. */
export const newTokenId = (): string => `t-${newId()}`;

/** Whether `text` could be a token at all: asked before anything is looked up. */
export const looksLikeToken = (text: string): boolean => SHAPE.test(text);

export const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest();

/** Takes the same time however alike the two are. */
export const isSameSecret = (shown: string, expected: string): boolean =>
	timingSafeEqual(hashOf(shown), hashOf(expected));
