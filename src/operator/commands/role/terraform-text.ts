/** Roles and permissions as a Terraform configuration for the provider vmware/vsphere. */
import { finderPath } from './finder-path';
import type { ObjectKind } from './inventory-places';
import { roleNotes } from './role-notes';
import { READ_ONLY_ROLE, type RolePermission, type VCenterRoles } from './vcenter-roles';

interface DataSource {
  readonly type: string;
  readonly argument: 'path' | 'name';
  /** Type of the managed object; undefined: the data source tells. */
  readonly entity: string | undefined;
}

const DATA_SOURCES: Readonly<Record<ObjectKind, DataSource>> = {
  Folder: { type: 'vsphere_folder', argument: 'path', entity: 'Folder' },
  Datacenter: { type: 'vsphere_datacenter', argument: 'name', entity: 'Datacenter' },
  Cluster: { type: 'vsphere_compute_cluster', argument: 'name', entity: 'ClusterComputeResource' },
  ResourcePool: { type: 'vsphere_resource_pool', argument: 'name', entity: 'ResourcePool' },
  Datastore: { type: 'vsphere_datastore', argument: 'name', entity: 'Datastore' },
  DatastoreCluster: { type: 'vsphere_datastore_cluster', argument: 'name', entity: 'StoragePod' },
  // A network of a standard switch, or a port group of a distributed one.
  Network: { type: 'vsphere_network', argument: 'name', entity: undefined },
};

/** `principal`: as in vsphere.local\operator. */
export function terraformLines(roles: VCenterRoles, principal: string): readonly string[] {
  const usesReadOnly = roles.permissions.some(({ role }) => role === READ_ONLY_ROLE);
  return [
    '# vsphere_entity_permissions owns all permissions of an object: add those that others have there.',
    ...roleNotes(roles).map((note) => `# ${note}`),
    ...(usesReadOnly ? ['', 'data "vsphere_role" "read_only" {', '  label = "Read-only"', '}'] : []),
    ...roles.roles.flatMap(({ name, privileges }) => [
      '',
      `resource "vsphere_role" ${quoted(labelOf(name))} {`,
      `  name            = ${quoted(name)}`,
      '  role_privileges = [',
      ...privileges.map((privilege) => `    ${quoted(privilege)},`),
      '  ]',
      '}',
    ]),
    ...roles.permissions.flatMap((permission, index) => entityLines(permission, `vm_operator_${index + 1}`, principal)),
  ];
}

function entityLines(permission: RolePermission, label: string, principal: string): readonly string[] {
  const { path, kind, role, propagate } = permission;
  const { type, argument, entity } = DATA_SOURCES[kind];
  const data = `data.${type}.${label}`;
  const roleId = role === READ_ONLY_ROLE ? 'data.vsphere_role.read_only.id' : `vsphere_role.${labelOf(role)}.id`;
  return [
    '',
    `data ${quoted(type)} ${quoted(label)} {`,
    `  ${argument} = ${quoted(finderPath(path))}`,
    '}',
    '',
    `resource "vsphere_entity_permissions" ${quoted(label)} {`,
    `  entity_id   = ${data}.id`,
    `  entity_type = ${entity === undefined ? `${data}.type` : quoted(entity)}`,
    '  permissions {',
    `    user_or_group = ${quoted(principal)}`,
    '    is_group      = false',
    `    propagate     = ${propagate}`,
    `    role_id       = ${roleId}`,
    '  }',
    '}',
  ];
}

/** A name of Terraform: letters, digits and underscores. Two roles differ in letters only. */
function labelOf(name: string): string {
  return name.replace(/\W/g, '_').replace(/^(?=\d)/, '_');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/[$%](?=\{)/g, '$&$&')}"`;
}
