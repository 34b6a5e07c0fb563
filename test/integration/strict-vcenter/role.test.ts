/** The role that docs/operating.md lists, that `check` asks for, and that the strict vCenter needs: all three are one. */
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { openVCenterWindow, startVcsim } from '../../envtest/real-parts';
import {
  LISTED_PRIVILEGES,
  operatorPermissions,
  READ_CUSTOMIZATION,
  READ_ONLY,
} from '../../envtest/strict-vcenter/strict-options';
import { accountOf, buildIfDue, manifestOf, vmOperator } from '../command';
import { Installation } from '../installation';
import { MachineChanges } from '../machine-changes';

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

beforeAll(buildIfDue);

test('with the listed role a group lives its whole life, and every listed privilege is needed in it, and no other', async () => {
  const here = await Installation.start(binaries);
  const [template] = (await here.machines()).filter(({ isTemplate }) => isTemplate);
  await here.vcenter.cloneForeign(template?.id ?? '', template?.parentFolderId ?? '', 'machine', forever);
  // As the original operator left it.
  const changes = new MachineChanges(here);
  await changes.createFolder((await here.folder('vm-operator')) ?? '', 'default-other');
  await here.apply('other', MACHINE);
  const metadata = { finalizers: ['vm-operator'], annotations: { [LEGACY]: 'Adopt' } };
  await here.run('patch', 'vg', 'other', '--type', 'merge', '-p', JSON.stringify({ metadata }));
  const owner = await changes.defineAttribute('owner', 'VirtualMachine');
  await here.operator({ flags: [SOURCES] });
  await here.apply('web', EVERYTHING);
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
  // check does not ask for the last: it is on the root folder, which the inventory does not show.
  expect(needed.sort()).toEqual([...LISTED, READ_CUSTOMIZATION].sort());
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
