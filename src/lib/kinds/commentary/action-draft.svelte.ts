import type { IsoDate } from '#lib/domain/calendar.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { RecordDraft } from '#lib/domain/record.ts';

/** An action that is being written and does not exist yet. */
export class ActionDraft {
	isOpen = $state(false);
	title = $state('');
	owner = $state<PersonId>();
	due = $state<IsoDate>('');
	closedWhen = $state('');

	/** It can be made as it is. */
	get isReady(): boolean {
		return this.isOpen && this.title.trim() !== '';
	}

	/** Opens an empty one, owned by `owner` until somebody says otherwise. */
	begin(owner: PersonId): void {
		this.close();
		this.isOpen = true;
		this.owner = owner;
	}

	close(): void {
		this.isOpen = false;
		this.title = '';
		this.owner = undefined;
		this.due = '';
		this.closedWhen = '';
	}

	/** What was written, which is then gone from here; undefined without a title. */
	take(): RecordDraft | undefined {
		if (!this.isReady) return undefined;
		const { title, owner, due, closedWhen } = this;
		this.close();
		return {
			title: title.trim(),
			owner,
			...(due ? { due } : {}),
			...(closedWhen.trim() ? { closedWhen: closedWhen.trim() } : {})
		};
	}
}
