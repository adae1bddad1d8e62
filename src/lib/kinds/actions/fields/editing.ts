import type { RowId } from '#lib/domain/id.ts';
import type { ActionsCommands } from '../commands.ts';
import type { FieldFindings } from '../rules.ts';
import { OWNER_LEFT, hasLeft } from '../rules.ts';
import type { Standing } from '../standing.ts';
import type { FieldSurroundings } from '../surroundings.ts';

/** What every drawing of one action is given: how it stands, what is said of it, and what may be done. */
export interface ActionDrawing {
	standing: Standing;
	findings: FieldFindings;
	/** Absent for those who may only read. */
	commands: ActionsCommands | undefined;
	surroundings: FieldSurroundings;
	/** Its page. */
	href: string;
	/** Only this device has it, or something of it. */
	isPending?: boolean | undefined;
	/** Its checkbox was pressed, and it is open. */
	onclose: () => void;
	/** The person has just made it: the caret goes into its title. */
	isNew?: boolean | undefined;
	/** Enter in its last field. */
	onanother?: (() => void) | undefined;
}

/** Now, as rows say it. */
export const instantOf = (surroundings: Pick<FieldSurroundings, 'nowMs'>): string =>
	new Date(surroundings.nowMs()).toISOString();

/** What is wrong with its owner: what the document knows, and who is in the space. */
export const ownerTrouble = (
	{ action }: Standing,
	findings: FieldFindings,
	{ people }: Pick<FieldSurroundings, 'people'>
): string | undefined => (hasLeft(action, people) ? OWNER_LEFT : findings.owner?.message);

/** Removes an action and offers it back. */
export function removeWithUndo(
	{ action }: Standing,
	commands: ActionsCommands,
	surroundings: FieldSurroundings
): void {
	const id: RowId = action.id;
	commands.remove(id, instantOf(surroundings));
	surroundings.tell({
		title: 'Action deleted',
		action: { label: 'Undo', run: () => commands.restore(id) }
	});
}

/** Opens again what was closed, and offers the closing back. */
export function reopen(
	{ action }: Standing,
	commands: ActionsCommands,
	surroundings: FieldSurroundings
): void {
	const at = instantOf(surroundings);
	commands.setStatus(action.id, 'open', at);
	surroundings.tell({
		title: 'Action opened again',
		action: { label: 'Close it', run: () => void commands.close(action.id, { at }) }
	});
}

/**
 * Closes what has its check and its evidence, with a way back. False when something is missing: the person is then to
 * be asked for it.
 */
export function closeOrAsk(
	{ action }: Standing,
	commands: ActionsCommands,
	surroundings: FieldSurroundings
): boolean {
	const at = instantOf(surroundings);
	const { status } = action;
	if (status === 'done' || !commands.close(action.id, { at }).ok) return false;
	surroundings.tell({
		title: 'Action closed',
		action: { label: 'Open it again', run: () => commands.setStatus(action.id, status, at) }
	});
	return true;
}
