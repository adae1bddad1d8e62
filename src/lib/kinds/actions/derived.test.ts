import { expect, test } from 'vitest';
import { meet, two } from '../../../../tests/contracts/replicas.ts';
import type { RowId } from '#lib/domain/id.ts';
import { actionsKind } from './kind.ts';
import { rivalMoves, standingOf } from './standing.ts';

const panel = 'a-panel' as RowId;
const AT = '2026-06-08T10:30:00.000Z';

test('of two due dates set apart the review is told the one that stands, and a choice settles it for both', () => {
	const { derived } = actionsKind;
	const place = `actions/${panel}/due` as const;
	const [ada, bob] = two(actionsKind);
	ada.commands.reschedule(panel, '2026-06-16', AT);
	bob.commands.reschedule(panel, '2026-06-19', AT);
	meet(ada, bob);
	expect(derived?.standing(ada.value, place)).toEqual({ value: '2026-06-19' });
	expect(derived?.choose(ada.commands, { place, value: '2026-06-16', at: AT })).toBe(true);
	meet(ada, bob);
	for (const { value } of [ada, bob]) {
		const standing = standingOf(value, panel);
		expect(standing?.due).toBe('2026-06-16');
		expect(standing && rivalMoves(standing)).toEqual([]);
	}
	expect(derived?.standing(ada.value, `actions/${panel}/owner`)).toBeUndefined();
	expect(derived?.choose(ada.commands, { place: `actions/${panel}/owner`, value: 'p', at: AT })).toBe(false);
});
