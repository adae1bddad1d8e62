import { isSegment, SEGMENT_RULE, type SentPoint } from '#lib/domain/points.ts';
import { zoneClock, type ZoneClock } from '#lib/domain/series-calendar.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { REASONS_MAX } from './limits.ts';

/** What a reader found, before anybody knows whether it is a point. `at` undefined: now. */
export interface RawRow {
	readonly at: unknown;
	readonly value: unknown;
	readonly segment: unknown;
}

/** `row`: where it stood, from 1. */
export type ReadPoint = SentPoint & { readonly row: number };

export interface RowReason {
	readonly row: number;
	readonly reason: string;
}

/** Everything that one run read. `reasons` are the first of what is `rejected`. */
export interface Reading {
	readonly rows: number;
	readonly points: readonly ReadPoint[];
	readonly rejected: number;
	readonly reasons: readonly RowReason[];
}

export interface RowRules {
	/** Of times without one. Undefined: such times are refused. */
	readonly zone: string | undefined;
	readonly nowMs: number;
}

/** Takes rows one by one, and keeps for each that is no point where it stood and why. */
export class RowReader {
	readonly #clock: ZoneClock | undefined;
	readonly #now: string;
	readonly #points: ReadPoint[] = [];
	readonly #reasons: RowReason[] = [];
	#rows = 0;

	constructor({ zone, nowMs }: RowRules) {
		this.#clock = zone === undefined ? undefined : zoneClock(zone);
		this.#now = new Date(nowMs).toISOString();
	}

	get rows(): number {
		return this.#rows;
	}

	take(raw: RawRow): void {
		const row = ++this.#rows;
		const read = this.#read(raw);
		if (read.ok) this.#points.push({ row, ...read.value });
		else if (this.#reasons.length < REASONS_MAX) this.#reasons.push({ row, reason: read.error });
	}

	reading(): Reading {
		const rejected = this.#rows - this.#points.length;
		return { rows: this.#rows, points: this.#points, rejected, reasons: this.#reasons };
	}

	#read(raw: RawRow): Result<SentPoint, string> {
		if (raw.at === null) return refuse('The row has no time.');
		const at = raw.at === undefined ? ok(this.#now) : instantOf(raw.at, this.#clock);
		if (!at.ok) return at;
		const value = numberOf(raw.value);
		if (!value.ok) return value;
		const segment = segmentOf(raw.segment);
		if (!segment.ok) return segment;
		return ok({ at: at.value, value: value.value, ...(segment.value && { segment: segment.value }) });
	}
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(?:nan|inf(?:inity)?)$/i;

function numberOf(value: unknown): Result<number, string> {
	if (value === undefined) return refuse('The row has no value.');
	if (value === null) return refuse('The value is empty (null).');
	const text = typeof value === 'string' ? value.trim() : undefined;
	const number = text !== undefined && NUMBER.test(text) ? Number(text) : value;
	if (typeof number === 'number' && Number.isFinite(number)) return ok(number);
	if (typeof number === 'number' || NOT_FINITE.test(text ?? '') || NUMBER.test(text ?? ''))
		return refuse(`The value is ${shown(value)}, which is no finite number.`);
	return refuse(`The value is ${shown(value)}, not a number.`);
}

function segmentOf(segment: unknown): Result<string | undefined, string> {
	if (segment === undefined || segment === null || segment === '') return ok(undefined);
	const text = typeof segment === 'number' ? String(segment) : segment;
	return typeof text === 'string' && isSegment(text) ? ok(text) : refuse(SEGMENT_RULE);
}

const MOMENT =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?\s?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

/** Epoch seconds have up to 10 digits until the year 2286; longer numbers are milliseconds. */
const EPOCH_SECONDS_MAX = 1e11;
const EPOCH = /^\d{9,14}(?:\.\d+)?$/;

function instantOf(at: unknown, clock: ZoneClock | undefined): Result<string, string> {
	const text = typeof at === 'string' ? at.trim() : '';
	if (typeof at === 'number' || EPOCH.test(text)) return epochInstant(Number(at));
	const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] =
		MOMENT.exec(text) ?? [];
	if (year === undefined || month === undefined || day === undefined)
		return refuse(
			`The time is ${shown(at)}. It must be such as 2026-06-08T10:05:00Z, or a number of seconds since 1970.`
		);
	const asUtc = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
	const utcMs = Date.parse(`${asUtc}Z`);
	if (Number.isNaN(utcMs) || new Date(utcMs).toISOString().slice(0, asUtc.length) !== asUtc)
		return refuse(`The time ${shown(at)} is on no calendar.`);
	const fractionMs = Math.floor(Number(`0${fraction}`) * 1000);
	if (zone !== undefined) return ok(new Date(utcMs - offsetMs(zone) + fractionMs).toISOString());
	if (!clock)
		return refuse(
			`The time ${shown(at)} has no zone. Set the source’s time zone, or let the query give one.`
		);
	const wall = {
		year: Number(year),
		month: Number(month),
		day: Number(day),
		hour: Number(hour),
		minute: Number(minute),
		second: Number(second)
	};
	return ok(new Date(clock.instantOf(wall) * 1000 + fractionMs).toISOString());
}

function epochInstant(epoch: number): Result<string, string> {
	const date = new Date(epoch < EPOCH_SECONDS_MAX ? Math.round(epoch * 1000) : epoch);
	const isDate = !Number.isNaN(date.getTime()) && epoch >= 0;
	return isDate ? ok(date.toISOString()) : refuse(`The time ${epoch} is on no calendar.`);
}

function offsetMs(zone: string): number {
	const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
	const MINUTE_MS = 60_000;
	return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes)) * MINUTE_MS;
}

const SHOWN_LENGTH_MAX = 40;

/** What stood there, short enough for a sentence. */
function shown(value: unknown): string {
	const text = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? String(typeof value));
	const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed();
	return line.length <= SHOWN_LENGTH_MAX ? line : `${line.slice(0, SHOWN_LENGTH_MAX - 1).toWellFormed()}…`;
}
