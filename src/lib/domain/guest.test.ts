import { expect, test } from 'vitest';
import { guestFragment, readGuestFragment } from './guest.ts';

test('a guest link carries its secret and a title, whatever is in the title', () => {
	for (const title of ['Weekly Ops Review', 'A/B, 50 % & “more” #1', '']) {
		expect(readGuestFragment(guestFragment('dbg_x', title))).toEqual({ secret: 'dbg_x', title });
	}
});

test('a link that was cut off still opens', () => {
	expect(readGuestFragment('dbg_x/caf%C3')).toEqual({ secret: 'dbg_x', title: '' });
});
