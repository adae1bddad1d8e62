/** A newer app has written what this device keeps. This one would harm it, and leaves it as it is. */
export class NewerStorage extends Error {
	override readonly name = 'NewerStorage';

	constructor() {
		super('What this device keeps was written by a newer Downbeat.');
	}
}
