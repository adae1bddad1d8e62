import CalendarDays from '@lucide/svelte/icons/calendar-days';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import FileText from '@lucide/svelte/icons/file-text';
import Gauge from '@lucide/svelte/icons/gauge';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Milestone from '@lucide/svelte/icons/milestone';
import Users from '@lucide/svelte/icons/users';
import type { Navigation, NavEntry } from '../shell/nav.ts';
import { nadia } from './people.ts';

/** Where an invented company's shell leads, for specimens. */
const nav: readonly NavEntry[] = [
	{ id: 'week', href: '#week', label: 'This week', icon: CalendarDays, isCurrent: true },
	{ id: 'meetings', href: '#meetings', label: 'Meetings', icon: Users },
	{ id: 'actions', href: '#actions', label: 'Actions', icon: ListChecks, count: 7 },
	{ id: 'decisions', href: '#decisions', label: 'Decisions', icon: Milestone, count: 2 },
	{ id: 'kpis', href: '#kpis', label: 'KPIs', icon: Gauge, count: 3 },
	{ id: 'raci', href: '#raci', label: 'RACI', icon: Grid3x3 },
	{ id: 'packs', href: '#packs', label: 'Packs', icon: FileText },
	{ id: 'cockpit', href: '#cockpit', label: 'Cockpit', icon: LayoutDashboard }
];

export const tabs: readonly NavEntry[] = [
	...['week', 'meetings', 'kpis', 'decisions'].flatMap((id) =>
		nav.filter((entry) => entry.id === id).map((entry) => ({ ...entry, count: undefined }))
	),
	{ id: 'more', href: '#more', label: 'More', icon: Ellipsis }
];

export const navigation: Navigation = {
	space: {
		name: 'Tarn Systems',
		entries: [
			{ is: 'link', label: 'Tarn Systems', href: '#tarn', isChecked: true },
			{ is: 'link', label: 'Engineering Ops', href: '#ops', isChecked: false },
			{ is: 'separator' },
			{ label: 'New space', run: () => undefined }
		]
	},
	me: { person: nadia, detail: 'Ops Lead', entries: [{ label: 'Settings', run: () => undefined }] },
	homeHref: '#week',
	nav,
	rhythm: [
		{ id: 'ops', href: '#ops', title: 'Ops Review', cadence: 'weekly', next: 'Mon' },
		{ id: 'sec', href: '#sec', title: 'Security Standup', cadence: 'weekly', next: 'Tue' },
		{ id: 'product', href: '#product', title: 'Product Metrics', cadence: 'weekly', next: 'Wed' },
		{ id: 'sprint', href: '#sprint', title: 'Sprint Review', cadence: 'bi-weekly', next: 'Fri' },
		{ id: 'finops', href: '#finops', title: 'FinOps Review', cadence: 'monthly', next: 'Thu' },
		{ id: 'exec', href: '#exec', title: 'Exec Review', cadence: 'monthly', next: '6 Jul' },
		{ id: 'qbr', href: '#qbr', title: 'QBR', cadence: 'quarterly', next: '30 Jun' }
	],
	onfind: () => undefined
};
