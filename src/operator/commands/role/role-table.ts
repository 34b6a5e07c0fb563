/** Roles and permissions for a person to read. */
import { paragraph, type Screen, textTable } from '../text-table';
import { roleNotes } from './role-notes';
import type { VCenterRoles } from './vcenter-roles';

export function roleTable(roles: VCenterRoles, screen: Screen): readonly string[] {
  const head = (...texts: readonly string[]) => texts.map((text) => ({ text, style: 'bold' }) as const);
  const row = (...texts: readonly string[]) => texts.map((text) => ({ text }));
  const permissions = roles.permissions.map(({ path, role, propagate }) => row(path, propagate ? 'yes' : 'no', role));
  const privileges = roles.roles.flatMap(({ name, privileges }) =>
    privileges.map((privilege, index) => row(index === 0 ? name : '', privilege)),
  );
  return [
    ...roleNotes(roles).flatMap((note) => paragraph(note, screen)),
    '',
    ...textTable([head('OBJECT', 'PROPAGATED', 'ROLE'), ...permissions], screen),
    '',
    ...textTable([head('ROLE', 'PRIVILEGE'), ...privileges], screen),
    '',
    ...paragraph('With -o govc, powercli or terraform the same is printed to be run by an administrator.', screen),
  ];
}
