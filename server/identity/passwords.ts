/** NIST SP 800-63B asks for 8 at the least, and 15 where a password is all there is; guessing is limited here. */
export const PASSWORD_LENGTH_MIN = 10;
/** Protects the hash from a pasted page. */
export const PASSWORD_LENGTH_MAX = 128;

/** Whose password it is to be. */
export interface PasswordOwner {
	readonly email: string;
	readonly name: string;
}

/** What is wrong with a password somebody chose, as a sentence; undefined when it may be taken. */
export function passwordFault(password: string, owner: PasswordOwner): string | undefined {
	const length = [...password].length;
	if (length < PASSWORD_LENGTH_MIN) return `Use at least ${PASSWORD_LENGTH_MIN} characters.`;
	if (password.length > PASSWORD_LENGTH_MAX) return `Use at most ${PASSWORD_LENGTH_MAX} characters.`;
	const plain = simplified(password);
	const own = [owner.email, owner.email.split('@')[0] ?? '', owner.name].map(simplified);
	if (own.includes(plain)) return 'Choose something other than your name or your e-mail address.';
	if (COMMON.has(plain) || isRun(plain)) return 'Choose something that fewer people would think of.';
	return undefined;
}

const simplified = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** One letter over and over, or letters and digits in order, either way: 1111111111, abcdefghij, 9876543210. */
function isRun(text: string): boolean {
	const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
	const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
	const [step] = steps;
	return steps.size === 1 && Math.abs(step ?? 0) <= 1;
}

/** The most frequent ones of ten characters and more in published leaks (NIST SP 800-63B, 5.1.1.2). */
const COMMON = new Set([
	'1234567890',
	'12345678910',
	'123456789a',
	'0123456789',
	'0987654321',
	'1q2w3e4r5t',
	'1qaz2wsx3edc',
	'qwertyuiop',
	'qwerty12345',
	'qwerty123456',
	'qwertyuiop123',
	'asdfghjkl123',
	'asdfghjkl1',
	'zxcvbnm123',
	'password12',
	'password123',
	'password1234',
	'password12345',
	'passw0rd123',
	'p@ssword123',
	'p@ssw0rd123',
	'iloveyou12',
	'iloveyou123',
	'letmein1234',
	'welcome123',
	'welcome1234',
	'admin12345',
	'administrator',
	'changeme123',
	'football123',
	'sunshine123',
	'princess123',
	'downbeat123',
	'downbeat1234'
]);
