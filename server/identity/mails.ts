import type { Mail } from './mailer.ts';
import { oneLine } from './one-line.ts';

// What people get by mail. Each says who asked, what the link does, how long it works, and what to do when it was
// not them. Plain text: it is read everywhere, and nothing in it can be dressed up as something else.

/** Written into the mails; `library.ts` sets the same. */
export const SIGN_IN_LINK_MINUTES = 15;
export const RESET_LINK_MINUTES = 30;
export const VERIFY_LINK_HOURS = 24;

export interface LinkMail {
	readonly to: string;
	readonly link: string;
}

export const signInMail = ({ to, link }: LinkMail): Mail => ({
	to,
	subject: 'Your sign-in link for Downbeat',
	text: paragraphs(
		`Open this link to sign in to Downbeat. It works once, for ${SIGN_IN_LINK_MINUTES} minutes.`,
		link,
		'If you did not ask for it, leave it alone. Without the link nobody gets in.'
	)
});

export const resetMail = ({ to, link }: LinkMail): Mail => ({
	to,
	subject: 'Choose a new Downbeat password',
	text: paragraphs(
		`Open this link to choose a new password. It works once, for ${RESET_LINK_MINUTES} minutes.`,
		link,
		'The new password signs you out everywhere else. If you did not ask for this, leave the link alone: your ' +
			'password stays as it is.'
	)
});

export const verifyMail = ({ to, link }: LinkMail): Mail => ({
	to,
	subject: 'Confirm your address for Downbeat',
	text: paragraphs(
		`Open this link to confirm that this is your address. It works for ${VERIFY_LINK_HOURS} hours.`,
		link,
		'If you did not make a Downbeat account, leave the link alone.'
	)
});

export interface Invitation {
	readonly to: string;
	/** Title of the space. */
	readonly space: string;
	/** Name of whoever invites. */
	readonly inviter: string;
	readonly link: string;
	/** What they will be there: “editor”. */
	readonly role: string;
}

export function invitationMail({ to, space, inviter, link, role }: Invitation): Mail {
	const [title, name] = [oneLine(space), oneLine(inviter)];
	return {
		to,
		subject: `${name} invites you to ${title}`,
		text: paragraphs(
			`${name} invites you to work in ${title} on Downbeat, as ${article(role)} ${oneLine(role)}.`,
			link,
			`If you do not know ${name}, leave the link alone.`
		)
	};
}

const article = (word: string): string => (/^[aeiou]/i.test(word) ? 'an' : 'a');

const paragraphs = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`;
