import * as z from 'zod/mini';
import { sourceConnector, type SourceConnector, type SourceKind } from '#lib/domain/source.ts';

// What the form of a source holds, as its fields hold it: all of them text. What somebody typed for one kind stays
// while they look at another.

export interface SourceForm {
	readonly kpi: string;
	readonly name: string;
	readonly kind: SourceKind;
	readonly schedule: string;
	readonly secret: string;
	readonly url: string;
	readonly signIn: 'bearer' | 'basic' | 'header';
	readonly user: string;
	readonly header: string;
	readonly rows: string;
	readonly at: string;
	readonly value: string;
	readonly segment: string;
	readonly query: string;
	readonly step: string;
	readonly label: string;
	readonly host: string;
	readonly port: string;
	readonly database: string;
	readonly databaseUser: string;
	readonly tls: 'verify' | 'require' | 'off';
	readonly file: string;
}

/** Which field is wrong, and what to do about it. */
export type FormErrors = Partial<Record<keyof SourceForm | 'form', string>>;

export const EMPTY_FORM: SourceForm = {
	kpi: '',
	name: '',
	kind: 'prometheus',
	schedule: '*/5 * * * *',
	secret: '',
	url: '',
	signIn: 'bearer',
	user: '',
	header: '',
	rows: '$[*]',
	at: '',
	value: '$.value',
	segment: '',
	query: '',
	step: '300',
	label: '',
	host: '',
	port: '5432',
	database: '',
	databaseUser: '',
	tls: 'verify',
	file: ''
};

/** The schedules that are offered; any other is typed as cron. */
export const SCHEDULES: readonly { readonly value: string; readonly label: string }[] = [
	{ value: '* * * * *', label: 'Every minute' },
	{ value: '*/5 * * * *', label: 'Every 5 minutes' },
	{ value: '0 * * * *', label: 'Every hour' },
	{ value: '0 6 * * *', label: 'Every day at 6:00' },
	{ value: '0 6 * * 1', label: 'Mondays at 6:00' },
	{ value: '0 6 1 * *', label: 'On the first of the month at 6:00' }
];

/** “Every hour”; cron as it is when it is none of those offered. */
export const scheduleWords = (schedule: string): string =>
	SCHEDULES.find(({ value }) => value === schedule)?.label ?? schedule;

/**
 * The connector that the fields describe. Settings that have no field (headers, how far a run looks back) are those of
 * `before`. Refused: each wrong field with what to do.
 */
export function connectorOf(
	form: SourceForm,
	before?: SourceConnector
):
	| { readonly ok: true; readonly connector: SourceConnector }
	| { readonly ok: false; readonly errors: FormErrors } {
	const kept = before?.kind === form.kind ? before.settings : {};
	const parsed = z.safeParse(sourceConnector, {
		kind: form.kind,
		settings: { ...kept, ...settingsOf(form) }
	});
	if (parsed.success) return { ok: true, connector: parsed.data };
	const errors: FormErrors = {};
	for (const { path, message } of parsed.error.issues) {
		const field = fieldOf(path);
		// What is no number has no rule of its own to say.
		errors[field] ??= field === 'step' || field === 'port' ? 'Give a whole number.' : message;
	}
	return { ok: false, errors };
}

/** The form of a source that is there. Its secret is not known here: an empty one leaves it as it is. */
export function formOf(source: {
	readonly kpi: string;
	readonly name: string;
	readonly schedule: string;
	readonly connector: SourceConnector;
}): SourceForm {
	const { kpi, name, schedule, connector } = source;
	const form = { ...EMPTY_FORM, kpi, name, schedule, kind: connector.kind };
	switch (connector.kind) {
		case 'json':
		case 'prometheus': {
			const { auth } = connector.settings;
			const signIn = {
				signIn: auth.as,
				user: auth.as === 'basic' ? auth.user : '',
				header: auth.as === 'header' ? auth.name : ''
			};
			if (connector.kind === 'json') {
				const { url, rows, at = '', value, segment = '' } = connector.settings;
				return { ...form, ...signIn, url, rows, at, value, segment };
			}
			const { url, query, step, segmentLabel: label = '' } = connector.settings;
			return { ...form, ...signIn, url, query, step: String(step), label };
		}
		case 'postgresql': {
			const { host, port, database, user, tls, query } = connector.settings;
			return { ...form, host, port: String(port), database, databaseUser: user, tls, query };
		}
		case 'sqlite':
			return { ...form, file: connector.settings.file, query: connector.settings.query };
	}
}

function settingsOf(form: SourceForm): Readonly<Record<string, unknown>> {
	const filled = (text: string) => text.trim() || undefined;
	const auth =
		form.signIn === 'basic'
			? { as: 'basic', user: form.user.trim() }
			: form.signIn === 'header'
				? { as: 'header', name: form.header.trim() }
				: { as: 'bearer' };
	switch (form.kind) {
		case 'json':
			return {
				url: form.url.trim(),
				auth,
				rows: filled(form.rows),
				at: filled(form.at),
				value: filled(form.value),
				segment: filled(form.segment)
			};
		case 'prometheus':
			return {
				url: form.url.trim(),
				auth,
				query: form.query,
				step: Number(form.step),
				segmentLabel: filled(form.label)
			};
		case 'postgresql':
			return {
				host: form.host.trim(),
				port: Number(form.port),
				database: form.database.trim(),
				user: form.databaseUser.trim(),
				tls: form.tls,
				query: form.query
			};
		case 'sqlite':
			return { file: form.file.trim(), query: form.query };
	}
}

const FIELDS: Readonly<Record<string, keyof SourceForm>> = {
	segmentLabel: 'label',
	'auth.user': 'user',
	'auth.name': 'header'
};

/** The field that shows what is wrong at `path` of a connector; the whole form when none does. */
function fieldOf(path: readonly PropertyKey[]): keyof FormErrors {
	const [, ...within] = path.map(String);
	const name = within.join('.');
	if (path.length > 1 && name === 'user') return 'databaseUser';
	const field = FIELDS[name] ?? name;
	return field in EMPTY_FORM ? (field as keyof SourceForm) : 'form';
}
