import type { z } from '@hono/zod-openapi';

// Parts that every route describes itself with.

/** A JSON body: of an answer, with what it says. */
export const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
	description,
	content: { 'application/json': { schema } }
});

/** A JSON body of a request, which must be there. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
	required: true,
	content: { 'application/json': { schema } }
});

/** What routes that need somebody accept: a token, or the cookie of a session. */
export const security: Record<string, string[]>[] = [{ bearer: [] }, { session: [] }];
