/** What an administrator pastes, word by word. That govc takes its lines is shown in test/integration/strict-vcenter. */
import { expect, test } from 'vitest';
import { govcLines } from './govc-lines';
import { powerCliLines } from './powercli-lines';
import { roleNotes } from './role-notes';
import { roleTable } from './role-table';
import { terraformLines } from './terraform-text';
import type { VCenterRoles } from './vcenter-roles';

const ROLES: VCenterRoles = {
  features: ['machines', 'drs-rules'],
  adopted: [],
  roles: [{ name: 'vm-operator-networks', privileges: ['Network.Assign', 'Network.Config'] }],
  permissions: [
    { path: '/', kind: 'Folder', role: 'ReadOnly', propagate: false },
    { path: '/dc 1/vm/ours', kind: 'Folder', role: 'ReadOnly', propagate: true },
    {
      path: `/dc 1/network/Bob's ’[1]* "x" \${y} $(z) \`w\``,
      kind: 'Network',
      role: 'vm-operator-networks',
      propagate: true,
    },
  ],
};
const NOTES = [
  '# For: machines, drs-rules.',
  '# The folders must exist: /dc 1/vm/ours.',
  '# drs-rules: Host.Inventory.EditCluster allows any change of the settings of a cluster.',
];

test('lines for govc are quoted for a POSIX shell, and a path is no pattern', () => {
  expect(govcLines(ROLES, 'operator@vsphere.local')).toEqual([
    '# Run with an administrator in GOVC_URL. Where a role exists already: role.update instead of role.create.',
    ...NOTES,
    'govc role.create vm-operator-networks Network.Assign Network.Config',
    'govc permissions.set -principal operator@vsphere.local -role ReadOnly -propagate=false /',
    "govc permissions.set -principal operator@vsphere.local -role ReadOnly -propagate=true '/dc 1/vm/ours'",
    'govc permissions.set -principal operator@vsphere.local -role vm-operator-networks -propagate=true ' +
      `'/dc 1/network/Bob'\\''s ’\\[1]\\* "x" \${y} $(z) \`w\`'`,
  ]);
});

test('PowerCLI gets literals, in which each kind of quote is doubled', () => {
  expect(powerCliLines(ROLES, 'vsphere.local\\operator')).toEqual([
    '# Run after Connect-VIServer as an administrator. Where a role exists already: Set-VIRole -AddPrivilege instead.',
    ...NOTES,
    '$index = Get-View (Get-View ServiceInstance).Content.SearchIndex',
    "New-VIRole -Name 'vm-operator-networks' -Privilege (Get-VIPrivilege -Id 'Network.Assign', 'Network.Config')",
    "New-VIPermission -Entity (Get-Folder -NoRecursion) -Principal 'vsphere.local\\operator' -Role 'ReadOnly' -Propagate:$false",
    "New-VIPermission -Entity (Get-VIObjectByVIView -MORef $index.FindByInventoryPath('dc 1/vm/ours')) " +
      "-Principal 'vsphere.local\\operator' -Role 'ReadOnly' -Propagate:$true",
    `New-VIPermission -Entity (Get-VIObjectByVIView -MORef $index.FindByInventoryPath('dc 1/network/Bob''s ’’[1]* "x" \${y} $(z) \`w\`')) ` +
      "-Principal 'vsphere.local\\operator' -Role 'vm-operator-networks' -Propagate:$true",
  ]);
});

test('Terraform gets data sources for the objects, and strings without templates', () => {
  expect(terraformLines(ROLES, 'vsphere.local\\operator').join('\n')).toMatchInlineSnapshot(`
    "# vsphere_entity_permissions owns all permissions of an object: add those that others have there.
    # For: machines, drs-rules.
    # The folders must exist: /dc 1/vm/ours.
    # drs-rules: Host.Inventory.EditCluster allows any change of the settings of a cluster.

    data "vsphere_role" "read_only" {
      label = "Read-only"
    }

    resource "vsphere_role" "vm_operator_networks" {
      name            = "vm-operator-networks"
      role_privileges = [
        "Network.Assign",
        "Network.Config",
      ]
    }

    data "vsphere_folder" "vm_operator_1" {
      path = "/"
    }

    resource "vsphere_entity_permissions" "vm_operator_1" {
      entity_id   = data.vsphere_folder.vm_operator_1.id
      entity_type = "Folder"
      permissions {
        user_or_group = "vsphere.local\\\\operator"
        is_group      = false
        propagate     = false
        role_id       = data.vsphere_role.read_only.id
      }
    }

    data "vsphere_folder" "vm_operator_2" {
      path = "/dc 1/vm/ours"
    }

    resource "vsphere_entity_permissions" "vm_operator_2" {
      entity_id   = data.vsphere_folder.vm_operator_2.id
      entity_type = "Folder"
      permissions {
        user_or_group = "vsphere.local\\\\operator"
        is_group      = false
        propagate     = true
        role_id       = data.vsphere_role.read_only.id
      }
    }

    data "vsphere_network" "vm_operator_3" {
      name = "/dc 1/network/Bob's ’\\\\[1]\\\\* \\"x\\" $\${y} $(z) \`w\`"
    }

    resource "vsphere_entity_permissions" "vm_operator_3" {
      entity_id   = data.vsphere_network.vm_operator_3.id
      entity_type = data.vsphere_network.vm_operator_3.type
      permissions {
        user_or_group = "vsphere.local\\\\operator"
        is_group      = false
        propagate     = true
        role_id       = vsphere_role.vm_operator_networks.id
      }
    }"
  `);
});

test('who uses adoption is told to name the folders of the machines, until one is named', () => {
  const notes = (adopted: readonly string[], features: VCenterRoles['features'] = ['machines', 'adoption']) =>
    roleNotes({ ...ROLES, features, adopted }).filter((note) => note.startsWith('adoption:'));
  expect(notes([])).toEqual([expect.stringContaining('name each folder that they are in with --adopted')]);
  expect([notes(['/dc 1/vm/by-hand']), notes([], ['machines'])]).toEqual([[], []]);
});

test('a person gets tables', () => {
  const screen = { paint: (_: string, text: string) => text, width: undefined };
  expect(roleTable(ROLES, screen).join('\n')).toMatchInlineSnapshot(`
    "For: machines, drs-rules.
    The folders must exist: /dc 1/vm/ours.
    drs-rules: Host.Inventory.EditCluster allows any change of the settings of a cluster.

    OBJECT                                       PROPAGATED  ROLE
    /                                            no          ReadOnly
    /dc 1/vm/ours                                yes         ReadOnly
    /dc 1/network/Bob's ’[1]* "x" \${y} $(z) \`w\`  yes         vm-operator-networks

    ROLE                  PRIVILEGE
    vm-operator-networks  Network.Assign
                          Network.Config

    With -o govc, powercli or terraform the same is printed to be run by an administrator."
  `);
});
