import { describe, expect, test } from 'vitest';
import { answering, sent } from '../../../test/support/builders/acts';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import type { LiveVirtualMachine, ReconfigureRequest } from '../../vsphere/port';

const replica = aReplica(aGroup(), { ordinal: 0 }, { powerState: 'poweredOff' });
const live: LiveVirtualMachine = { ...replica.machine, vmPathName: '[ssd] web/web.vmx', disks: [] };
const task = { type: 'Task', value: 'task-1' };

describe('a change of size', () => {
  const size = { numCpu: 8, memoryMiB: 2048 };
  const resize = { kind: 'Reconfigure', replica, size } as const;

  test('sends what the plan asked for, with the sockets that the machine has now', async () => {
    const requests: ReconfigureRequest[] = [];
    const reconfigure = async (_machine: unknown, request: ReconfigureRequest) => {
      requests.push(request);
      return task;
    };
    await sent(resize, { readVirtualMachine: answering({ ...live, coresPerSocket: 3 }), reconfigure });
    await sent(resize, { readVirtualMachine: answering(live), reconfigure });
    expect(requests).toEqual([{ ...size, presentCoresPerSocket: 3 }, size]);
  });

  test('changes cores per socket and hot-add settings of a machine that is off only', async () => {
    const requests: ReconfigureRequest[] = [];
    const reconfigure = async (_machine: unknown, request: ReconfigureRequest) => {
      requests.push(request);
      return task;
    };
    const whole = { ...resize, size: { ...size, coresPerSocket: 2, cpuHotAdd: true } };
    await sent(whole, { readVirtualMachine: answering(live), reconfigure });
    await sent(whole, { readVirtualMachine: answering({ ...live, powerState: 'poweredOn' }), reconfigure });
    expect(requests).toEqual([whole.size, size]);
  });

  test('R1: leaves a machine alone that a person has taken over, although the inventory does not show it yet', async () => {
    const calls = { readVirtualMachine: answering({ ...live, extraConfig: {} }) };
    await expect(sent(resize, calls)).rejects.toMatchObject({ code: 'OwnershipUnproven', outcome: 'NotSent' });
  });

  test('sends nothing for a machine that is gone', async () => {
    expect((await sent(resize, { readVirtualMachine: answering(undefined) })).result).toBeUndefined();
  });
});
