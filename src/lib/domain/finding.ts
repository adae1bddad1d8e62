import type { RowId } from './id.ts';

/** Something a rule noticed. Advice, never a lock: a shared document cannot refuse to be merged. */
export interface Finding {
	readonly rule: string;
	readonly severity: 'note' | 'warn' | 'error';
	readonly row?: RowId;
	readonly message: string;
}

export interface RuleContext {
	/** ISO date in the space's time zone. Passed in so that a rule gives the same answer twice. */
	readonly today: string;
}

export interface Rule<Snapshot> {
	readonly id: string;
	/** Where the rule comes from: a standard, a policy, a decision of ours. Shown beside the finding. */
	readonly source: string;
	check(snapshot: Snapshot, context: RuleContext): readonly Finding[];
}
