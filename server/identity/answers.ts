import * as z from 'zod';

// What leaves the server, picked field by field out of what better-auth answers: it would hand out session tokens,
// which belong into a cookie that no script can read, and public keys that nobody needs.

const instant = z.union([z.string(), z.null()]).optional();

const user = z
	.object({ id: z.string(), email: z.string(), name: z.string(), emailVerified: z.boolean() })
	.transform(({ id, email, name, emailVerified }) => ({ id, email, name, isEmailVerified: emailVerified }));

const signedIn = z.object({ user }).transform((it) => ({ user: it.user }));

const session = z
	.object({ session: z.object({ id: z.string(), expiresAt: z.string() }), user })
	.nullable()
	.optional()
	.transform((it) => it ?? null);

const passkeys = z.array(
	z
		.object({ id: z.string(), name: z.string().nullish(), createdAt: instant, backedUp: z.boolean() })
		.transform(({ id, name, createdAt, backedUp }) => ({
			id,
			name: name ?? null,
			createdAt: createdAt ?? null,
			isSynced: backedUp
		}))
);

const passkey = z.object({ id: z.string() }).transform(({ id }) => ({ id }));

const ways = z.array(z.object({ providerId: z.string(), createdAt: z.string() })).transform((all) =>
	all.map(({ providerId, createdAt }) => ({
		way: providerId === 'credential' ? 'password' : providerId,
		createdAt
	}))
);

/** What a body of better-auth's must be for each answer of ours, and how it becomes that. */
export const answers = {
	signedIn: (body: unknown) => signedIn.parse(body),
	session: (body: unknown) => session.parse(body),
	passkeys: (body: unknown) => ({ passkeys: passkeys.parse(body) }),
	passkey: (body: unknown) => passkey.parse(body),
	ways: (body: unknown) => ({ ways: ways.parse(body) }),
	done: () => ({ isDone: true as const })
};

/** Options for `navigator.credentials`: as the library made them, but for the lock, which we insist on. */
export const authenticateOptions = (body: unknown): object => ({
	...z.looseObject({ challenge: z.string() }).parse(body),
	userVerification: 'required'
});

export const registerOptions = (body: unknown): object =>
	z.looseObject({ challenge: z.string() }).parse(body);
