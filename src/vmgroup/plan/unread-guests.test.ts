/** vCenter has not told all of a guest yet, as after a start: nobody knows whether such a replica serves. */
import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VirtualMachine } from '../../vsphere/port';
import type { Replica } from '../model/observation';
import { removalOrder } from './removal-order';
import { planRollout } from './rollout';

const GUEST_INFO = [{ key: 'ready', value: 'true' }];
const RUNS = { toolsRunning: true };

const group = aGroup({
  replicas: 2,
  updateStrategy: { type: 'RollingUpdate', resizePolicy: 'PowerCycle' },
  readiness: { type: 'PoweredOn', guestInfo: GUEST_INFO },
});
type Guest = Pick<VirtualMachine, 'guestInfo'>;
const UNREAD: Guest = {};
const UNSET: Guest = { guestInfo: { ready: '' } };
const SET: Guest = { guestInfo: { ready: 'true' } };

test.each([
  ['unread, stays', UNREAD, []],
  ['read and not ready, is restarted', UNSET, [1]],
  ['read and ready, stays, as the only one that serves', SET, []],
])('a machine that has the wrong size and is %s', (_, guest, restarted) => {
  const small = aReplica(group, { ordinal: 1 }, { memoryMiB: 512, ...guest });
  const replicas = [aReplica(group, { ordinal: 0 }, UNSET), small];
  const { restart } = planRollout(anObservation(group, { replicas, resizing: true }));
  expect([...restart].map(({ slot }) => slot.ordinal)).toEqual(restarted);
});

test.each([
  ['unread, stays', UNREAD, []],
  ['read and not ready, is replaced', UNSET, [1]],
  ['read and ready, stays, as the only one that serves', SET, []],
])('a machine that has the old revision and is %s', (_, guest, replaced) => {
  const old = { revision: 'old0000000' };
  const lost = aReplica(group, { ordinal: 0, ...old }, { connectionState: 'disconnected' });
  const replicas = [lost, aReplica(group, { ordinal: 1, ...old }, guest)];
  const { leaving } = planRollout(anObservation(group, { replicas }));
  expect([...leaving.keys()].map(({ slot }) => slot.ordinal)).toEqual(replaced);
});

test('a scale-down takes those that are not ready, then those that are unread, then those that serve', () => {
  const replicas = [
    aReplica(group, { ordinal: 0 }, SET),
    aReplica(group, { ordinal: 1 }, UNSET),
    aReplica(group, { ordinal: 2 }, UNREAD),
  ];
  const order = replicas.sort(removalOrder(anObservation(group, { replicas })));
  expect(order.map(({ slot }) => slot.ordinal)).toEqual([1, 2, 0]);
});

describe('with ToolsRunning', () => {
  const asking = aGroup({ ...group.spec, readiness: { type: 'ToolsRunning', guestInfo: GUEST_INFO } });
  const replaced = (machine: Partial<VirtualMachine>) => {
    const { details, ...rest } = aReplica(asking, { ordinal: 0, revision: 'old0000000' }).machine;
    const first: Replica = { slot: { ordinal: 0, revision: 'old0000000' }, machine: { ...rest, ...machine } };
    const twin = aReplica(asking, { ordinal: 1, revision: 'old0000000' }, { details: aGuest(RUNS), ...SET });
    const { leaving } = planRollout(anObservation(asking, { replicas: [first, twin] }));
    return [...leaving.keys()].map(({ slot }) => slot.ordinal);
  };

  test('a machine that has just come into sight, or has just got its marks, stays', () => {
    expect(replaced(SET)).toEqual([]);
    expect(replaced(UNREAD)).toEqual([]);
  });

  test('a machine whose tools do not run, or whose guest has set another value, does not serve', () => {
    expect(replaced({ details: aGuest({ toolsRunning: false }) })).toEqual([0]);
    expect(replaced(UNSET)).toEqual([0]);
  });
});
