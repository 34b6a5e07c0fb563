import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { Replica } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

function unready(of: VmGroup, ordinal: number, machine: Partial<VirtualMachine> = {}): Replica {
  const { readySince: _, ...rest } = aReplica(of, { ordinal }, machine);
  return rest;
}
const group = aGroup({
  replicas: 3,
  readiness: { type: 'PoweredOn', guestInfo: [{ key: 'ready', value: 'true' }] },
});
const replica = (ordinal: number, guestInfo?: Record<string, string>) =>
  aReplica(group, { ordinal }, guestInfo && { guestInfo });
const readyOf = (...replicas: ReturnType<typeof replica>[]) => {
  const observed = anObservation(group, { replicas });
  return statusOf(observed, plan(observed))?.conditions?.find(({ type }) => type === 'Ready');
};

test('the status says which key a replica waits for, and nothing of what the guest has set instead (R10)', () => {
  const replicas = [replica(0, { ready: 'true' }), replica(1, { ready: 'hunter2' }), replica(2)];
  const condition = readyOf(...replicas);
  const [, second, third] = replicas.map(({ machine }) => machine.name);
  expect(condition).toMatchObject({ status: 'False', reason: 'NotReady' });
  expect(condition?.message).toBe(
    `1 of 3 replicas ready; ${second} is not ready: guestinfo.ready is not yet "true"; ` +
      `${third} is not ready: vCenter has not told guestinfo.ready yet`,
  );
});

test('nothing is told of a replica that is not on, and nothing once all guests have set their values', () => {
  const off = aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff', guestInfo: { ready: '' } });
  expect(readyOf(replica(0, { ready: 'true' }), off, replica(2, { ready: 'true' }))?.message).toBe(
    '2 of 3 replicas ready',
  );
  const all = [0, 1, 2].map((ordinal) => replica(ordinal, { ready: 'true' }));
  expect(readyOf(...all)).toMatchObject({ status: 'True', message: '3 of 3 replicas ready' });
});

describe('what a replica lacks', () => {
  const asks = (spec: Partial<VmGroupSpec>, machine: Partial<VirtualMachine>) => {
    const asking = aGroup({ replicas: 1, ...spec });
    const observed = anObservation(asking, { replicas: [unready(asking, 0, machine)] });
    return statusOf(observed, plan(observed));
  };
  const TOOLS = aGuest({ toolsRunning: true, ipAddresses: [] });

  test.each<[string, Partial<VmGroupSpec>, Partial<VirtualMachine>, string]>([
    [
      'tools',
      { readiness: { type: 'ToolsRunning' } },
      { details: aGuest({ toolsRunning: false }) },
      'VMware Tools do not run in the guest',
    ],
    ['an address', { readiness: { type: 'IPAddress' } }, { details: TOOLS }, 'the guest reports no address'],
    ['its host', {}, { connectionState: 'disconnected' }, 'it is disconnected in vCenter'],
    ['a resume', {}, { powerState: 'suspended' }, 'it is suspended'],
  ])('is told in its own status and in the message: %s', (_, spec, machine, lack) => {
    const status = asks(spec, machine);
    expect(status?.replicas?.[0]).toMatchObject({ ready: false, notReady: lack });
    expect(status?.lastMessage).toContain(`is not ready: ${lack}`);
  });

  test('is that vCenter has told nothing of the guest, as of a machine that has just come into sight', () => {
    const asking = aGroup({ replicas: 1, readiness: { type: 'ToolsRunning' } });
    const { machine, slot } = unready(asking, 0, {});
    const { details: _, ...untold } = machine;
    const observed = anObservation(asking, { replicas: [{ slot, machine: untold }] });
    const [told] = statusOf(observed, plan(observed))?.replicas ?? [];
    expect(told).toMatchObject({ ready: false, notReady: 'vCenter has not told anything of its guest yet' });
  });

  test('is told in its own status only while it is powered off', () => {
    const status = asks({}, { powerState: 'poweredOff' });
    expect(status?.replicas?.[0]?.notReady).toBe('it is powered off');
    expect(status?.lastMessage).toBe('0 of 1 replicas running');
  });

  test('is nothing in a group that is powered off, and of a replica that is ready', () => {
    expect(asks({ powerState: 'PoweredOff' }, { powerState: 'poweredOff' })?.replicas?.[0]?.notReady).toBeUndefined();
    const whole = anObservation(group, { replicas: [replica(0, { ready: 'true' })] });
    expect(statusOf(whole, plan(whole))?.replicas?.[0]).toMatchObject({ ready: true });
    expect(statusOf(whole, plan(whole))?.replicas?.[0]).not.toHaveProperty('notReady');
  });
});

test('of many the first three are told, and how many more there are', () => {
  const many = aGroup({ replicas: 5, readiness: { type: 'ToolsRunning' } });
  const replicas = [0, 1, 2, 3, 4].map((ordinal) =>
    unready(many, ordinal, { details: aGuest({ toolsRunning: false }) }),
  );
  const observed = anObservation(many, { replicas });
  const message = statusOf(observed, plan(observed))?.lastMessage ?? '';
  expect(message.match(/VMware Tools/g)).toHaveLength(3);
  expect(message).toMatch(/; 2 more are not ready$/);
});
