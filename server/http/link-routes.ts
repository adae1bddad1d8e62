import { createRoute, z } from '@hono/zod-openapi';
import type { Recorder } from '../audit/recorder.ts';
import type { Directory, TokenRecord } from '../auth/directory.ts';
import { createGuestLink, revokeToken, type MembershipPorts } from '../auth/membership.ts';
import { documentIdText, spaceIdText, tokenLabel } from '../auth/schema.ts';
import { body, json, security } from './answers.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface LinkDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
}

/** Guest links of one space. */
const LINKS_MAX = 200;

/** Longer than a quarter nobody remembers what they shared. */
const DAYS_MAX = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

const params = z.object({ space: spaceIdText });

const linkSchema = z.object({
	id: z.string(),
	document: z.string(),
	label: z.string(),
	createdAt: z.iso.datetime(),
	expiresAt: z.iso.datetime()
});

const list = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/links',
		summary: 'The links by which guests see a document, oldest first',
		security,
		middleware: requires.deed('link.create'),
		request: { params },
		responses: {
			200: json('Those that still open something.', z.object({ links: z.array(linkSchema) })),
			...problemResponses
		}
	});

const create = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/links',
		summary: 'Make a link that shows one document to whoever has it, for a while',
		security,
		middleware: requires.deed('link.create'),
		request: {
			params,
			body: body(
				z.object({
					document: documentIdText,
					label: tokenLabel,
					days: z.number().int().min(1).max(DAYS_MAX)
				})
			)
		},
		responses: {
			201: json('`token` is shown this once.', linkSchema.extend({ token: z.string() })),
			...problemResponses
		}
	});

const revoke = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: '/api/v1/spaces/{space}/links/{link}',
		summary: 'Withdraw a guest link; who has it open sees nothing more',
		security,
		middleware: requires.deed('link.create'),
		request: { params: params.extend({ link: z.string().max(96) }) },
		responses: { 204: { description: 'It opens nothing any more.' }, ...problemResponses }
	});

const open = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/guest',
		summary: 'What a guest link shows, and until when',
		security,
		middleware: requires.deed('document.read'),
		request: { params },
		responses: {
			200: json(
				'For the holder of a guest link alone.',
				z.object({
					space: z.string(),
					title: z.string(),
					timeZone: z.string(),
					document: z.string(),
					expiresAt: z.iso.datetime()
				})
			),
			...problemResponses
		}
	});

export function mountLinks(app: App, { directory, requires, membership, recorder }: LinkDeps): void {
	const { clock } = membership;

	app.openapi(list(requires), (context) => {
		const links = openLinks(directory, context.var.principal.space, clock.nowMs());
		return context.json({ links: links.map(shown) }, 200);
	});

	app.openapi(create(requires), (context) => {
		const { space } = context.var.principal;
		const { document, label, days } = context.req.valid('json');
		if (openLinks(directory, space, clock.nowMs()).length >= LINKS_MAX) return answerProblem(tooMany);
		const expiresAtMs = clock.nowMs() + days * DAY_MS;
		const { secret, record } = createGuestLink({ space, document, label, expiresAtMs }, membership);
		const detail = { document, days };
		recorder.done(context, { action: 'link.created', space, target: record.id, detail });
		return context.json({ ...shown(record), token: secret }, 201);
	});

	app.openapi(revoke(requires), (context) => {
		const { space } = context.var.principal;
		const { link } = context.req.valid('param');
		const isLink = directory.tokens(space, ['guest']).some(({ id }) => id === link);
		if (!isLink || !revokeToken(space, link, membership)) return answerProblem(unknownLink);
		recorder.done(context, { action: 'link.revoked', space, target: link });
		return context.body(null, 204);
	});

	app.openapi(open(requires), (context) => {
		const { space, document, untilMs = 0, id } = context.var.principal;
		const record = directory.space(space);
		if (!document || !record) return answerProblem(notAGuest);
		recorder.done(context, { action: 'link.viewed', space, target: id, detail: { document } });
		const { title, timeZone } = record;
		return context.json({ space, title, timeZone, document, expiresAt: iso(untilMs) }, 200);
	});
}

const openLinks = (directory: Directory, space: TokenRecord['space'], nowMs: number) =>
	directory.tokens(space, ['guest']).filter(({ expiresAtMs = 0 }) => expiresAtMs > nowMs);

const shown = ({ id, document, label, createdAtMs, expiresAtMs = 0 }: TokenRecord) => ({
	id,
	document: document ?? '',
	label,
	createdAt: iso(createdAtMs),
	expiresAt: iso(expiresAtMs)
});

const iso = (ms: number): string => new Date(ms).toISOString();

const tooMany: Problem = {
	type: 'link.too-many',
	title: 'Too many guest links',
	status: 409,
	detail: `This space has ${LINKS_MAX} guest links. Withdraw one that is no longer needed, then make the new one.`
};

const unknownLink: Problem = {
	type: 'link.unknown',
	title: 'No such guest link',
	status: 404,
	detail: 'It ran out or was withdrawn already. Look at the list again.'
};

const notAGuest: Problem = {
	type: 'link.not-a-guest',
	title: 'Not a guest link',
	status: 404,
	detail: 'Only the holder of a guest link can ask this. You are in the space itself.'
};
