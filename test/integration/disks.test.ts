/** Disks of replicas, on a real API server and the vCenter simulator under the strict rules. */
import { expect, inject, test } from 'vitest';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);

/** The sizes in GiB of the disks of each machine of web. */
async function sizes(here: Installation): Promise<readonly (readonly number[])[]> {
  return await Promise.all(
    (await here.machinesOf('web')).map(async ({ id }) => {
      const devices = await here.vcenter.property('VirtualMachine', id, 'config.hardware.device', within());
      return (devices?.children ?? []).flatMap(({ children }) => {
        const kib = children.find(({ name }) => name === 'capacityInKB')?.text;
        return kib === undefined ? [] : [Math.round((100 * Number(kib)) / 1024 / 1024) / 100];
      });
    }),
  );
}

async function untilSizes(here: Installation, wanted: readonly number[]): Promise<void> {
  await here.until(`disks of ${wanted.join()} GiB`, async () => {
    const all = await sizes(here);
    return all.every((each) => each.join() === wanted.join()) ? [] : all.map((each) => each.join());
  });
}

test('a clone has the disks of the spec, they grow while the machines run, and go with them', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  const extra = (sizeGiB: number) => [{ name: 'data', sizeGiB, provisioning: 'Thin' }];
  await here.apply('web', { replicas: 2, disks: { rootSizeGiB: 20, extra: extra(3) } });
  await here.untilRunning('web', 2);
  await untilSizes(here, [20, 3]);
  const [machine] = await here.machinesOf('web');
  const marks = await new MachineChanges(here).extraConfig(machine?.id ?? '', 'codeconnect.disks');
  expect(marks).toMatch(/^2 root=\d+:0 data=\d+:1$/);
  const before = (await here.machinesOf('web')).map(({ id }) => id).sort();

  await here.apply('web', { replicas: 2, disks: { rootSizeGiB: 30, extra: extra(5) } });
  await untilSizes(here, [30, 5]);
  await here.untilRunning('web', 2);
  expect((await here.machinesOf('web')).map(({ id }) => id).sort()).toEqual(before);

  await here.run('delete', 'vg', 'web', '--wait=false');
  await here.untilGone('web');
});

test('a root disk below that of the template clones nothing, and says what is the least', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('web', { disks: { rootSizeGiB: 1 } });
  await here.until('a fault', async () => {
    const message = (await here.group('web'))?.status?.lastMessage ?? '';
    return message.includes('which cannot get smaller: give at least') ? [] : [message];
  });
  expect(await here.machinesOf('web')).toEqual([]);
});
