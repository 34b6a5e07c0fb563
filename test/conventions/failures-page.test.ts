import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITION_ROWS } from '../../docs/condition-rows';
import { reasonTexts } from '../../docs/failure-tables';
import { failuresPage } from '../../docs/failures-page';
import type { ConditionType } from '../../src/api/conditions';
import { ConditionReason, EventReason } from '../../src/api/reasons';
import { FAULT_REMEDIES } from '../../src/operator/commands/status/fault-remedies';
import { plan } from '../../src/vmgroup/plan/plan';
import { statusOf } from '../../src/vmgroup/status/status';
import { listedFaults } from '../../src/vsphere/fault/fault-table';
import { anyObservation } from '../support/builders/any-observation';
import { ROOT } from './command';

test('the page of failures is what the code says', () => {
  expect(
    readFileSync(join(ROOT, 'docs/failures.md'), 'utf8') === failuresPage(),
    'docs/failures.md is stale. Run `npm run generate` and commit the outcome.',
  ).toBe(true);
});

// The codes that are no vim25 faults are checked by the types of src/operator/commands/status/fault-remedies.ts.
test('every fault of the fault table has one remedy, and every remedy is for a fault of the table', () => {
  const described = FAULT_REMEDIES.flatMap(([faults]) => faults.split(' '));
  expect(described.toSorted(), 'Correct FAULT_REMEDIES in src/operator/commands/status/fault-remedies.ts.').toEqual(
    [...listedFaults.keys()].toSorted(),
  );
});

test.for([
  ['ConditionReason', ConditionReason],
  ['EventReason', EventReason],
] as const)('every %s is called what it says, and has a docstring of one line', ([name, reasons]) => {
  expect(Object.keys(reasons)).toEqual(Object.values(reasons));
  expect([...reasonTexts(name).keys()], 'src/api/reasons.ts: give each constant a docstring of one line.').toEqual(
    Object.keys(reasons),
  );
});

test('every reason is in the table of a condition', () => {
  const shown = new Set(Object.values(CONDITION_ROWS).flatMap(({ rows }) => rows.map(({ reason }) => reason)));
  expect([...shown].toSorted(), 'Correct CONDITION_ROWS in docs/condition-rows.ts.').toEqual(
    Object.values(ConditionReason).toSorted(),
  );
});

test('whatever is seen of a group, its conditions have a reason and a status of their tables', () => {
  const known = new Set(
    Object.entries(CONDITION_ROWS).flatMap(([type, { rows }]) =>
      rows.map((row) => `${type} ${row.status} ${row.reason}`),
    ),
  );
  const types = Object.keys(CONDITION_ROWS);
  fc.assert(
    fc.property(anyObservation, (observed) => {
      const conditions = statusOf(observed, plan(observed))?.conditions ?? [];
      // The tables are in the order of the status.
      const order = conditions.map(({ type }) => types.indexOf(type));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      const faults = new Set([...observed.faults.values()].map(({ reason }) => reason));
      for (const { type, status, reason } of conditions) {
        // A fault that needs a person gives its own word.
        if ((type as ConditionType) === 'Deleting' && faults.has(reason)) continue;
        expect(known, 'Correct CONDITION_ROWS in docs/condition-rows.ts.').toContain(`${type} ${status} ${reason}`);
      }
    }),
    { numRuns: 1000 },
  );
});
