/** Roles and permissions as calls of govc, for a POSIX shell. */
import { finderPath } from './finder-path';
import { roleNotes } from './role-notes';
import type { VCenterRoles } from './vcenter-roles';

/** `principal`: as in operator@vsphere.local. */
export function govcLines(roles: VCenterRoles, principal: string): readonly string[] {
  return [
    '# Run with an administrator in GOVC_URL. Where a role exists already: role.update instead of role.create.',
    ...roleNotes(roles).map((note) => `# ${note}`),
    ...roles.roles.map(({ name, privileges }) => `govc role.create ${[name, ...privileges].map(shellWord).join(' ')}`),
    ...roles.permissions.map(({ role, propagate, path }) => {
      const flags = `-principal ${shellWord(principal)} -role ${shellWord(role)} -propagate=${propagate}`;
      return `govc permissions.set ${flags} ${shellWord(finderPath(path))}`;
    }),
  ];
}

/** As one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w.@%/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
