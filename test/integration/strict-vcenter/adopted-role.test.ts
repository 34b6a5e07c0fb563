/** Machines that spec.adopt takes over are outside of the folders of the groups: what the account needs there, and who tells it. */
import { beforeAll, expect, inject, test } from 'vitest';
import type { VmGroup } from '../../../src/api/vm-group';
import { accountOf, buildIfDue, manifestOf, vmOperator } from '../command';
import { Installation } from '../installation';
import { MachineChanges } from '../machine-changes';
import { NAMED_PLACES, printed, runAsAdministrator } from './printed-role';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);
const ADOPTABLE = '--adoptable-machines=/vcqaDC/vm/by-hand/*';
const BY_HAND = {
  placement: { cluster: 'DC0_C0', datastore: 'LocalDS_0' },
  adopt: { machines: ['a', '/vcqaDC/vm/by-hand/b'] },
  customAttributes: [{ name: 'owner', value: 'web' }],
  disks: { rootSizeGiB: 20 },
};

beforeAll(buildIfDue);

test('role, check and the condition tell the privileges that are missing on machines to take over, and with them they live and die as replicas', async () => {
  const here = await Installation.start(binaries, { strict: { withoutPermissions: true } });
  const changes = new MachineChanges(here);
  const [template] = (await here.machines()).filter(({ isTemplate }) => isTemplate);
  const vm = (await here.folder('vm')) ?? '';
  await changes.move(template?.id ?? '', await changes.createFolder(vm, 'templates'));
  const byHand = await changes.createFolder(vm, 'by-hand');
  const ids: string[] = [];
  for (const name of ['a', 'b']) ids.push(await here.vcenter.cloneForeign(template?.id ?? '', byHand, name, within()));
  const owner = await changes.defineAttribute('owner', 'VirtualMachine');
  await here.apply('web', { replicas: 2, ...BY_HAND });

  const role = (...flags: readonly string[]) =>
    printed(['--account', here.vcsim.user, ...NAMED_PLACES, '-o', 'govc', ...flags], {
      KUBECONFIG: here.server.kubeconfig,
    });
  const check = () =>
    vmOperator(['check', ADOPTABLE, '-f', '-'], accountOf(here.vcsim), manifestOf({ replicas: 2, ...BY_HAND }));
  const without = await role();
  expect(without).toContain('# adoption: machines that spec.adopt takes over are changed and destroyed where they are');
  await runAsAdministrator(here.vcsim, without);
  const asked = await check();
  expect([asked.exitCode, asked.stdout]).toEqual([
    1,
    expect.stringMatching(/machine \/vcqaDC\/vm\/by-hand\/a: .*VirtualMachine\.Config\.AdvancedConfig.* missing/),
  ]);
  await here.operator({ flags: [ADOPTABLE] });
  await here.until('the condition names the privilege', async () => {
    const { status }: VmGroup = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
    const condition = status?.conditions?.find(({ type }) => type === 'MachinesAdopted');
    const told = /^a: .*the privilege VirtualMachine\.Config\.AdvancedConfig is missing on /;
    const isTold = condition?.reason === 'AdoptionFailing' && told.test(condition.message);
    return isTold ? [] : [JSON.stringify(condition ?? '')];
  });

  const lines = await role('--adopted', '/vcqaDC/vm/by-hand');
  const [more = ''] = /^govc role\.create vm-operator-adopted .*$/m.exec(lines) ?? [];
  const [there = ''] = /^govc permissions\.set .* \/vcqaDC\/vm\/by-hand$/m.exec(lines) ?? [];
  expect(more).not.toContain('VirtualMachine.Inventory.CreateFromExisting');
  await runAsAdministrator(here.vcsim, `${more}\n${there}`);
  const again = await check();
  expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('machine /vcqaDC/vm/by-hand/b: all ')]);
  await here.run('annotate', 'vg', 'web', 'vm.codeconnect.vmworld.com/retry=1');
  await here.untilRunning('web', 2);
  expect((await here.machinesOf('web')).map(({ id }) => id).sort()).toEqual([...ids].sort());

  const off = { ...BY_HAND, powerState: 'PoweredOff', replicas: 2 };
  await here.apply('web', off);
  await here.run('wait', '--for=jsonpath={.status.phase}=STOPPED', 'vg/web', '--timeout=60s');
  await here.apply('web', { ...off, powerState: 'PoweredOn', cpu: 2, memory: 2 });
  await here.untilRunning('web', 2);
  await here.until('the attribute', async () =>
    (await changes.attributes(ids[0] ?? ''))[owner] === 'web' ? [] : ['it is not set'],
  );
  await here.run('scale', 'vg', 'web', '--replicas=0');
  await here.until('both are destroyed', async () => (await here.machinesOf('web')).map(({ name }) => name));
  const left = (await here.machines()).map(({ name }) => name);
  expect(left).toEqual(['vm-operator-template']);
});
