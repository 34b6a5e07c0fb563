/** Guests that were asked to shut down for a reason that no longer holds, and that still serve. */
import { expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import { slotOf } from '../model/action';
import { plan } from './plan';

const ref = (ordinal: number) => ({ type: 'VirtualMachine', value: `vm-${ordinal}` });
/** Longer ago than any timeout. */
const ASKED_AT = { wallMs: Date.UTC(2025, 0, 1), monotonicMs: 1 };

/** Two replicas to be changed. The guest of ordinal 1 was asked long ago; the machine of ordinal 0 is off, or serves. */
function steps(change: 'Outdated' | 'OtherSize', first: 'poweredOn' | 'poweredOff', rest: Partial<VmGroupSpec> = {}) {
  const group = aGroup({ replicas: 2, ...rest });
  const revision = change === 'Outdated' ? { revision: 'old0000000' } : {};
  const size = change === 'OtherSize' ? { numCpu: group.spec.cpu + 1 } : {};
  const replicas = [0, 1].map((ordinal) =>
    aReplica(
      group,
      { ordinal, ...revision },
      { ref: ref(ordinal), ...size, ...(ordinal === 0 && { powerState: first }) },
    ),
  );
  const slot = replicas[1]?.slot ?? { ordinal: 1, revision: '' };
  const operation = anOperation('Shutdown', { slot, machine: ref(1), sentAt: ASKED_AT, state: 'Done' });
  const observed = anObservation(group, { replicas, inFlight: [operation], resizing: true });
  return plan(observed).actions.map((action) => `${action.kind} ${slotOf(action)?.ordinal}`);
}

test.each(['Outdated', 'OtherSize'] as const)(
  'one is not powered off while no other replica serves, when it is %s',
  (change) => {
    expect(steps(change, 'poweredOff')).not.toContain('PowerOff 1');
    expect(steps(change, 'poweredOn')).toContain('PowerOff 1');
  },
);

test('one is powered off beside others where maxUnavailable allows both', () => {
  const rollingUpdate = { maxSurge: 0, maxUnavailable: 2 };
  const updateStrategy = { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate } as const;
  expect(steps('Outdated', 'poweredOff', { updateStrategy })).toContain('PowerOff 1');
});
