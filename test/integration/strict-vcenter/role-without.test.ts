/** Each privilege of the role that `vm-operator role` prints, taken away by itself: what fails, and what the status says. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { API_GROUP } from '../../../src/api/vm-group';
import { Installation } from '../installation';
import { MachineChanges } from '../machine-changes';
import { buildPrograms, NAMED_PLACES, printed, printedRoles, runAsAdministrator } from './printed-role';
import { allocations } from './raw-session';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);
const HOME = '/vcqaDC/vm/vm-operator';
const TEMPLATES = '/vcqaDC/vm/templates';

/**
 * What cannot be shown here, and why: tags are in the REST API, whose simulator looks at no privilege; and the simulator
 * has no encryption. System.Anonymous, .View and .Read are in each role, since vCenter adds them by itself.
 */
const UNPROVEN = [
  'InventoryService.Tagging.AttachTag',
  'InventoryService.Tagging.ObjectAttachable',
  'Cryptographer.Clone',
];

type Spec = Readonly<Record<string, unknown>>;
const networks = [
  { name: 'front', network: 'DC0_DVPG0' },
  { name: 'back', network: 'DC0_DVPG0' },
];
const running: Spec = {};
const connected: Spec = { networks };
const attribute: Spec = { customAttributes: [{ name: 'owner', value: 'web' }] };

