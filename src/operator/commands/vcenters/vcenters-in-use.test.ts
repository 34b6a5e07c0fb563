import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import type { VCenterSpec } from '../../../api/vcenter';
import type { ListedVCenters } from './cluster-reader';
import { vcentersInUse } from './vcenters-in-use';

const listed = (...spec: readonly Partial<VCenterSpec>[]): ListedVCenters => ({
  ...{ kind: 'Listed', vcenters: spec.map((each) => aVCenter(each, { status: { groups: 3 } })) },
});
const given = (spec: Partial<VCenterSpec> = {}) => [{ source: 'vcenter.yaml:1', vcenter: aVCenter(spec) }];

test('without a VCenter anywhere it is the environment, and nothing is said', () => {
  expect(vcentersInUse([], listed())).toEqual({ kind: 'Environment', isSure: true });
  expect(vcentersInUse([], { kind: 'NoCluster', why: 'no kubeconfig' })).toEqual({
    ...{ kind: 'Environment', isSure: false },
  });
});

test('a manifest stands for the stored object of its name, with the status that is stored', () => {
  const found = vcentersInUse(
    given({ endpoint: { host: 'new', port: 443 } }),
    listed({ endpoint: { host: 'old', port: 443 } }),
  );
  expect(found.kind === 'Objects' && found.vcenters.get('east')).toMatchObject({
    source: 'vcenter.yaml:1',
    vcenter: { spec: { endpoint: { host: 'new' } }, status: { groups: 3 } },
  });
});

test.each<[string | undefined, string | undefined, string]>([
  ['a', 'b', 'spec.clusterName is "b": keep "a", it cannot be set, changed or removed later'],
  ['a', undefined, 'spec.clusterName is left out: keep "a"'],
  [undefined, 'b', 'spec.clusterName is "b": leave it out'],
])('a change that the API server would refuse makes it unusable: from %s to %s', (before, after, problem) => {
  const spec = (clusterName: string | undefined) => (clusterName === undefined ? {} : { clusterName });
  const found = vcentersInUse(given(spec(after)), listed(spec(before)));
  expect(found.kind === 'Objects' && found.vcenters.get('east')?.vcenter.specProblems).toEqual([
    expect.stringContaining(problem),
  ]);
});

describe('where VCenters cannot be listed, one sentence says what is looked at instead', () => {
  test.each<[ListedVCenters['kind'], boolean, RegExp]>([
    ['Forbidden', true, /may not list VCenters: the vCenter of the environment, \(env\), is looked at/],
    ['Failed', true, /could not be asked for VCenters \(why\): the vCenter of the environment/],
    ['NoKind', false, /does not know the kind VCenter: the vCenter of the environment/],
  ])('%s', (kind, isWarning, message) => {
    const refused = { kind, why: 'why' } as ListedVCenters;
    expect(vcentersInUse([], refused)).toMatchObject({
      kind: 'Environment',
      note: { isWarning, message: expect.stringMatching(message) },
    });
    const { note, kind: now } = vcentersInUse(given(), refused);
    expect(now).toBe('Objects');
    if (isWarning) expect(note?.message).toMatch(/only those of the files count$/);
    else expect(note).toBeUndefined();
  });
});
