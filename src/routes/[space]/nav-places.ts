import CalendarDays from '@lucide/svelte/icons/calendar-days';
import Gauge from '@lucide/svelte/icons/gauge';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Milestone from '@lucide/svelte/icons/milestone';
import Users from '@lucide/svelte/icons/users';
import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { NavEntry } from '#lib/ui/shell/nav.ts';
import { hrefOf } from './places.ts';

/** The places of a space, in the order of the side bar, with what waits in each for this person. */
export function placesOf(space: SpaceSession): readonly NavEntry[] {
	const mine = space.records.of('actions').filter(({ isOpen, owner }) => isOpen && owner === space.me.id);
	const waiting = space.records.of('decisions').filter(({ isOpen }) => isOpen);
	const of = (kind: string) => hrefOf(space.id, { kind });
	return [
		{ id: 'home', href: hrefOf(space.id), label: 'This week', icon: CalendarDays },
		{ id: 'meeting', href: of('meeting'), label: 'Meetings', icon: Users },
		{ id: 'actions', href: of('actions'), label: 'Actions', icon: ListChecks, count: mine.length },
		{ id: 'decisions', href: of('decisions'), label: 'Decisions', icon: Milestone, count: waiting.length },
		{ id: 'kpis', href: of('kpis'), label: 'KPIs', icon: Gauge },
		{ id: 'raci', href: of('raci'), label: 'RACI', icon: Grid3x3 },
		{ id: 'scoreboard', href: of('scoreboard'), label: 'Scoreboard', icon: LayoutDashboard }
	];
}
