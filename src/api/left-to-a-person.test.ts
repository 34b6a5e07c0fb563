/** The status says of a group what the progress deadline decides by: whether the operator still has work for it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anySpec } from '../../test/support/builders/any-observation';
import { aGroup, anObservation, aReplica } from '../../test/support/builders/observation';
import { plan } from '../vmgroup/plan/plan';
import { countReplicas } from '../vmgroup/status/counts';
import { hasWorkLeft } from '../vmgroup/status/progress';
import { statusOf } from '../vmgroup/status/status';
import { isLeftToAPerson } from './left-to-a-person';

/** Groups that are mostly complete, some of whose machines are of another revision or size, or off. */
const anyAlmostComplete = fc
  .record({
    spec: anySpec,
    machines: fc.array(
      fc.record({
        isOld: fc.boolean(),
        numCpu: fc.constantFrom(undefined, undefined, 7, 1),
        isOff: fc.constantFrom(false, false, false, true),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    resizing: fc.boolean(),
  })
  .map(({ spec, machines, resizing }) => {
    const group = aGroup({ ...spec, replicas: machines.length, paused: false, readiness: { type: 'PoweredOn' } });
    const replicas = machines.map(({ isOld, numCpu, isOff }, ordinal) =>
      aReplica(
        group,
        { ordinal, ...(isOld && { revision: 'old0000000' }) },
        {
          // Powering off has no deadline, but is no work of a person.
          powerState: isOff || group.spec.powerState === 'PoweredOff' ? 'poweredOff' : 'poweredOn',
          ...(numCpu !== undefined && { numCpu }),
        },
      ),
    );
    return anObservation(group, { replicas, resizing });
  });

test('what is not Ready and has no progress deadline is left to a person, and nothing else', () => {
  const seen = { left: 0, waits: 0 };
  fc.assert(
    fc.property(anyAlmostComplete, (observed) => {
      const planned = plan(observed);
      const status = statusOf(observed, planned);
      const conditionOf = (type: string) => status?.conditions?.find((condition) => condition.type === type);
      if (status === undefined || conditionOf('Ready')?.status === 'True') return;
      // What differs behind our back is put right by the operator, and has no deadline.
      if (conditionOf('ConfigSynced')?.reason === 'Reconfiguring') return;
      // The deadline makes these ERROR, which tells of them by itself: a restart that maxUnavailable does not allow.
      const { resize, update } = observed.policy;
      const isLeft = resize === 'HotAddOnly' || (resize === 'Replace' && update === 'OnDelete');
      if (observed.resizing && !isLeft) return;
      const waits = hasWorkLeft(observed, countReplicas(observed, planned));
      seen[waits ? 'waits' : 'left'] += 1;
      expect(isLeftToAPerson({ ...observed.group, status })).toBe(!waits);
    }),
    { numRuns: 2_000 },
  );
  expect(seen.left).toBeGreaterThan(20);
  expect(seen.waits).toBeGreaterThan(20);
});
