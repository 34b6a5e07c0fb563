import { describe, expect, test } from 'vitest';
import { anActContext } from '../../../test/support/builders/acts';
import { aShape } from '../../../test/support/builders/adoption-world';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { DISK_COUNT_KEY, Mark, marksFor } from '../../api/ownership';
import { slotRevisionOf } from '../../api/slot-revision';
import type { VmGroupSpec } from '../../api/vm-group';
import type { LiveVirtualMachine, MachineShape, MachineToChange, ReconfigureRequest } from '../../vsphere/port';
import { wantedShape } from '../model/machine-shape';
import { adopt } from './adopt';
import { inspectMachines } from './inspect-machines';

const call = { operationId: 'test', signal: new AbortController().signal };
const task = { type: 'Task', value: 'task-1' };
const machine: LiveVirtualMachine = {
  ref: { type: 'VirtualMachine', value: 'vm-7' },
  ...{ name: 'web-1', isTemplate: false, powerState: 'poweredOn', connectionState: 'connected' },
  ...{ instanceUuid: 'its-own', extraConfig: {}, disks: [], changeVersion: '41' },
};

/** Adopts the machine while vCenter tells these things of it, and returns what was sent. */
async function adopted(
  told: { readonly live?: Partial<LiveVirtualMachine>; readonly shape?: MachineShape | undefined },
  spec: Partial<VmGroupSpec> = {},
): Promise<(ReconfigureRequest & Pick<MachineToChange, 'changeVersion'>) | undefined> {
  const requests: (ReconfigureRequest & Pick<MachineToChange, 'changeVersion'>)[] = [];
  const group = aGroup(spec);
  const { shape = aShape() } = told;
  const context = anActContext(
    {
      readVirtualMachine: async () => ({ ...machine, ...told.live }),
      readMachineShapes: async (refs) =>
        new Map('shape' in told && told.shape === undefined ? [] : refs.map(({ value }) => [value, shape])),
      reconfigure: async ({ changeVersion }, request) => {
        requests.push({ ...request, ...(changeVersion !== undefined && { changeVersion }) });
        return task;
      },
    },
    { group },
  );
  const slot = { ordinal: 0, revision: slotRevisionOf(group.spec, 0) };
  const wanted = wantedShape(group.spec, aShape());
  await adopt({ kind: 'Adopt', machine, owner: undefined, slot, wanted }, context, call);
  return requests[0];
}

describe('R1: a machine that spec.adopt asks for', () => {
  test('gets the marks and keeps its instanceUuid, if nobody has changed it since it was read', async () => {
    const { uid } = aGroup().metadata;
    const slot = { ordinal: 0, revision: slotRevisionOf(aGroup().spec, 0) };
    const owner = { cluster: CLUSTER_ID, group: 'shop/web', groupUid: uid, slot };
    expect(await adopted({})).toEqual({
      changeVersion: '41',
      extraConfig: { ...marksFor(owner, 'its-own'), [DISK_COUNT_KEY]: '1' },
    });
  });

  test("counts as many disks as its own as the template has: one more is somebody's, and never destroyed with it", async () => {
    const [disk] = aShape().disks;
    if (disk === undefined) throw new Error('the template has a disk');
    const data = { ...disk, key: 2001, unitNumber: 1 };
    expect((await adopted({ shape: aShape({ disks: [disk, data] }) }))?.extraConfig?.[DISK_COUNT_KEY]).toBe('1');
    const extra = { disks: { extra: [{ name: 'data', sizeGiB: 1 }] } };
    const told = await adopted({ shape: aShape({ disks: [disk, data] }) }, extra);
    expect(told?.extraConfig?.[DISK_COUNT_KEY]).toBe('2 root=1000:0 data=1000:1');
  });

  test.each<[string, Parameters<typeof adopted>[0], string]>([
    ['has another shape by now', { shape: aShape({ adapters: 3 }) }, 'ShapeDiffers'],
    ['got an owner meanwhile', { live: { extraConfig: someone() } }, 'OwnershipUnproven'],
    ['cannot be reached any more', { live: { connectionState: 'disconnected' } }, 'HostDisconnected'],
    ['tells its configuration no more', { live: { unreadable: true } }, 'HostDisconnected'],
  ])('is left as it is when it %s', async (_what, told, code) => {
    await expect(adopted(told)).rejects.toMatchObject({ code });
  });

  test('says in what it differs from the template by now', async () => {
    await expect(adopted({ shape: aShape({ adapters: 3, firmware: 'bios' }) })).rejects.toMatchObject({
      message: expect.stringMatching(/^web-1 has changed: .+; .+: it is left as it is$/),
    });
  });

  test('counts the disks of the template also where vCenter tells no shape right before', async () => {
    expect((await adopted({ shape: undefined }))?.extraConfig?.[DISK_COUNT_KEY]).toBe('1');
  });

  function someone(): Readonly<Record<string, string>> {
    const owner = { cluster: 'other', group: 'a/b', groupUid: 'u', slot: { ordinal: 0, revision: 'r' } };
    return { ...marksFor(owner, 'its-own'), [Mark.Cluster]: 'other' };
  }
});

describe('a look at the machines of spec.adopt', () => {
  test('tells shapes, and tasks that are queued or run on them', async () => {
    const other = { ...machine, ref: { type: 'VirtualMachine', value: 'vm-8' } };
    const done = {
      ref: task,
      descriptionId: 'VirtualMachine.reconfigure',
      entity: other.ref,
      state: 'success',
    } as const;
    const running = { ...done, descriptionId: 'VirtualMachine.clone', entity: machine.ref, state: 'running' } as const;
    const calls = {
      readMachineShapes: async () => new Map([['vm-7', aShape()]]),
      readRecentTasks: async () => [done, running],
    };
    expect([...(await inspectMachines([machine, other], calls, 5, call)).values()]).toEqual([
      { machine, shape: aShape(), task: 'VirtualMachine.clone', atMs: 5 },
      { machine: other, atMs: 5 },
    ]);
  });
});
