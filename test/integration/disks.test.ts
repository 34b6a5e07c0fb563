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

const extra = (sizeGiB: number) => [{ name: 'data', sizeGiB, provisioning: 'Thin' }];

test('a clone has the disks of the spec, and remembers which is which', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('web', { replicas: 2, disks: { rootSizeGiB: 20, extra: extra(3) } });
  await here.untilRunning('web', 2);
  await untilSizes(here, [20, 3]);
  const [machine] = await here.machinesOf('web');
  const marks = await new MachineChanges(here).extraConfig(machine?.id ?? '', 'codeconnect.disks');
  expect(marks).toMatch(/^2 root=\d+:\d+ data=\d+:\d+$/);
});

// The simulator gives the template's file to a clone whose root disk grows, so here it grows later.
test('disks grow while the machines run, and go with them', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('web', { replicas: 2, disks: { extra: extra(3) } });
  await here.untilRunning('web', 2);
  const before = (await here.machinesOf('web')).map(({ id }) => id).sort();

  await here.apply('web', { replicas: 2, disks: { rootSizeGiB: 30, extra: extra(5) } });
  await here.until('larger disks', async () => {
    const all = (await sizes(here)).map((each) => [...each].sort((x, y) => x - y).join());
    return all.every((each) => each === '5,30') ? [] : all;
  });
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
