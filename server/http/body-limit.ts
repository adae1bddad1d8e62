import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpEnv } from './env.ts';
import { answerProblem, tooLarge } from './problem.ts';

/** For a route's `middleware`: refuses a longer body before it is read into memory or parsed. */
export const bodyUpTo = (bytesMax: number): MiddlewareHandler<HttpEnv> =>
	bodyLimit({ maxSize: bytesMax, onError: () => answerProblem(tooLarge(bytesMax)) });
