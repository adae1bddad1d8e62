import { expect, type Downbeat } from './downbeat.ts';

/** A measured value; `at` is an ISO instant. */
export interface SentPoint {
	readonly at: string;
	readonly value: number;
}

/** Sends points as a system would; one for an instant that has one corrects it. `key`: opens the space. */
export async function sendPoints(
	downbeat: Downbeat,
	{ space, key, kpi }: { readonly space: string; readonly key: string; readonly kpi: string },
	points: readonly SentPoint[]
): Promise<void> {
	const answer = await fetch(`${downbeat.url}/api/v1/spaces/${space}/kpis/${kpi}/points`, {
		method: 'POST',
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		body: JSON.stringify({ points })
	});
	expect(answer.status).toBe(200);
}
