/** The role that `vm-operator role` prints, that `check` asks for, and that the strict vCenter needs: all three are one. */
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { escapedName } from '../../../src/api/escaped-name';
import { openVCenterWindow, startVcsim } from '../../envtest/real-parts';
import { LISTED_PRIVILEGES, operatorPermissions, READ_ONLY } from '../../envtest/strict-vcenter/strict-options';
import { accountOf, manifestOf, vmOperator } from '../command';
import { Installation } from '../installation';
import { MachineChanges } from '../machine-changes';
import { buildPrograms, NAMED_PLACES, printed, runAsAdministrator } from './printed-role';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const LISTED = Object.values(LISTED_PRIVILEGES).flat().sort();
function dataDisk(sizeGiB: number) {
  return { extra: [{ name: 'data', sizeGiB }] };
}

/** A group that uses all that a role has privileges for. */
const EVERYTHING = {
  replicas: 1,
  placement: { hostAntiAffinity: 'Preferred', storagePolicy: 'vSAN Default Storage Policy' },
  networks: [
    { name: 'front', network: 'VM Network' },
    { name: 'back', network: 'VM Network' },
  ],
  guest: { cloudInit: { userData: { value: '#cloud-config' } } },
  disks: dataDisk(1),
  customAttributes: [{ name: 'owner', value: 'web' }],
};
/** It is cloned from a machine that is no template, with a customization specification that the simulator has. */
const MACHINE = { replicas: 1, template: 'machine', guest: { customizationSpec: { name: 'vcsim-linux' } } };
/** Also privileges to clone from a machine are needed then. */
const SOURCES = '--allow-machine-sources';
const LEGACY = 'vm.codeconnect.vmworld.com/legacy';

/** Not in any role of the simulator: tags are in its REST API, which looks at no privilege, and it has no encryption. */
const UNPROVEN = /^(InventoryService\.|Cryptographer\.)/;

beforeAll(buildPrograms, 900_000);

