import { describe, expect, test } from 'vitest';
import { answering, sent } from '../../../test/support/builders/acts';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import type { LiveVirtualMachine, ReconfigureRequest, VirtualDisk } from '../../vsphere/port';
import type { DiskSizes } from '../model/disk-sizes';

const GIB = 1024 * 1024;
const replica = aReplica(aGroup(), { ordinal: 0 });
const { name } = replica.machine;
const task = { type: 'Task', value: 'task-1' };
const disk = (unitNumber: number, gib: number, rest: Partial<VirtualDisk> = {}): VirtualDisk => ({
  ...{
    key: 2_000 + unitNumber,
    label: `Hard disk ${unitNumber + 1}`,
    fileName: `[ssd] ${name}/${name}_${unitNumber}.vmdk`,
  },
  ...{ controllerKey: 1_000, unitNumber, capacityKiB: gib * GIB, isGrowable: true as const },
  ...rest,
});

/** What is sent for a machine with these disks, whose clone has left this text. */
async function grown(disks: readonly VirtualDisk[], wanted: DiskSizes, text?: string) {
  const extraConfig = { ...replica.machine.extraConfig, ...(text !== undefined && { 'codeconnect.disks': text }) };
  const live: LiveVirtualMachine = { ...replica.machine, extraConfig, vmPathName: `[ssd] ${name}/${name}.vmx`, disks };
  const requests: ReconfigureRequest[] = [];
  const reconfigure = async (_machine: unknown, request: ReconfigureRequest) => {
    requests.push(request);
    return task;
  };
  const { result } = await sent(
    { kind: 'SizeDisks', replica, disks: wanted },
    { readVirtualMachine: answering(live), reconfigure },
  );
  const sizes = requests.flatMap(({ growDisks = [] }) => growDisks.map((one) => [one.disk.key, one.sizeGiB]));
  return { result, sizes, requests };
}

const root = (sizeGiB: number): DiskSizes => ({ rootSizeGiB: sizeGiB, extra: [] });
const TEXT = '2 root=1000:0 data=1000:1';
const both: DiskSizes = { rootSizeGiB: 20, extra: [{ name: 'data', sizeGiB: 9 }] };

describe('disks of a machine', () => {
  test('that are smaller than asked for grow in one task', async () => {
    const { result, sizes } = await grown([disk(0, 10), disk(1, 5)], both, TEXT);
    expect(result).toEqual(task);
    expect(sizes).toEqual([
      [2_000, 20],
      [2_001, 9],
    ]);
  });

  test('that are as large or larger are left as they are, and nothing is sent', async () => {
    expect(await grown([disk(0, 20), disk(1, 50)], both, TEXT)).toEqual({ result: undefined, sizes: [], requests: [] });
  });

  test('of a clone from before spec.disks: the root disk is the first of its own', async () => {
    expect((await grown([disk(3, 10), disk(1, 10)], root(20), '2')).sizes).toEqual([[2_001, 20]]);
    expect((await grown([disk(1, 10)], root(20))).sizes).toEqual([[2_001, 20]]);
  });

  test('R1: of a clone from before spec.disks none grows once a person has added one: it may be that', async () => {
    const nvme = disk(0, 10, { key: 32_000, controllerKey: 31_000 });
    await expect(grown([nvme, disk(0, 10)], root(20), '1')).rejects.toMatchObject({
      code: 'DiskNotFound',
      message: expect.stringContaining(`nobody can tell which disk of ${name} is its root disk`),
    });
  });

  test('are found after a move of their files, and after somebody added others before and behind them', async () => {
    const moved = disk(0, 10, { fileName: `[nvme] 5f2c-uuid/${name}.vmdk` });
    const before = disk(0, 10, { key: 200, controllerKey: 200, fileName: '[ssd] other/other.vmdk' });
    const disks = [before, moved, disk(1, 5, { fileName: `[nvme] 5f2c-uuid/${name}_1.vmdk` }), disk(2, 1)];
    expect((await grown(disks, both, TEXT)).sizes.map(([key]) => key)).toEqual([2_000, 2_001]);
  });

  test('R1: that are first class disks or another person’s are never resized', async () => {
    const volume = disk(1, 5, { firstClassDiskId: 'pv-1' });
    await expect(grown([disk(0, 20), volume], both, TEXT)).rejects.toMatchObject({
      code: 'DiskNotFound',
      message: expect.stringContaining('has no disk of its own for spec.disks.extra[data] any more'),
    });
    const foreign = disk(0, 10, { fileName: '[ssd] other/other.vmdk' });
    await expect(grown([foreign], root(20), '1 root=1000:0')).rejects.toMatchObject({ code: 'DiskNotFound' });
  });

  test('with a parent or of a fixed kind are not sent, and the message has the remedy', async () => {
    await expect(grown([disk(0, 10, { hasParent: true })], root(20))).rejects.toMatchObject({
      code: 'DiskHasParent',
      message: `Hard disk 1 of ${name} cannot grow to spec.disks.rootSizeGiB, because it has a parent: delete the snapshots of the machine; a linked clone has to be replaced by a full one`,
    });
    const { isGrowable: _, ...raw } = disk(0, 10);
    await expect(grown([raw], root(20))).rejects.toMatchObject({ code: 'DiskNotGrowable' });
  });

  test('R1: nothing is sent to a machine that a person has taken over', async () => {
    const live = { ...replica.machine, extraConfig: {}, disks: [disk(0, 1)] };
    const calls = { readVirtualMachine: answering(live) };
    await expect(sent({ kind: 'SizeDisks', replica, disks: root(20) }, calls)).rejects.toMatchObject({
      code: 'OwnershipUnproven',
    });
  });
});
