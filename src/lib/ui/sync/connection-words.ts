import type { ConnectionFacts } from '#lib/domain/connection.ts';
import { counted } from '#lib/domain/words.ts';

/** One part of the way between this device and the team: how it is, and what may be done. */
export interface ConnectionFinding {
	readonly isGood: boolean;
	readonly title: string;
	/** Empty when there is nothing to say. */
	readonly body: string;
}

/** What is said wherever documents go by requests. */
export const BY_REQUESTS =
	'Something between here and the server does not let live connections through. Downbeat syncs by ordinary requests ' +
	'instead: a little slower, nothing is lost.';

/** Less is no trouble to anybody: seconds are only shown in meetings, and those go by the server. */
const CLOCK_OFF_MS = 30_000;

/** The parts in order, nearest to the server first. `host`: where the app is from. */
export function connectionFindings(facts: ConnectionFacts, host: string): readonly ConnectionFinding[] {
	return [serverFinding(facts), liveFinding(facts, host), clockFinding(facts), storageFinding(facts)];
}

function serverFinding({ answersInMs }: ConnectionFacts): ConnectionFinding {
	if (answersInMs !== undefined)
		return { isGood: true, title: `The server answers in ${Math.round(answersInMs)} ms`, body: '' };
	return {
		isGood: false,
		title: 'The server does not answer',
		body: 'Look whether this device is online. If other sites open, tell who runs Downbeat. What you write is kept here and goes out by itself.'
	};
}

function liveFinding({ live, answersInMs }: ConnectionFacts, host: string): ConnectionFinding {
	switch (live) {
		case 'live':
			return { isGood: true, title: 'The live connection is open', body: '' };
		case 'requests':
			return {
				isGood: false,
				title: 'No live connection',
				body: `Whoever runs this network, or the proxy before Downbeat, can let websockets through to ${host}. It is tried again every few minutes.`
			};
		case 'none':
			return {
				isGood: false,
				title: 'No live connection yet',
				body: answersInMs === undefined ? '' : 'It is tried again by itself. If it stays so, reload the page.'
			};
	}
}

function clockFinding({ clockAheadMs }: ConnectionFacts): ConnectionFinding {
	if (clockAheadMs === undefined)
		return { isGood: true, title: 'The clock is compared once the server answers', body: '' };
	const isAhead = clockAheadMs > 0;
	const offMs = Math.abs(clockAheadMs);
	if (offMs < CLOCK_OFF_MS)
		return { isGood: true, title: 'This device’s clock and the server’s agree', body: '' };
	const off =
		offMs < 90_000
			? counted(Math.round(offMs / 1_000), 'second')
			: counted(Math.round(offMs / 60_000), 'minute');
	return {
		isGood: false,
		title: `This device’s clock is ${off} ${isAhead ? 'ahead' : 'behind'}`,
		body: 'Downbeat goes by the server’s time, so nothing is wrong here. Let the device set its clock by itself.'
	};
}

function storageFinding({ isStorageKept }: ConnectionFacts): ConnectionFinding {
	if (isStorageKept)
		return { isGood: true, title: 'The browser keeps what Downbeat keeps on this device', body: '' };
	return {
		isGood: false,
		title: 'The browser may clear what is kept on this device',
		body: 'It does so when space runs short, or after weeks without a visit. What is with the team is safe. Install Downbeat as an app to have it kept here.'
	};
}
