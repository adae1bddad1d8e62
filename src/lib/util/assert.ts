/** Our own code is wrong. Never caught to be shown politely: the page or the process says so and stops. */
export class AssertionError extends Error {
	override readonly name = 'AssertionError';
}

/** Throws `AssertionError` unless `condition` holds. One claim each, with the values in the message. */
export function assert(condition: unknown, message: string): asserts condition {
	if (!condition) throw new AssertionError(message);
}

/** For the end of a switch over a union: does not compile while a member is unhandled. */
export function unreachable(value: never): never {
	throw new AssertionError(`unreachable: ${String(value)}`);
}
