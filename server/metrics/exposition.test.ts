import { expect, test } from 'vitest';
import { Exposition } from './exposition.ts';
import { Histogram } from './histogram.ts';
import { HttpMeter } from './http-meter.ts';

test('numbers stand in the text format, labels escaped', () => {
	const to = new Exposition();
	to.gauge('open', 'Open now.', 3);
	to.counter('refused_total', 'By why.', [
		[{ reason: 'a"b\\c\nd' }, 2],
		[{ reason: 'plain' }, 0]
	]);
	expect(to.toString()).toBe(
		[
			'# HELP open Open now.',
			'# TYPE open gauge',
			'open 3',
			'# HELP refused_total By why.',
			'# TYPE refused_total counter',
			'refused_total{reason="a\\"b\\\\c\\nd"} 2',
			'refused_total{reason="plain"} 0',
			''
		].join('\n')
	);
});

test('a histogram counts what is at or under each bound, and all', () => {
	const histogram = new Histogram([1, 2]);
	for (const value of [0.5, 1, 1.5, 3]) histogram.observe(value);
	const to = new Exposition();
	to.histograms('took_seconds', 'How long.', [[{ route: '/x' }, histogram]]);
	expect(to.toString().split('\n').slice(2)).toEqual([
		'took_seconds_bucket{route="/x",le="1"} 2',
		'took_seconds_bucket{route="/x",le="2"} 3',
		'took_seconds_bucket{route="/x",le="+Inf"} 4',
		'took_seconds_sum{route="/x"} 6',
		'took_seconds_count{route="/x"} 4',
		''
	]);
	expect(histogram.count).toBe(4);
});

test('methods that a caller makes up are one series', () => {
	const meter = new HttpMeter();
	for (const method of ['BREW', 'BREW2', 'GET'])
		meter.answered({ method, route: 'files', status: 404, ms: 1 });
	expect(meter.answers().map(([labels]) => labels['method'])).toEqual(['other', 'GET']);
});
