/** A version decides as the one before it, unless somebody wants it otherwise. */
import { describe, expect, test } from 'vitest';
import { readDecision } from '../../src/vmgroup/decisions/decision-line';
import type { Action } from '../../src/vmgroup/model/action';
import { replay } from '../../src/vmgroup/preview/replay';
import { toldDecision } from '../../src/vmgroup/preview/told-decision';
import { readCorpus } from './corpus';

const REMEDY = 'If that is meant, run npm run record-decisions, and say in the commit what changed and why.';
const decisions = readCorpus().map(readDecision);
const named = decisions.map(
  (decision, index) => [`${index + 1}, ${decision.group} by ${decision.version}`, decision] as const,
);

describe('a decision of a former version', () => {
  test.each(named)('is decided and told in the same way: %s', (_, decision) => {
    expect(replay(decision).differences, REMEDY).toEqual([]);
  });

  test('is told in words, with a reason for each step', () => {
    for (const decision of decisions)
      for (const { kind, object, why } of toldDecision(decision, undefined).decided)
        expect({ kind, object, why }).toEqual({ kind, object: expect.any(String), why: expect.stringMatching(/\w/) });
  });
});

/** Those that a plan of the simulation has. */
const KINDS: readonly Action['kind'][] = [
  ...(['AddFinalizer', 'RemoveFinalizer', 'CreateFolder', 'Clone', 'Reconfigure', 'WriteSettings'] as const),
  ...(['WriteAttributes', 'SizeDisks', 'PowerOn', 'PowerOff', 'Shutdown', 'Destroy', 'ReleaseMarks'] as const),
  ...(['Adopt', 'RenameFolder', 'WriteHostRules', 'DestroyFolder', 'LookIntoFolder', 'ProveMachineGone'] as const),
  ...(['ProveFolderGone', 'FindStoragePolicy', 'InspectMachines', 'Settle'] as const),
];

test('there is a decision for each kind of action', () => {
  const kinds = new Set(decisions.flatMap(({ plan }) => plan.actions.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual([...KINDS].sort());
});
