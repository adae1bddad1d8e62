import type { PersonId } from '../domain/id.ts';

/** A person did something in this client. The only origin that undo tracks. */
export class UserEdit {
	readonly by: PersonId;
	readonly command: string;

	constructor(by: PersonId, command: string) {
		this.by = by;
		this.command = command;
	}
}

/** An update came over a link. `link` lets the sender be skipped when it is passed on. */
export class RemoteSync {
	readonly link: string;

	constructor(link: string) {
		this.link = link;
	}
}

/** The doc was filled from storage, or seeded before anybody saw it. Never written back to where it came from. */
export class StorageLoad {}

/** The doc was lifted to a newer schema. Neither undone nor attributed to a person. */
export class SchemaLift {
	readonly from: number;
	readonly to: number;

	constructor(from: number, to: number) {
		this.from = from;
		this.to = to;
	}
}

export type Origin = UserEdit | RemoteSync | StorageLoad | SchemaLift;
