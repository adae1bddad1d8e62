import { createRoute, z } from '@hono/zod-openapi';
import type { Clock } from '../clock.ts';
import { FoundingRefused, setUpSpace, type FoundPorts } from '../auth/create-space.ts';
import { personName, secret, spaceTitle, timeZone } from '../auth/schema.ts';
import type { Setup } from '../auth/setup.ts';
import { Attempts } from './attempts.ts';
import { bodyUpTo } from './body-limit.ts';
import { CHALLENGE } from './authorise.ts';
import { clientAddress } from './client-address.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, tooManyAttempts, type Problem } from './problem.ts';

export interface SetupDeps {
	readonly setup: Setup;
	readonly clock: Clock;
	readonly founding: FoundPorts;
}

/** Wrong tokens a minute from one address, and from all of them together: the token may be one people chose. */
const WRONG_PER_ADDRESS_MAX = 10;
const WRONG_MAX = 60;

/** Whoever sends this is a stranger yet. A name, a title and a few ids are under 4 KB. */
const BODY_BYTES_MAX = 16 * 1024;
const SERIES_MAX = 100;

const state = createRoute({
	method: 'get',
	path: '/api/v1/setup',
	summary: 'Whether the one-time setup is still to be done',
	responses: {
		200: {
			description: 'True until somebody has used the setup link.',
			content: { 'application/json': { schema: z.object({ isOpen: z.boolean() }) } }
		},
		...problemResponses
	}
});

const setUp = createRoute({
	method: 'post',
	path: '/api/v1/setup',
	summary: 'Make the first space and become its owner. Works once.',
	middleware: bodyUpTo(BODY_BYTES_MAX),
	request: {
		body: {
			required: true,
			content: {
				'application/json': {
					schema: z.object({
						/** From the link that the server printed. */
						token: secret,
						name: personName,
						space: z.object({ title: spaceTitle, timeZone }),
						/** Ids of meeting templates. */
						series: z.array(z.string().min(1).max(96)).max(SERIES_MAX),
						/** Fill the space with an example. */
						sample: z.boolean()
					})
				}
			}
		}
	},
	responses: {
		201: {
			description: 'Both tokens are shown this once.',
			content: {
				'application/json': {
					schema: z.object({ space: z.string(), person: z.string(), token: z.string(), invite: z.string() })
				}
			}
		},
		...problemResponses
	}
});

export function mountSetup(app: App, { setup, clock, founding }: SetupDeps): void {
	const perAddress = new Attempts(clock, WRONG_PER_ADDRESS_MAX);
	const together = new Attempts(clock, WRONG_MAX);

	app.openapi(state, (context) => context.json({ isOpen: setup.isOpen }, 200));

	app.openapi(setUp, async (context) => {
		const { token, name, space, series, sample } = context.req.valid('json');
		const address = clientAddress(context.env.incoming);
		const waitSeconds = Math.max(perAddress.waitSeconds(address), together.waitSeconds('all'));
		if (waitSeconds > 0) return tooManyAttempts(waitSeconds);
		if (!setup.isOpen) return answerProblem(setupUsed);
		if (!setup.isToken(token)) {
			perAddress.failed(address);
			together.failed('all');
			return answerProblem(wrongToken, CHALLENGE);
		}
		try {
			const done = await setUpSpace({ ...space, series, sample, name }, founding);
			return done.ok ? context.json(done.value, 201) : answerProblem(setupUsed);
		} catch (error) {
			if (error instanceof FoundingRefused) return answerProblem(notFounded(error.message));
			throw error;
		}
	});
}

const setupUsed: Problem = {
	type: 'setup.used',
	title: 'The setup is done',
	status: 410,
	detail:
		'This Downbeat is set up already, and a setup link works once. Ask somebody in it for an invite link.'
};

const wrongToken: Problem = {
	type: 'setup.wrong-token',
	title: 'Not the setup link',
	status: 401,
	detail: 'This is not the setup link of this server. Open the link that the server printed when it started.'
};

const notFounded = (detail: string): Problem => ({
	type: 'setup.not-founded',
	title: 'The space cannot be made like this',
	status: 400,
	detail
});
