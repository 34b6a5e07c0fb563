/** PlacementReady: whether every name of a spec is found, in words. */
import { describe, expect, test } from 'vitest';
import { aGroup, anObservation } from '../../../test/support/builders/observation';
import { aDomain } from '../../../test/support/builders/spread-world';
import { statusFor } from '../../../test/support/builders/told-status';
import type { VmGroupStatusCondition } from '../../api/vm-group';
import type { Observation } from '../model/observation';

const told = (rest: Partial<Observation>, group = aGroup()): string | undefined => {
  const found = statusFor(group, rest).conditions?.find(({ type }) => type === 'PlacementReady');
  return found && `${found.status} ${found.reason}: ${found.message}`;
};
const { placement } = anObservation(aGroup());
const problem = (message: string, reason = 'TemplateNotFound') => ({ field: 'f', reason, message }) as const;
const FOUND = 'True Resolved: every name of the spec was found in vCenter';

test('is true where nothing is missing', () => expect(told({})).toBe(FOUND));

test('is not known while vCenter is not ready', () => {
  const vcenter = { kind: 'Unavailable', name: '(env)', reason: 'Unreachable', message: 'gone' } as const;
  expect(told({ vcenter: { ...vcenter, needsUser: false, reconnecting: false } })).toBe(
    'Unknown VCenterNotReady: names are resolved once vCenter is ready',
  );
});

test('says all that is missing, with the reason of the first', () => {
  const problems = [
    problem('no template'),
    problem('no pool', 'ClusterNotFound'),
  ] as Observation['placement']['problems'];
  expect(told({ placement: { ...placement, problems } })).toBe('False TemplateNotFound: no template; no pool');
});

describe('with failure domains of which some are lost', () => {
  const domains = [aDomain('a', true), aDomain('b'), aDomain('c', true)];
  test('says that no replica is made there', () =>
    expect(told({ placement: { ...placement, domains } })).toBe(
      'False ClusterNotFound: failure domain "a" is lost; failure domain "c" is lost; no replica is made there meanwhile',
    ));

  test('tells first what stops the whole group', () => {
    const orphans = { kind: 'Restored', adopt: false, machines: [], refused: [], others: [] } as const;
    expect(told({ placement: { ...placement, domains }, orphans })).toMatch(/^False FolderInUse: /);
  });
});

describe('with a storage policy that nobody has looked for yet', () => {
  const waiting = {
    placement: { ...placement, storagePolicy: { name: 'gold', field: 'spec.placement.storagePolicy' } },
  };
  const lastTold = (reason: string, type: 'PlacementReady' | 'Ready' = 'PlacementReady') => {
    const rest = { message: 'as before', lastTransitionTime: '2026-01-01T00:00:00Z' };
    const other: VmGroupStatusCondition = { ...rest, type: 'Ready', status: 'False', reason: 'Updating' };
    const condition: VmGroupStatusCondition = { ...rest, type, status: 'False', reason };
    return aGroup({}, { status: { conditions: type === 'Ready' ? [other] : [other, condition] } });
  };
  const UNKNOWN = 'Unknown StoragePolicyUnknown: storage policy "gold" is looked for before the first replica is made';

  test('is not known for a new group', () => {
    expect(told(waiting)).toBe(UNKNOWN);
    expect(told(waiting, lastTold('Updating', 'Ready'))).toBe(UNKNOWN);
  });

  test.each(['StoragePolicyNotFound', 'StoragePolicyUnknown'])('stays %s as the last status has it', (reason) =>
    expect(told(waiting, lastTold(reason))).toBe(`False ${reason}: as before`),
  );

  test('R4: stays true for a group that had every name before', () =>
    expect(told(waiting, lastTold('Resolved'))).toBe(FOUND));
});
