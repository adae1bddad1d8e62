import { acknowledged } from './measures/acknowledged.ts';
import { awareness } from './measures/awareness.ts';
import { bytes } from './measures/bytes.ts';
import { fanOut } from './measures/fan-out.ts';
import { hostile } from './measures/hostile.ts';
import { idleMemory } from './measures/idle-memory.ts';
import { herd, join } from './measures/join.ts';
import { loss } from './measures/loss.ts';
import { throughput } from './measures/throughput.ts';
import { atLeast, atMost, type Outcome, type Verdict } from './outcome.ts';
import type { Trial } from './trial.ts';

export interface Measure {
	readonly name: string;
	readonly title: string;
	readonly about: string;
	/** How often each server takes its turn. */
	readonly rounds: number;
	readonly trial: Trial;
	/** What the table shows: the name of a number, and its heading. */
	readonly columns: Readonly<Record<string, string>>;
	readonly verdicts: (outcome: Outcome) => readonly Verdict[];
}

const TYPISTS = { '10': 1, '100': 5, '300': 10 };

export const measures: readonly Measure[] = [
	{
		name: 'fan-out',
		title: 'Fan-out',
		about:
			'One document; people in it / how many of them type, ten characters a second each. Server CPU in ms per 1,000 delivered characters; latency in ms from the keystroke to each of the others.',
		rounds: 3,
		trial: fanOut,
		columns: Object.fromEntries(
			(['10', '100', '300'] as const).flatMap((people) =>
				['cpu', 'p50', 'p99'].map((key) => [`${people}.${key}`, `${people}/${TYPISTS[people]} ${key}`])
			)
		),
		verdicts: (of) => [
			atMost(
				'100/5 CPU beside the best peer with storage',
				of.of('ours', '100.cpu') / of.lowest('100.cpu', true),
				0.6
			),
			atMost('100/5 CPU beside the floor', of.of('ours', '100.cpu') / of.of('floor', '100.cpu'), 1.25),
			atMost('100/5 p50 beside the best peer', of.of('ours', '100.p50') / of.lowest('100.p50'), 0.9),
			atMost('100/5 p99 beside the best peer', of.of('ours', '100.p99') / of.lowest('100.p99'), 1)
		]
	},
	{
		name: 'throughput',
		title: 'Throughput',
		about:
			'Characters a second, of all together, before p95 exceeds 100 ms; documents × people, all of whom type. “load” is how busy the measuring process was at that rate: near 1 it is what gave out, and the server can do more.',
		rounds: 3,
		trial: throughput,
		columns: { '1x50': '1 × 50', '1x50.load': 'load', '100x3': '100 × 3', '100x3.load': 'load' },
		verdicts: (of) => [
			atLeast('1 × 50 beside the best peer', of.of('ours', '1x50') / of.highest('1x50'), 1.5),
			atLeast('100 × 3 beside the best peer', of.of('ours', '100x3') / of.highest('100x3'), 1.5)
		]
	},
	{
		name: 'awareness',
		title: 'Awareness storm',
		about:
			'100 people move their carets ten times a second, four of them type. Server CPU in ms per second; p95 of the typing in ms; megabytes a second sent to all of them.',
		rounds: 3,
		trial: awareness,
		columns: { cpu: 'CPU', p95: 'typing p95', 'MB/s': 'MB/s' },
		verdicts: (of) => [
			atMost('typing p95 meanwhile', of.of('ours', 'p95'), 10, ' ms'),
			atMost('CPU beside the best peer', of.of('ours', 'cpu') / of.lowest('cpu'), 0.2)
		]
	},
	{
		name: 'join',
		title: 'Cold join',
		about:
			'From the connection to the answer that ends the exchange, in ms, after everybody left and the server was started again; the median of three documents each. 10,000 and 100,000 characters typed one by one by eight people; 5 MB pasted. The floor sends as many bytes at once.',
		rounds: 1,
		trial: join,
		columns: { '10k': '10k typed', '100k': '100k typed', '5M': '5 MB' },
		verdicts: (of) =>
			['10k', '100k', '5M'].flatMap((size) => [
				atMost(`${size} beside the best peer`, of.of('ours', size) / of.lowest(size), 0.3),
				atMost(`${size} beside sending the bytes`, of.of('ours', size) / of.of('floor', size), 1.2)
			])
	},
	{
		name: 'herd',
		title: 'Herd',
		about:
			'100 people open the same megabyte at once (cold, where there is storage): ms until the last one has it, and MiB of memory at the peak above what the server had before.',
		rounds: 3,
		trial: herd,
		columns: { last: 'last one ready', extra: 'extra memory' },
		verdicts: (of) => [
			atMost('last one ready beside the best peer', of.of('ours', 'last') / of.lowest('last'), 0.5),
			atMost('extra memory', of.of('ours', 'extra'), 20, ' MiB')
		]
	},
	{
		name: 'memory',
		title: 'Memory',
		about:
			'KiB per idle connection, 900 of them, each in a document of its own or all in one, on a server that a hundred warmed; garbage is collected first. “after”: resident memory after all have left beside the start.',
		rounds: 1,
		trial: idleMemory,
		columns: { own: 'own document', shared: 'shared', after: 'after / start', start: 'start (MiB)' },
		verdicts: (of) => [
			atMost('own document beside the best peer', of.of('ours', 'own') / of.lowest('own'), 0.5),
			atMost('shared beside the best peer', of.of('ours', 'shared') / of.lowest('shared'), 0.5),
			atMost('after leaving beside the start', of.of('ours', 'after'), 1.1)
		]
	},
	{
		name: 'bytes',
		title: 'Bytes',
		about:
			'Per typed character, websocket headers included: up, down to each reader, and back to its author.',
		rounds: 1,
		trial: bytes,
		columns: { up: 'up', down: 'down', back: 'back' },
		verdicts: (of) => [
			atMost('up beside the relay, which adds nothing', of.of('ours', 'up') / of.of('floor', 'up'), 1),
			atMost('down beside the relay', of.of('ours', 'down') / of.of('floor', 'down'), 1)
		]
	},
	{
		name: 'ack',
		title: 'Acknowledgement',
		about:
			'Ten people type ten characters a second each: ms until the author knows. Downbeat says so when it is on the disk; Hocuspocus when it is applied, seconds before it is stored. The others say nothing.',
		rounds: 3,
		trial: acknowledged,
		columns: { p50: 'p50', p95: 'p95', p99: 'p99' },
		verdicts: (of) => [atMost('durable and acknowledged, p95', of.of('ours', 'p95'), 20, ' ms')]
	},
	{
		name: 'hostile',
		title: 'Hostile input',
		about:
			'Four of twenty type; meanwhile one more sends 200 messages a second that are cut short or random, and 32 MB at once now and then. p99 in ms without and with them; per cent of the typing that arrived; whether the process lived; memory beside before.',
		rounds: 3,
		trial: hostile,
		columns: {
			calm: 'calm',
			p99: 'hostile',
			ratio: 'ratio',
			delivered: 'arrived %',
			alive: 'lived',
			memory: 'memory'
		},
		verdicts: (of) => [
			atMost('others’ p99 beside calm', of.of('ours', 'ratio'), 2),
			atLeast('the process lives', of.of('ours', 'alive'), 1, ''),
			atMost('memory returns', of.of('ours', 'memory'), 1.1)
		]
	},
	{
		name: 'loss',
		title: 'Loss',
		about:
			'kill -9 while six people type: of the characters that others had seen, or that were acknowledged, how many are gone after the next start.',
		rounds: 1,
		trial: loss,
		columns: {
			trials: 'kills',
			seen: 'seen',
			lostSeen: 'of them lost',
			acknowledged: 'acknowledged',
			lostAcknowledged: 'of them lost'
		},
		verdicts: (of) => [
			atMost(
				'lost though seen or acknowledged',
				of.sumOf('ours', 'lostSeen') + of.sumOf('ours', 'lostAcknowledged'),
				0,
				''
			)
		]
	}
];
