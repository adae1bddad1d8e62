import { expect, test } from 'vitest';
import { connectorOf, EMPTY_FORM, formOf, scheduleWords, type SourceForm } from './source-form.ts';

const filled: Record<SourceForm['kind'], Partial<SourceForm>> = {
	json: {
		url: 'https://numbers.example/api',
		rows: '$.rows[*]',
		at: '$.day',
		value: '$.count',
		segment: '$.region'
	},
	prometheus: {
		url: 'https://prometheus.example',
		signIn: 'basic',
		user: 'reader',
		query: 'up',
		step: '60',
		label: 'instance'
	},
	postgresql: {
		host: 'db.example',
		port: '6432',
		database: 'sales',
		databaseUser: 'reader',
		tls: 'require',
		query: 'select 1 as value'
	},
	sqlite: { file: 'sales/orders.db', query: 'select 1 as value' }
};

test.each(['json', 'prometheus', 'postgresql', 'sqlite'] as const)(
	'what is filled in for %s comes back as it was',
	(kind) => {
		const form = { ...EMPTY_FORM, ...filled[kind], kpi: 'mttr', name: 'A source', kind };
		const made = connectorOf(form);
		if (!made.ok) throw new Error(JSON.stringify(made.errors));
		const { kpi, name, schedule } = form;
		expect(formOf({ kpi, name, schedule, connector: made.connector })).toEqual(form);
	}
);

test.each([
	[{ kind: 'prometheus' as const, url: 'ftp://x', query: 'up' }, 'url', /begins with https/],
	[{ kind: 'prometheus' as const, url: 'https://x.example', query: ' ' }, 'query', /Give a query/],
	[
		{ kind: 'prometheus' as const, url: 'https://x.example', query: 'up', step: 'soon' },
		'step',
		/whole number/
	],
	[
		{ kind: 'prometheus' as const, url: 'https://x.example', query: 'up', label: '9a' },
		'label',
		/no digit first/
	],
	[
		{ kind: 'json' as const, url: 'https://x.example', signIn: 'basic' as const },
		'user',
		/name that goes with the password/
	],
	[{ kind: 'json' as const, url: 'https://x.example', at: 'day' }, 'at', /JSONPath/],
	[{ ...filled.postgresql, kind: 'postgresql' as const, databaseUser: '' }, 'databaseUser', /database user/],
	[{ kind: 'sqlite' as const, file: '../secret', query: 'select 1' }, 'file', /within the folder/]
])('%j: %s says what to do', (typed, field, words) => {
	const made = connectorOf({ ...EMPTY_FORM, ...typed });
	expect(made.ok ? {} : made.errors).toHaveProperty(field, expect.stringMatching(words));
});

test('settings without a field stay as they were, and those of another kind go', () => {
	const before = connectorOf({ ...EMPTY_FORM, ...filled.prometheus, kind: 'prometheus' });
	if (!before.ok || before.connector.kind !== 'prometheus') throw new Error('it was refused');
	const connector = { ...before.connector, settings: { ...before.connector.settings, lookback: 3_600 } };
	const after = connectorOf(
		{ ...formOf({ kpi: '', name: '', schedule: '', connector }), query: 'down' },
		connector
	);
	expect(after).toMatchObject({ ok: true, connector: { settings: { query: 'down', lookback: 3_600 } } });
	const other = connectorOf({ ...EMPTY_FORM, ...filled.sqlite, kind: 'sqlite' }, connector);
	expect(other).not.toMatchObject({ connector: { settings: { lookback: 3_600 } } });
});

test('a schedule is told in words, and cron that nobody named as it is', () => {
	expect(scheduleWords('0 * * * *')).toBe('Every hour');
	expect(scheduleWords('7 3 * * 2')).toBe('7 3 * * 2');
});