/** A group of one replica that needs the privilege: as it is made, or only for the step that comes `later`. */
interface Need {
  readonly spec: Spec;
  readonly later?: 'Empty' | 'Delete';
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Each group has a folder of its own, with the role of the machines but for one privilege. */
const ON_MACHINES: Readonly<Record<string, Need>> = {
  'Folder.Create': { spec: running },
  'Folder.Delete': { spec: running, later: 'Delete' },
  'Folder.Rename': { spec: running, annotations: { [`${API_GROUP}/legacy`]: 'Adopt' } },
  'Global.SetCustomField': { spec: attribute },
  'VApp.ApplicationConfig': { spec: { guest: { cloudInit: { userData: { value: '#cloud-config' } } } } },
  'VirtualMachine.Config.AddNewDisk': { spec: running },
  'VirtualMachine.Config.AddRemoveDevice': { spec: connected },
  'VirtualMachine.Config.AdvancedConfig': { spec: running },
  'VirtualMachine.Config.Annotation': { spec: running },
  'VirtualMachine.Config.CPUCount': { spec: running },
  'VirtualMachine.Config.DiskExtend': { spec: { disks: { rootSizeGiB: 20 } } },
  'VirtualMachine.Config.EditDevice': { spec: connected },
  'VirtualMachine.Config.Memory': { spec: running },
  'VirtualMachine.Config.Rename': { spec: running },
  'VirtualMachine.Config.Settings': { spec: running },
  'VirtualMachine.Interact.DeviceConnection': { spec: connected },
  'VirtualMachine.Interact.PowerOff': { spec: running, later: 'Empty' },
  'VirtualMachine.Interact.PowerOn': { spec: running },
  'VirtualMachine.Inventory.CreateFromExisting': { spec: running },
  'VirtualMachine.Inventory.Delete': { spec: running, later: 'Empty' },
};

/** Each group uses an object of its own, with the role of such an object but for one privilege. */
const ELSEWHERE: Readonly<Record<string, Need & { readonly on: string }>> = {
  'Resource.AssignVMToPool': {
    on: '/vcqaDC/host/DC0_C0/Resources/without',
    spec: { placement: { resourcePool: '/vcqaDC/host/DC0_C0/Resources/without' } },
  },
  'Host.Inventory.EditCluster': {
    on: '/vcqaDC/host/DC0_C1',
    // There is no rule for one machine.
    spec: { replicas: 2, placement: { cluster: 'DC0_C1', hostAntiAffinity: 'Preferred' } },
  },
  'Datastore.AllocateSpace': {
    on: '/vcqaDC/datastore/LocalDS_1',
    spec: { placement: { datastore: 'LocalDS_1' } },
  },
  'Network.Assign': {
    on: '/vcqaDC/network/VM Network',
    spec: { networks: [{ name: 'front', network: 'VM Network' }] },
  },
  'VirtualMachine.Provisioning.DeployTemplate': {
    on: `${TEMPLATES}/deployed`,
    spec: { template: 'deployed' },
  },
  'VirtualMachine.Provisioning.Clone': { on: `${TEMPLATES}/cloned`, spec: { template: 'cloned' } },
  'VirtualMachine.Provisioning.Customize': {
    on: `${TEMPLATES}/customized`,
    spec: { template: 'customized', guest: { customizationSpec: { name: 'vcsim-linux' } } },
  },
  // Both are on the root folder and missing at once; each group needs one of them.
  'StorageProfile.View': { on: '/', spec: { placement: { storagePolicy: 'vSAN Default Storage Policy' } } },
  'VirtualMachine.Provisioning.ReadCustSpecs': {
    on: '/',
    spec: { guest: { customizationSpec: { name: 'vcsim-linux' } } },
  },
};

/** A specification is read before the machine is cloned with it. */
const BEHIND_ROOT = 'VirtualMachine.Provisioning.Customize';

const nameOf = (privilege: string) => privilege.replaceAll('.', '-').toLowerCase();
const folderOf = (privilege: string) => `${HOME}/${nameOf(privilege)}`;

beforeAll(buildPrograms, 900_000);

test('without any one privilege of the printed role a group fails with a condition that names it, and with it goes on', async () => {
  const simulator = { clusters: 2, datastores: 2, strict: { withoutPermissions: true } };
  const here = await Installation.start(binaries, simulator);
  const flags = ['--features', 'all', '--account', here.vcsim.user, ...NAMED_PLACES];
  const { roles, permissions } = await printedRoles(flags);
  const needs = { ...ON_MACHINES, ...ELSEWHERE };
  const granted = roles.flatMap(({ privileges }) => privileges).filter((privilege) => !UNPROVEN.includes(privilege));
  expect([...new Set(granted)].sort()).toEqual(Object.keys(needs).sort());

  await furnish(here);
  await runAsAdministrator(here.vcsim, await printed([...flags, '-o', 'govc']));
  const set = (place: string, role: string) =>
    `govc permissions.set -principal ${here.vcsim.user} -role '${role}' -propagate=${place !== '/'} '${place}'`;
  const lacking = Object.entries(needs).map(([privilege, need]) => {
    const place = 'on' in need ? need.on : folderOf(privilege);
    const role = permissions.find((permission) => permission.path === likeOf(place))?.role ?? '';
    const rest = roles.find(({ name }) => name === role)?.privileges.filter((held) => held !== privilege) ?? [];
    return { privilege, place, role, rest };
  });
  const onRoot = lacking.filter(({ place }) => place === '/').map(({ privilege }) => privilege);
  const create = lacking.map(({ privilege, place, rest }) => {
    const left = place === '/' ? rest.filter((held) => !onRoot.includes(held)) : rest;
    return `govc role.create without-${privilege} ${left.join(' ')}\n${set(place, `without-${privilege}`)}`;
  });
  await runAsAdministrator(here.vcsim, create.join('\n'));

  await here.operator({ flags: ['--allow-machine-sources'] });
  await applyAll(here, Object.entries(needs));
  const laterOnes = Object.entries(needs).filter(([, { later }]) => later !== undefined);
  await Promise.all(laterOnes.map(([privilege]) => here.untilRunning(nameOf(privilege), 1)));
  for (const [privilege, { later: step }] of laterOnes) {
    if (step === 'Empty') await here.run('scale', 'vg', nameOf(privilege), '--replicas=0');
    else await here.run('delete', 'vg', nameOf(privilege), '--wait=false');
  }
  const untilNamed = (privileges: readonly string[]) =>
    here.until('each group names its privilege', async () => {
      const told = await Promise.all(
        privileges.map(async (privilege) => ({ privilege, of: await unmet(here, privilege) })),
      );
      return told.flatMap(({ privilege, of }) =>
        of.some((message) => message.includes(`the privilege ${privilege} is missing on `))
          ? []
          : [`${privilege}: ${of.join('; ')}`],
      );
    });
  const complete = async (some: typeof lacking) => {
    await runAsAdministrator(here.vcsim, some.map(({ place, role }) => set(place, role)).join('\n'));
    await here.run('annotate', 'vg', '--all', '--overwrite', `${API_GROUP}/retry=${some.length}`);
  };
  await untilNamed(Object.keys(needs).filter((privilege) => privilege !== BEHIND_ROOT));
  await complete(lacking.filter(({ place }) => place === '/'));
  await untilNamed([BEHIND_ROOT]);
  await complete(lacking);
  await here.until('each group goes on', async () => {
    const { items } = JSON.parse(await here.run('get', 'vg', '-o', 'json'));
    return items.flatMap(
      ({ metadata, status }: { metadata: { name: string }; status: { phase: string; lastMessage: string } }) =>
        status.phase === 'RUNNING' ? [] : [`${metadata.name} ${status.phase}: ${status.lastMessage}`],
    );
  });
  expect(await here.group(nameOf('Folder.Delete'))).toBeUndefined();
});

/** The object that is named to the command and is like the one at `place`. */
function likeOf(place: string): string {
  if (place.startsWith(`${HOME}/`)) return HOME;
  if (place.startsWith(`${TEMPLATES}/`)) return TEMPLATES;
  if (place.startsWith('/vcqaDC/host/')) return '/vcqaDC/host/DC0_C0';
  if (place.startsWith('/vcqaDC/datastore/')) return '/vcqaDC/datastore/LocalDS_0';
  return place;
}

/** Folders, templates and a pool for the groups. */
async function furnish(here: Installation): Promise<void> {
  const { vcenter } = here;
  const changes = new MachineChanges(here);
  const [template] = (await here.machines()).filter(({ isTemplate }) => isTemplate);
  const templates = await changes.createFolder((await here.folder('vm')) ?? '', 'templates');
  await changes.move(template?.id ?? '', templates);
  for (const name of ['cloned', 'deployed', 'customized']) {
    const id = await vcenter.cloneForeign(template?.id ?? '', templates, name, within());
    if (name !== 'cloned') await vcenter.invoke('MarkAsTemplate', 'VirtualMachine', id, '', within());
  }
  await changes.defineAttribute('owner', 'VirtualMachine');
  const home = (await here.folder('vm-operator')) ?? '';
  for (const privilege of Object.keys(ON_MACHINES)) {
    const folder = await changes.createFolder(home, nameOf(privilege));
    if (privilege !== 'Folder.Rename') continue;
    const former = await changes.createFolder(folder, `default-${nameOf(privilege)}`);
    await vcenter.cloneForeign(template?.id ?? '', former, `${nameOf(privilege)}-replica-aaaa`, within());
  }
  const root = '<inventoryPath>/vcqaDC/host/DC0_C0/Resources</inventoryPath>';
  const pool = await vcenter.invoke('FindByInventoryPath', 'SearchIndex', 'SearchIndex', root, within());
  const made = `<name>without</name>${allocations().replaceAll('resSpec>', 'spec>')}`;
  await vcenter.invoke('CreateResourcePool', 'ResourcePool', pool, made, within());
}

async function applyAll(here: Installation, needs: readonly (readonly [string, Need])[]): Promise<void> {
  const items = needs.map(([privilege, { spec, annotations }]) => {
    const place = privilege in ON_MACHINES ? { folder: folderOf(privilege) } : {};
    const { placement = {} } = spec;
    return {
      apiVersion: `${API_GROUP}/v1alpha1`,
      kind: 'VmGroup',
      metadata: {
        ...{ name: nameOf(privilege), namespace: 'default' },
        ...(annotations && { annotations, finalizers: ['vm-operator'] }),
      },
      spec: {
        ...{ cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template', ...spec },
        placement: { cluster: 'DC0_C0', datastore: 'LocalDS_0', ...place, ...(placement as object) },
      },
    };
  });
  const file = path.join(here.server.folder, 'groups.json');
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await here.run('apply', '-f', file);
}

/** The messages of conditions that are not as a person wishes. */
async function unmet(here: Installation, privilege: string): Promise<readonly string[]> {
  const { items } = JSON.parse(await here.run('get', 'vg', '-o', 'json'));
  const group: StoredGroup | undefined = items.find(({ metadata }: StoredGroup) => metadata.name === nameOf(privilege));
  const conditions = group?.status?.conditions ?? [];
  return conditions
    .filter(({ type, status }) => (status === 'True') === IS_BAD.has(type))
    .map(({ message }) => message);
}

/** Conditions that are well when they are False. */
const IS_BAD: ReadonlySet<string> = new Set(['Stalled', 'Paused', 'Deleting', 'Progressing']);

interface StoredGroup {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  };
}
