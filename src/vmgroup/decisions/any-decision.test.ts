/** Promises that hold for the record of any decision. */
import { zstdDecompressSync } from 'node:zlib';
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

const CANARY = 'what-a-guest-has-set';

/** The same with a secret in each machine, wherever it stands. */
function withCanaries<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, withCanaries(one)])) as T;
  if (value instanceof Set) return value;
  if (Array.isArray(value)) return value.map(withCanaries) as T;
  const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withCanaries(one)]));
  if (!('extraConfig' in copy && 'powerState' in copy && 'ref' in copy)) return copy as T;
  const extraConfig = { ...copy.extraConfig, 'guestinfo.userdata': CANARY };
  return { ...copy, extraConfig, guestInfo: { token: CANARY } } as T;
}

test('R10: holds nothing that a guest or a person has put into a machine, wherever the machine stands in it', () => {
  fc.assert(
    fc.property(anyDecision, ({ observed: drawn, reportedFaults, status }) => {
      const observed = withCanaries(drawn);
      const { packed } = packDecision({ observed, plan: plan(observed), reportedFaults, status }, 0);
      expect(zstdDecompressSync(packed).toString()).not.toContain(CANARY);
    }),
    RUNS,
  );
});
