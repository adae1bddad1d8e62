import * as z from 'zod';
import type { TypedResponse } from 'hono';

// Errors over HTTP are problem details (RFC 9457). `detail` is for a person: what is wrong and what to do. `type`
// is for code, in the form `area.reason`, relative to the address that was asked.

export const PROBLEM_TYPE = 'application/problem+json';

const problemSchema = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string(),
	errors: z.array(z.object({ path: z.string(), detail: z.string() })).optional()
});

export type Problem = z.infer<typeof problemSchema>;

/** For a route's `responses`: whatever is not named there is a problem. */
export const problemResponses = {
	default: {
		description: 'What is wrong and what to do, in a sentence (RFC 9457).',
		content: { [PROBLEM_TYPE]: { schema: problemSchema.meta({ id: 'Problem' }) } }
	}
} as const;

/** Statuses that an answer with a problem may have. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503 | 507;

/** The answer. Handlers return it as it is: its type fits every route that has `problemResponses`. */
export function answerProblem(
	problem: Problem,
	headers: Record<string, string> = {}
): Response & TypedResponse<Problem, ProblemStatus, 'json'> {
	const body = JSON.stringify(problem);
	const response = new Response(body, {
		status: problem.status,
		headers: { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', ...headers }
	});
	return response as Response & TypedResponse<Problem, ProblemStatus, 'json'>;
}

/** For somebody who guessed too often. `waitSeconds` goes into `Retry-After` too. */
export const tooManyAttempts = (waitSeconds: number) =>
	answerProblem(
		{
			type: 'attempts.too-many',
			title: 'Too many attempts',
			status: 429,
			detail: `Too many links and tokens from your address did not work. Try again in ${waitSeconds} seconds.`
		},
		{ 'retry-after': String(waitSeconds) }
	);

/** For an address that asks for more than the server can give everybody. */
export const tooManyRequests = (waitSeconds: number) =>
	answerProblem(
		{
			type: 'requests.too-many',
			title: 'Too many requests',
			status: 429,
			detail: `Your address asks too often. Nothing was changed. Try again in ${waitSeconds} seconds.`
		},
		{ 'retry-after': String(waitSeconds) }
	);

/** For what a schema refused: where in the input, and a sentence each. */
export function invalidInput(part: string, error: z.ZodError): Problem {
	const errors = error.issues.slice(0, ERRORS_MAX).map((issue) => {
		const path = [part, ...issue.path.map(String)].join('.');
		return { path, detail: sentenceOf(issue, path) };
	});
	return {
		type: 'input.invalid',
		title: 'The request cannot be read as it is',
		status: 400,
		detail: `${errors[0]?.detail ?? 'Something in it is not as it should be.'} Correct it and send it again.`,
		errors
	};
}

/** Our schemas say what they want in sentences; for a wrong type, which only a program sends, this does. */
function sentenceOf(issue: z.core.$ZodIssue, path: string): string {
	if (issue.code === 'invalid_type')
		return `${path} must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`;
	return issue.message.endsWith('.') ? issue.message : `${path}: ${issue.message}.`;
}

/** Keeps the answer to a body of 10,000 wrong things readable. */
const ERRORS_MAX = 50;

export const tooLarge = (bytesMax: number): Problem => ({
	type: 'input.too-large',
	title: 'The body is too large',
	status: 413,
	detail: `The body is over ${Math.round(bytesMax / 1024)} KB, the most that is read here. Send less, or in several calls.`
});

export const problems = {
	badJson: {
		type: 'input.not-json',
		title: 'The body is not JSON',
		status: 400,
		detail: 'Send the body as JSON, with the header Content-Type: application/json.'
	},
	noSuchRoute: {
		type: 'route.unknown',
		title: 'There is nothing here',
		status: 404,
		detail: 'This address leads nowhere. What there is stands in /api/openapi.json.'
	},
	foreignOrigin: {
		type: 'origin.foreign',
		title: 'Another site asked',
		status: 403,
		detail: 'A page of another site may not change anything here. Open Downbeat itself.'
	},
	diskTrouble: {
		type: 'storage.full',
		title: 'The server cannot store anything',
		status: 507,
		detail: 'The disk of the server is full or cannot be written. Nothing was changed. Tell who runs it.'
	},
	fault: {
		type: 'server.fault',
		title: 'The server made a mistake',
		status: 500,
		detail: 'This is our fault, and it is in the server’s log. Nothing was changed. Try again in a moment.'
	}
} as const satisfies Record<string, Problem>;
