/**
 * The world does not let the server start, or a command run: a port in use, a folder that cannot be written. Its
 * message is one or two sentences for the operator, saying what is wrong and what to do; it is shown alone,
 * without a stack trace.
 */
export class StartRefused extends Error {
	override readonly name = 'StartRefused';
}
