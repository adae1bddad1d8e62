import type { Role } from '#lib/domain/access.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import type { AuditLog } from './audit/audit.ts';
import type { AuditAction } from '#lib/domain/audit.ts';
import type { Directory, MemberRefused } from './auth/directory.ts';
import {
	changeRole,
	inviteOne,
	removeMember,
	replaceInvite,
	type MembershipPorts
} from './auth/membership.ts';
import { StartRefused } from './start-refused.ts';

/** What concerns people, and how one comes back in when the last owner's device is lost. */
export type PeopleCommand =
	| { readonly is: 'space invite'; readonly space: SpaceId; readonly role: Role }
	| { readonly is: 'member list'; readonly space: SpaceId }
	| { readonly is: 'member role'; readonly space: SpaceId; readonly person: PersonId; readonly role: Role }
	| { readonly is: 'member remove'; readonly space: SpaceId; readonly person: PersonId }
	| { readonly is: 'admin list' }
	| { readonly is: 'admin add' | 'admin remove'; readonly person: PersonId };

const PEOPLE: readonly string[] = [
	'space invite',
	'member list',
	'member role',
	'member remove',
	'admin list',
	'admin add',
	'admin remove'
] satisfies readonly PeopleCommand['is'][];

export const isPeoples = (command: { readonly is: string }): command is PeopleCommand =>
	PEOPLE.includes(command.is);

/** What is printed. Throws `StartRefused` with a sentence when it cannot be done. */
export function carryOutPeople(
	command: PeopleCommand,
	{ membership, audit }: { membership: MembershipPorts; audit: AuditLog }
): unknown {
	const { directory, clock } = membership;
	const record = (
		action: AuditAction,
		about: { space?: string; target?: string; detail?: Record<string, string> }
	) => audit.append({ atMs: clock.nowMs(), action, actor: { kind: 'operator' }, outcome: 'done', ...about });
	switch (command.is) {
		case 'space invite': {
			const { space, role } = command;
			record('invite.replaced', { space, detail: { role } });
			// A link that makes owners lies around nowhere: it works once.
			if (role !== 'owner') return { space, role, invite: replaceInvite(space, role, membership) };
			return {
				space,
				role,
				invite: inviteOne({ space, role, address: 'By the operator' }, membership).secret
			};
		}
		case 'member list':
			return directory.members(command.space).map(({ person, name, role }) => ({ person, name, role }));
		case 'member role': {
			const from = directory.member(command.space, command.person)?.role ?? '';
			const changed = changeRole(command, membership);
			if (!changed.ok) throw refusal(changed.error, command.space);
			const { space, person, role } = command;
			record('member.role-changed', { space, target: person, detail: { from, to: role } });
			return { person, role };
		}
		case 'member remove': {
			const removed = removeMember(command, membership);
			if (!removed.ok) throw refusal(removed.error, command.space);
			record('member.removed', { space: command.space, target: command.person });
			return { removed: command.person };
		}
		case 'admin list':
			return directory.admins().map((person) => ({ person, name: nameOf(person, directory) }));
		case 'admin add':
		case 'admin remove': {
			const { person } = command;
			const isAdmin = command.is === 'admin add';
			if (isAdmin && nameOf(person, directory) === '')
				throw new StartRefused(`Nobody here is ${person}. See: downbeat member list <space>`);
			if (!directory.setAdmin(person, isAdmin, clock.nowMs()).ok)
				throw new StartRefused('Somebody has to look after this server. Add another administrator first.');
			record(isAdmin ? 'admin.granted' : 'admin.revoked', { target: person });
			return { person, isAdmin };
		}
	}
}

const nameOf = (person: PersonId, directory: Directory): string =>
	directory.membershipsOf([person])[0]?.name ?? '';

const refusal = ({ code }: MemberRefused, space: SpaceId): StartRefused =>
	new StartRefused(
		code === 'owner.last'
			? `${space} needs an owner. Make somebody else an owner first: downbeat member role ${space} <person> owner`
			: `There is nobody of that id in ${space}. See: downbeat member list ${space}`
	);
