import { createRoute, z } from '@hono/zod-openapi';
import { PROPOSAL_NOTE_LENGTH_MAX } from '#lib/domain/proposal.ts';
import type { Recorder } from '../audit/recorder.ts';
import { documentIdText, spaceIdText } from '../auth/schema.ts';
import { body, json, security } from '../http/answers.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problemResponses, type Problem } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import type { Proposal, ProposalStore } from './proposal-store.ts';
import { WAITING_OF_ONE_MAX, type ProposalRefused, type Proposals } from './proposals.ts';

export interface ProposalDeps {
	readonly requires: Requires;
	readonly store: ProposalStore;
	readonly proposals: Proposals;
	readonly recorder: Recorder;
}

/** Packages in one list: those that wait, and the latest that were decided. */
const LISTED_MAX = 500;

const params = z.object({ space: spaceIdText });
const oneOf = params.extend({ proposal: z.string().min(1).max(96) });

const proposalSchema = z.object({
	id: z.string(),
	document: z.string(),
	person: z.string().optional(),
	name: z.string(),
	reason: z.enum(['refused', 'wipe']),
	note: z.string(),
	bytes: z.number().int(),
	sentAt: z.iso.datetime(),
	state: z.enum(['waiting', 'accepted', 'declined']),
	decidedAt: z.iso.datetime().optional(),
	decidedBy: z.string().optional()
});
const listSchema = z.object({ proposals: z.array(proposalSchema) });

const send = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/documents/{document}/proposals',
		summary: 'Hand in changes that one may not make oneself, for an owner to accept',
		description: 'Also for those who were removed, with what they wrote before they heard of it.',
		security,
		middleware: requires.deed('proposal.send'),
		request: {
			params: params.extend({ document: documentIdText }),
			body: body(
				z.object({
					/** One Yjs update (V1). */
					update: z.base64(),
					note: z.string().trim().max(PROPOSAL_NOTE_LENGTH_MAX).default('')
				})
			)
		},
		responses: { 201: json('It waits for an owner.', proposalSchema), ...problemResponses }
	});

const mine = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/proposals/mine',
		summary: 'What one has handed in, and what became of it',
		security,
		middleware: requires.deed('proposal.send'),
		request: { params },
		responses: { 200: json('Waiting ones first, newest first.', listSchema), ...problemResponses }
	});

const all = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/proposals',
		summary: 'What was handed in to this space, and what the server held back',
		security,
		middleware: requires.deed('proposal.decide'),
		request: { params },
		responses: { 200: json('Waiting ones first, newest first.', listSchema), ...problemResponses }
	});

const content = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/proposals/{proposal}',
		summary: 'The changes in a package, to look at before deciding',
		security,
		middleware: requires.deed('proposal.decide'),
		request: { params: oneOf },
		responses: {
			200: json('`update` is one Yjs update in base64.', proposalSchema.extend({ update: z.base64() })),
			...problemResponses
		}
	});

const decide = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/proposals/{proposal}',
		summary: 'Accept a package, which writes its changes under its author’s name, or decline it',
		security,
		middleware: requires.deed('proposal.decide'),
		request: { params: oneOf, body: body(z.object({ isAccepted: z.boolean() })) },
		responses: { 200: json('As it is now.', proposalSchema), ...problemResponses }
	});

export function mountProposals(app: App, { requires, store, proposals, recorder }: ProposalDeps): void {
	app.openapi(send(requires), async (context) => {
		const { space, person, name, id } = context.var.principal;
		const { document } = context.req.valid('param');
		const { update, note } = context.req.valid('json');
		const bytes = new Uint8Array(Buffer.from(update, 'base64'));
		const about = { space, document, author: person ?? id, person, name, note };
		const sent = await proposals.send({ ...about, reason: 'refused', update: bytes });
		if (!sent.ok) return answerProblem(problemOf(sent.error));
		const detail = { document, bytes: sent.value.bytes };
		recorder.done(context, { action: 'proposal.sent', space, target: sent.value.id, detail });
		return context.json(shown(sent.value), 201);
	});

	app.openapi(mine(requires), (context) => {
		const { space, person, id } = context.var.principal;
		const listed = store.list(space, { author: person ?? id, limit: LISTED_MAX });
		return context.json({ proposals: listed.map(shown) }, 200);
	});

	app.openapi(all(requires), (context) => {
		const listed = store.list(context.var.principal.space, { limit: LISTED_MAX });
		return context.json({ proposals: listed.map(shown) }, 200);
	});

	app.openapi(content(requires), (context) => {
		const { space, proposal: id } = context.req.valid('param');
		const [proposal, update] = [store.find(space, id), store.update(space, id)];
		if (!proposal || !update) return answerProblem(unknownProposal);
		return context.json({ ...shown(proposal), update: Buffer.from(update).toString('base64') }, 200);
	});

	app.openapi(decide(requires), async (context) => {
		const { space, proposal: id } = context.req.valid('param');
		const { isAccepted } = context.req.valid('json');
		const decided = await proposals.decide({ space, id }, { isAccepted, by: context.var.principal.person });
		if (!decided) return answerProblem(unknownProposal);
		const action = isAccepted ? 'proposal.accepted' : 'proposal.declined';
		recorder.done(context, { action, space, target: id, detail: { document: decided.document } });
		return context.json(shown(decided), 200);
	});
}

const shown = (proposal: Proposal) => ({
	id: proposal.id,
	document: proposal.document,
	...(proposal.person && { person: proposal.person }),
	name: proposal.name,
	reason: proposal.reason,
	note: proposal.note,
	bytes: proposal.bytes,
	sentAt: new Date(proposal.sentAtMs).toISOString(),
	state: proposal.state,
	...(proposal.decidedAtMs !== undefined && { decidedAt: new Date(proposal.decidedAtMs).toISOString() }),
	...(proposal.decidedBy && { decidedBy: proposal.decidedBy })
});

const refusals: Record<ProposalRefused['code'], Omit<Problem, 'type'>> = {
	'proposal.too-large': {
		title: 'Too large',
		status: 413,
		detail: 'These changes are too large to hand in. Save them as a file and give that to an owner.'
	},
	'proposal.unreadable': {
		title: 'Unreadable',
		status: 400,
		detail: 'These are no changes that this server can read. Save them again and hand in the new file.'
	},
	'proposal.incomplete': {
		title: 'Incomplete',
		status: 409,
		detail: 'These changes rest on others that are missing. Hand in all of the document’s changes together.'
	},
	'proposal.empty': {
		title: 'Nothing new',
		status: 409,
		detail: 'Everything in it is in the document already. Nothing is left to hand in.'
	},
	'proposal.too-many': {
		title: 'Too many proposals',
		status: 409,
		detail: `At most ${WAITING_OF_ONE_MAX} of one person wait at a time. Ask an owner to decide about those that do.`
	}
};

const problemOf = ({ code }: ProposalRefused): Problem => ({ type: code, ...refusals[code] });

const unknownProposal: Problem = {
	type: 'proposal.unknown',
	title: 'No such proposal',
	status: 404,
	detail: 'Somebody has decided about it already, or it never was. Look at the list again.'
};
