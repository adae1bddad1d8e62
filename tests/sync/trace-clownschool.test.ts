import { test } from 'vitest';
import { replay } from './replay.ts';

// Files of their own: the sessions are long, and files run side by side.

test(
	'the trace clownschool ends as it ended, through cuts and reopened tabs',
	() => replay('clownschool'),
	400_000
);
