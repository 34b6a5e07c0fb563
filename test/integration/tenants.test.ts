/** R15 on real parts: what the author of a VmGroup cannot do to others, and where the settings put groups. */
import { beforeAll, expect, inject, test } from 'vitest';
import { Mark } from '../../src/api/ownership';
import { accountOf, buildIfDue, manifestOf, vmOperator } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');
const ADOPT = 'vm.codeconnect.vmworld.com/adopt=Adopt';
const within = () => AbortSignal.timeout(30_000);

beforeAll(buildIfDue);

const clusterIdOf = (here: Installation) => here.run('get', 'ns', 'kube-system', '-o', 'jsonpath={.metadata.uid}');

async function untilMessage(here: Installation, name: string, part: string): Promise<void> {
  await here.until(part, async () => {
    const message = (await here.group(name))?.status?.lastMessage ?? '';
    return message.includes(part) ? [] : [message];
  });
}

const pathOf = async (here: Installation, name: string): Promise<string | undefined> =>
  JSON.parse(await here.run('get', 'vg', name, '-o', 'json')).status?.folder?.path;

test('R15: a machine of another cluster is not adopted until an administrator names that cluster', async () => {
  const first = await Installation.start(binaries);
  const operator = await first.operator();
  await first.apply('web', { replicas: 2 });
  await first.untilRunning('web', 2);
  const machines = (await first.machinesOf('web')).map(({ id }) => id).sort();
  const clusters = async () => {
    const changes = new MachineChanges(first);
    return new Set(await Promise.all(machines.map((id) => changes.extraConfig(id, Mark.Cluster))));
  };
  const [firstId, second] = [await clusterIdOf(first), await Installation.on(first.vcsim, binaries)];
  expect(await clusters()).toEqual(new Set([firstId]));

  const hostile = await second.operator();
  await second.apply('web', { replicas: 2 });
  await second.run('annotate', 'vg', 'web', ADOPT);
  await untilMessage(second, 'web', `--adopt-from-clusters=${firstId}`);
  expect((await second.group('web'))?.status?.phase).toBe('ERROR');
  // A deletion takes nothing with it either.
  await second.run('delete', 'vg', 'web', '--timeout=60s');
  await first.untilRunning('web', 2);
  expect(await clusters()).toEqual(new Set([firstId]));
  expect((await first.machinesOf('web')).map(({ id }) => id).sort()).toEqual(machines);

  await Promise.all([operator.stop(), hostile.stop()]);
  await second.apply('web', { replicas: 2 });
  await second.run('annotate', 'vg', 'web', ADOPT);
  await second.operator({ flags: [`--adopt-from-clusters=${firstId}`] });
  await second.untilRunning('web', 2);
  expect(await clusters()).toEqual(new Set([await clusterIdOf(second)]));
  expect((await second.machinesOf('web')).map(({ id }) => id).sort()).toEqual(machines);
});

test('R15: a machine is no source of a clone unless an administrator allows it; plan and check say so before', async () => {
  const here = await Installation.start(binaries);
  const template = (await here.machines()).find(({ isTemplate }) => isTemplate)?.id ?? '';
  const folder = (await here.folder('vm-operator')) ?? '';
  await here.vcenter.cloneForeign(template, folder, 'build-box', within());
  const operator = await here.operator();
  await here.apply('copy', { template: 'build-box' });
  await untilMessage(here, 'copy', 'template "build-box" is a machine and no template');
  expect(await here.machinesOf('copy')).toEqual([]);

  const account = accountOf(here.vcsim);
  const run = (command: string, ...flags: readonly string[]) =>
    vmOperator([command, '-f', '-', ...flags], account, manifestOf({ template: 'build-box' }));
  expect((await run('plan')).stdout).toContain('NotAllowed');
  expect((await run('check')).stdout).toContain('--allow-machine-sources');
  expect((await run('plan', '--allow-machine-sources')).stdout).not.toContain('NotAllowed');

  await operator.stop();
  await here.operator({ flags: ['--allow-machine-sources'] });
  await here.untilRunning('copy', 1);
});

test('a group is put into the folder and the pool of its namespace, and stays out of others', async () => {
  const here = await Installation.start(binaries);
  const changes = new MachineChanges(here);
  const vm = (await here.folder('vm')) ?? '';
  const tenants = await changes.createFolder(vm, 'tenants');
  const own = await changes.createFolder(tenants, 'default');
  await changes.createFolder(tenants, 'bank');
  const flags = ['--namespace-folder=tenants/$(namespace)', '--namespace-pools=Resources,tenants/$(namespace)'];
  await here.operator({ flags: flags.slice(0, 1) });
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  expect(await pathOf(here, 'web')).toBe('/vcqaDC/vm/tenants/default/default.web');
  await here.apply('robber', { replicas: 1, placement: { folder: 'bank' } });
  await untilMessage(here, 'robber', 'is outside /vcqaDC/vm/tenants/default, the folder of namespace default');
  expect(await here.machinesOf('robber')).toEqual([]);
  await here.apply('squatter', { replicas: 1, placement: { folder: 'default.web' } });
  await untilMessage(here, 'squatter', 'the folder of a group');
  expect(await here.machinesOf('squatter')).toEqual([]);

  const checked = await vmOperator(['check', '-f', '-', ...flags], accountOf(here.vcsim), manifestOf());
  expect(checked.stdout).toContain('no resource pool "Resources" or "tenants/default" for namespace default');
  await here.run('delete', 'vg', '--all', '--timeout=60s');
  expect((await here.folder('default.web')) ?? 'gone').toBe('gone');
  expect(await here.folder('default')).toBe(own);
});

test('the levels of VC_FOLDER are made one after the other, with that of the cluster', async () => {
  const here = await Installation.start(binaries);
  await here.operator({ environment: { VC_FOLDER: 'platform/vms/$(cluster)' } });
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  expect(await pathOf(here, 'web')).toBe(`/vcqaDC/vm/platform/vms/${await clusterIdOf(here)}/default.web`);
});
