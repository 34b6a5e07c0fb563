/** Promises that hold for the record of any decision. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyObservation } from '../../../test/support/builders/any-observation';
import { readableGroup } from '../../api/readable-group';
import type { Decision } from '../model/decision';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { replay } from '../preview/replay';
import { statusOf } from '../status/status';
import { decisionLine, packDecision, type ReadDecision, readDecision } from './decision-line';

const RUNS = { numRuns: 500 };

/** Of a group as the store holds it. */
const anyDecision = anyObservation.map((drawn): Decision => {
  const observed: Observation = { ...drawn, group: readableGroup(drawn.group) };
  const planned = plan(observed);
  return { observed, plan: planned, reportedFaults: observed.faults, status: statusOf(observed, planned) };
});

function written(decision: Decision): ReadDecision {
  return readDecision(decisionLine(packDecision(decision, 0), '1.0.0'));
}

test('is decided and reported in the same way again', () => {
  fc.assert(
    fc.property(anyDecision, (decision) => {
      expect(replay(written(decision)).differences).toEqual([]);
    }),
    RUNS,
  );
});

test('is read as it was written, and written again as it was read', () => {
  fc.assert(
    fc.property(anyDecision, (decision) => {
      const once = written(decision);
      expect(once.status).toEqual(JSON.parse(JSON.stringify(decision.status ?? null)) ?? undefined);
      const again = written({ ...decision, observed: once.observed });
      expect({ ...again.observed, group: undefined }).toEqual({ ...once.observed, group: undefined });
    }),
    RUNS,
  );
});