test('with the role that is printed for the features in use a group lives its whole life, and each privilege of it is needed', async () => {
  const here = await Installation.start(binaries, { strict: { withoutPermissions: true } });
  const [template] = (await here.machines()).filter(({ isTemplate }) => isTemplate);
  const changes = new MachineChanges(here);
  const machines = (await here.vcenter.folders(forever)).find(({ name }) => name === 'vm')?.id ?? '';
  const templates = await changes.createFolder(machines, 'templates');
  await here.vcenter.cloneForeign(template?.id ?? '', templates, 'machine', forever);
  await changes.move(template?.id ?? '', templates);
  // As the original operator left it.
  await changes.createFolder((await here.folder('vm-operator')) ?? '', 'default-other');
  const owner = await changes.defineAttribute('owner', 'VirtualMachine');
  await here.apply('other', MACHINE);
  const metadata = { finalizers: ['vm-operator'], annotations: { [LEGACY]: 'Adopt' } };
  await here.run('patch', 'vg', 'other', '--type', 'merge', '-p', JSON.stringify({ metadata }));
  await here.apply('web', EVERYTHING);

  const who = ['--account', here.vcsim.user, '--features', 'in-use,machine-sources'];
  const lines = await printed([...who, ...NAMED_PLACES, '-o', 'govc'], { KUBECONFIG: here.server.kubeconfig });
  await runAsAdministrator(here.vcsim, lines);
  await here.operator({ flags: [SOURCES] });
  await here.untilRunning('web', 1);
  await here.untilRunning('other', 1);
  await here.apply('web', { ...EVERYTHING, replicas: 3 });
  await here.untilRunning('web', 3);
  const larger = { ...EVERYTHING, cpu: 2, memory: 2, disks: dataDisk(2) };
  await here.apply('web', { ...larger, replicas: 3 });
  await here.untilRunning('web', 3);
  const [before] = await here.machinesOf('web');
  await here.until('the attribute', async () =>
    (await changes.attributes(before?.id ?? ''))[owner] === 'web' ? [] : ['it is not set'],
  );
  await here.apply('web', { ...larger, replicas: 1, networks: EVERYTHING.networks.slice(1) });
  await here.untilRunning('web', 1);
  expect((await here.machinesOf('web')).map(({ id }) => id)).not.toContain(before?.id);
  await here.run('delete', 'vg', 'web', 'other');
  expect((await here.machines()).map(({ name }) => name).sort()).toEqual(['machine', 'vm-operator-template']);
  expect(await here.folder('default.web')).toBeUndefined();
  const needed = here.vcsim.log.all().flatMap((line) => /^needed privilege (.*)$/.exec(line)?.[1] ?? []);
  const granted = [...lines.matchAll(/^govc role\.create \S+ (.*)$/gm)].flatMap(([, given = '']) => given.split(' '));
  expect(needed.sort()).toEqual([...new Set(granted)].sort());
  expect(granted.filter((privilege) => UNPROVEN.test(privilege))).toEqual([]);
});
test('of a role without privileges check asks for exactly those that are listed', async () => {
  const permissions = operatorPermissions('vcqaDC').map(({ path }) => ({ path, privileges: READ_ONLY }));
  const vcsim = await startVcsim(binaries, { strict: { permissions } }, forever);
  onTestFinished(() => vcsim.stop());
  const hand = await openVCenterWindow(vcsim, forever);
  const [template] = (await hand.machines(forever)).filter(({ isTemplate }) => isTemplate);
  await hand.cloneForeign(template?.id ?? '', template?.parentFolderId ?? '', 'machine', forever);
  const folder = (await hand.folders(forever)).find(({ name }) => name === 'vm-operator')?.id ?? '';
  await hand.invoke('CreateFolder', 'Folder', folder, '<name>default-other</name>', forever);
  const metadata = `"metadata":{"annotations":{"${LEGACY}":"Adopt"},"name":"other",`;
  const groups = [manifestOf(EVERYTHING), manifestOf(MACHINE).replace('"metadata":{"name":"web",', metadata)];
  const { exitCode, stdout } = await vmOperator(
    ['check', '-o', 'json', SOURCES, '-f', '-'],
    accountOf(vcsim),
    groups.join('\n---\n'),
  );
  const { checks }: { checks: readonly { check: string; message: string }[] } = JSON.parse(stdout);
  const asked = checks
    .filter(({ check }) => check === 'privileges')
    .flatMap(({ message }) => / ([\w., ]+) missing$/.exec(message)?.[1]?.split(', ') ?? []);
  expect([...new Set(asked)].sort()).toEqual(LISTED);
  expect(exitCode).toBe(1);
});

test('objects with any name get the printed permissions, and the parts of a datacenter or cluster none', async () => {
  const vcsim = await startVcsim(binaries, { strict: { withoutPermissions: true } }, forever);
  onTestFinished(() => vcsim.stop());
  const hand = await openVCenterWindow(vcsim, forever);
  const home = (await hand.folders(forever)).find(({ name }) => name === 'vm-operator')?.id ?? '';
  const name = `Bob's [1]* "x" \${y} $(z) 50/2`;
  const folder = await hand.invoke('CreateFolder', 'Folder', home, `<name>${name}</name>`, forever);
  const flags = [
    '--features',
    'machines',
    '--account',
    vcsim.user,
    '--folder',
    `/vcqaDC/vm/vm-operator/${escapedName(name)}`,
  ];
  await runAsAdministrator(vcsim, await printed([...flags, '-o', 'govc']));
  const told = await runAsAdministrator(vcsim, `govc permissions.ls -i=false 'Folder:${folder}'`);
  expect(told).toMatch(/^vm-operator-machines\S* .* operator@vsphere\.local +Yes$/m);

  const onPart = (part: string) => `govc permissions.set -principal ${vcsim.user} -role ReadOnly '${part}'`;
  for (const part of ['/vcqaDC/vm', '/vcqaDC/host/DC0_C0/Resources'])
    await expect(runAsAdministrator(vcsim, onPart(part))).rejects.toThrow('A specified parameter was not correct');
});
