import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { bearerToken } from '../http/authorise.ts';
import { isLoopback } from '../http/client-address.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problems } from '../http/problem.ts';
import { EXPOSITION_TYPE } from './exposition.ts';

export interface MetricsRoute {
	/** Who shows it may read. Without one only this machine may, and not through a proxy. */
	readonly token: string | undefined;
	readonly metrics: () => string;
}

/** `GET /metrics`, which for everybody else is not there. */
export function mountMetrics(app: App, { token, metrics }: MetricsRoute): void {
	app.get('/metrics', (context) => {
		const mayRead = token ? isSame(bearerToken(context.req.raw) ?? '', token) : isHere(context.env?.incoming);
		if (!mayRead) return answerProblem(problems.noSuchRoute);
		return context.body(metrics(), 200, { 'content-type': EXPOSITION_TYPE, 'cache-control': 'no-store' });
	});
}

/** On this machine and not in the name of somebody else: a proxy says for whom it asks. */
function isHere(incoming: IncomingMessage | undefined): boolean {
	if (!incoming || !isLoopback(incoming)) return false;
	return PROXY_HEADERS.every((name) => incoming.headers[name] === undefined);
}

const PROXY_HEADERS = [
	'x-forwarded-for',
	'x-forwarded-host',
	'x-forwarded-proto',
	'x-real-ip',
	'forwarded',
	'via'
];

/** Takes as long for a wrong token whatever is wrong with it. */
const isSame = (shown: string, expected: string): boolean => timingSafeEqual(digest(shown), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
