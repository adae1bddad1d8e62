import { SOURCES_PER_SPACE_MAX } from '#lib/domain/source.ts';
import type { Problem } from '../http/problem.ts';
import type { NotRun } from './sources.ts';

export const unknownSource: Problem = {
	type: 'source.unknown',
	title: 'No such source',
	status: 404,
	detail: 'Somebody has removed it, or it never was. Look at the list again.'
};

export const tooManySources: Problem = {
	type: 'source.too-many',
	title: 'Too many sources',
	status: 409,
	detail: `A space has at most ${SOURCES_PER_SPACE_MAX} sources. Remove one that is not needed.`
};

export const otherPlace: Problem = {
	type: 'source.other-place',
	title: 'Give the secret again',
	status: 422,
	detail: 'The secret was given for another address. Give it again for this one, or none.'
};

const NOT_RUN: Record<NotRun['code'], Problem> = {
	'source.unknown': unknownSource,
	'source.running': {
		type: 'source.running',
		title: 'It is running',
		status: 409,
		detail: 'The source is being read just now. Wait for it; that takes 10 seconds at most.'
	},
	'source.busy': {
		type: 'source.busy',
		title: 'Too many sources at once',
		status: 503,
		detail: 'Too many sources wait to be read. Nothing was read. Try again in a minute.'
	},
	'source.stopping': {
		type: 'source.stopping',
		title: 'The server is being stopped',
		status: 503,
		detail: 'Nothing was read. Try again when the server is back.'
	}
};

export const notRun = ({ code }: NotRun): Problem => NOT_RUN[code];
