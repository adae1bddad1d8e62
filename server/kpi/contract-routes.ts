import { createRoute, z } from '@hono/zod-openapi';
import * as core from 'zod/v4/core';
import type { PersonId } from '#lib/domain/id.ts';
import { kpisDoc } from '#lib/kinds/kpis/doc.ts';
import { fileOf, registryFile } from '#lib/kinds/kpis/registry/file.ts';
import { readYaml, yamlOf, type FileProblem } from '#lib/kinds/kpis/registry/yaml.ts';
import { spaceIdText } from '../auth/schema.ts';
import { json, security } from '../http/answers.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problemResponses, type Problem } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import type { DocStore } from '../sync/doc-store.ts';
import type { SyncServer } from '../sync/sync-server.ts';
import { kpiIdText } from './kpi-id-text.ts';
import { kpisName, readKpis } from './kpis-document.ts';

export interface ContractDeps {
	readonly requires: Requires;
	readonly docs: Pick<DocStore, 'load' | 'loadState'>;
	readonly sync: Pick<SyncServer, 'edit'>;
	readonly nowMs: () => number;
}

const params = z.object({ space: spaceIdText, kpi: kpiIdText });
const AT = '/api/v1/spaces/{space}/kpis/{kpi}/contract';
const YAML = 'application/yaml';

/** More problems than anybody reads. */
const PROBLEMS_TOLD_MAX = 20;

const text = { [YAML]: { schema: z.string() } };

const read = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: AT,
		summary: 'The contract of a KPI, as YAML',
		description:
			'What it means, who answers for it, when it is good and since when. The same contract is always the same bytes.',
		security,
		middleware: requires.deed('document.read'),
		request: { params },
		responses: { 200: { description: 'One file of the registry.', content: text }, ...problemResponses }
	});

const write = (requires: Requires) =>
	createRoute({
		method: 'put',
		path: AT,
		summary: 'Make a KPI be what its file says: added, changed, or come back',
		description:
			'YAML, or JSON, by the schema at `/api/v1/kpi-contract.schema.json`: `curl -X PUT -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/yaml" --data-binary @mttr.yaml $URL/api/v1/spaces/$SPACE/kpis/mttr/contract`. What the file leaves out is taken away; only terms have to be named to go. Everything that is wrong with it is said with its line, and nothing is changed then.',
		security,
		middleware: requires.deed('document.write'),
		request: { params, body: { required: true, content: text } },
		responses: { 200: { description: 'As it is now.', content: text }, ...problemResponses }
	});

const schema = createRoute({
	method: 'get',
	path: '/api/v1/kpi-contract.schema.json',
	summary: 'The JSON Schema of a KPI’s file, for editors that check while one types',
	responses: { 200: json('Draft 2020-12.', z.looseObject({})), ...problemResponses }
});

/** Contracts as files, for whoever keeps them beside their code. */
export function mountContracts(app: App, { requires, docs, sync, nowMs }: ContractDeps): void {
	app.openapi(schema, (context) => context.json(FILE_SCHEMA, 200));

	app.openapi(read(requires), async (context) => {
		const { kpi } = context.req.valid('param');
		const file = fileOf(kpi, await readKpis(docs, context.var.principal.space));
		return file ? context.text(yamlOf(file), 200, { 'content-type': YAML }) : answerProblem(unknown(kpi));
	});

	app.openapi(write(requires), async (context) => {
		const { kpi } = context.req.valid('param');
		const { space, id: author, person } = context.var.principal;
		const file = readYaml(await context.req.text());
		if (!file.ok) return answerProblem(wrong(file.error));
		if (file.value.id !== kpi) return answerProblem(otherKpi(file.value.id, kpi));
		let refused: string | undefined;
		await sync.edit(kpisName(space), author, (doc) => {
			const commands = kpisDoc.commands(doc, person ?? (author as PersonId));
			const set = commands.setContract(file.value, new Date(nowMs()).toISOString());
			if (!set.ok) refused = set.error.sentence;
		});
		if (refused !== undefined) return answerProblem({ ...termsLeftOut, detail: refused });
		const now = fileOf(kpi, await readKpis(docs, space));
		return context.text(yamlOf(now ?? file.value), 200, { 'content-type': YAML });
	});
}

const FILE_SCHEMA = z.record(z.string(), z.json()).parse(
	JSON.parse(
		JSON.stringify({
			...core.toJSONSchema(registryFile, { io: 'input', unrepresentable: 'any' }),
			title: 'Contract of a KPI'
		})
	)
);

const unknown = (kpi: string): Problem => ({
	type: 'contract.unknown',
	title: 'No such contract',
	status: 404,
	detail: `This space has no contract of “${kpi}”. Send one with PUT.`
});

const wrong = (problems: readonly FileProblem[]): Problem => {
	const told = problems.slice(0, PROBLEMS_TOLD_MAX).map(({ line, sentence }) => `Line ${line}: ${sentence}`);
	const left = problems.length - told.length;
	return {
		type: 'contract.malformed',
		title: 'This is not a contract',
		status: 400,
		detail: `${told.join(' ')}${left > 0 ? ` And ${left} more.` : ''} Nothing was changed.`
	};
};

const otherKpi = (named: string, kpi: string): Problem => ({
	type: 'contract.other-kpi',
	title: 'The file is of another KPI',
	status: 400,
	detail: `The file’s id is “${named}”, the address is of “${kpi}”. Nothing was changed.`
});

const termsLeftOut = { type: 'contract.terms-left-out', title: 'Terms would be lost', status: 409 } as const;
