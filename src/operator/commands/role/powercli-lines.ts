/** Roles and permissions as PowerCLI. */
import { roleNotes } from './role-notes';
import type { VCenterRoles } from './vcenter-roles';

/** `principal`: as in vsphere.local\operator. */
export function powerCliLines(roles: VCenterRoles, principal: string): readonly string[] {
  return [
    '# Run after Connect-VIServer as an administrator. Where a role exists already: Set-VIRole -AddPrivilege instead.',
    ...roleNotes(roles).map((note) => `# ${note}`),
    '$index = Get-View (Get-View ServiceInstance).Content.SearchIndex',
    ...roles.roles.map(({ name, privileges }) => {
      const ids = privileges.map(literal).join(', ');
      return `New-VIRole -Name ${literal(name)} -Privilege (Get-VIPrivilege -Id ${ids})`;
    }),
    ...roles.permissions.map(({ role, propagate, path }) => {
      const who = `-Principal ${literal(principal)} -Role ${literal(role)} -Propagate:$${propagate}`;
      return `New-VIPermission -Entity (${entityAt(path)}) ${who}`;
    }),
  ];
}

/** By its path, for names are not unique. FindByInventoryPath wants it without the first slash. */
function entityAt(path: string): string {
  if (path === '/') return 'Get-Folder -NoRecursion';
  return `Get-VIObjectByVIView -MORef $index.FindByInventoryPath(${literal(path.slice(1))})`;
}

/** PowerShell takes typographic quotes for quotes as well; a doubled one stands for itself. */
function literal(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
