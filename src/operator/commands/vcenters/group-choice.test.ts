/** R15: the choice of `plan` and `check` is that of the controller, and is told in the words of the status. */
import { describe, expect, test } from 'vitest';
import { aGroup } from '../../../../test/support/builders/observation';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import { ConditionReason } from '../../../api/reasons';
import type { VCenter } from '../../../api/vcenter';
import { choiceOf, choiceWithoutObjects } from './group-choice';
import { type LabelsOf, namespaceLabels } from './namespace-labels';

const site = (name: string, rest: Partial<VCenter> = {}) => {
  const vcenter = aVCenter({ namespaceSelector: { matchLabels: { site: name } } }, rest);
  return { ...vcenter, metadata: { ...vcenter.metadata, name } };
};
const all = (name: string) => ({ ...site(name), spec: { ...site(name).spec, namespaceSelector: {} } });
const known = (...vcenters: readonly VCenter[]) =>
  new Map(vcenters.map((vcenter) => [vcenter.metadata.name, { vcenter, source: undefined }]));
const EAST: LabelsOf = () => ({ kind: 'Known', labels: { site: 'east' } });
const UNKNOWN: LabelsOf = () => ({ kind: 'Unknown', why: 'no kubeconfig' });
const group = (vcenterRef?: string) => aGroup(vcenterRef === undefined ? {} : { vcenterRef: { name: vcenterRef } });

test('a group is on the only VCenter that selects its namespace, or on the one that it names', () => {
  expect(choiceOf(group(), known(site('east'), site('west')), EAST)).toEqual({ kind: 'On', name: 'east' });
  expect(choiceOf(group('b'), known(all('a'), all('b')), EAST)).toEqual({ kind: 'On', name: 'b' });
});

test.each<[string, ReturnType<typeof known>, string | undefined, string, RegExp]>([
  [
    'two select',
    known(all('a'), all('b')),
    undefined,
    ConditionReason.Ambiguous,
    /set spec\.vcenterRef\.name to one of a, b/,
  ],
  ['none selects', known(site('west')), undefined, ConditionReason.NoVCenter, /no VCenter selects namespace shop/],
  ['it names one that is not there', known(all('a')), 'x', ConditionReason.NoVCenter, /VCenter "x" does not exist/],
  [
    'it names one that does not select',
    known(site('west')),
    'west',
    ConditionReason.NotAllowed,
    /does not select namespace shop/,
  ],
  [
    'the one has problems',
    known({ ...all('a'), specProblems: ['spec.x is 1: give 2'] }),
    undefined,
    ConditionReason.NoVCenter,
    /VCenter "a" cannot be used: spec\.x is 1: give 2/,
  ],
])('a group without a VCenter says why: %s', (_, vcenters, ref, reason, message) => {
  expect(choiceOf(group(ref), vcenters, EAST)).toEqual({
    kind: 'None',
    reason,
    message: expect.stringMatching(message),
  });
});

test('a group that lives on a VCenter stays there, and is frozen where that may be no more', () => {
  const lives = { ...group(), status: { phase: 'RUNNING', vcenter: { name: 'west' } } } as ReturnType<typeof group>;
  expect(choiceOf(lives, known(all('a'), all('west')), EAST)).toEqual({ kind: 'On', name: 'west' });
  expect(choiceOf(lives, known(site('west')), EAST)).toMatchObject({
    kind: 'None',
    reason: ConditionReason.NotAllowed,
  });
  const deleted = { ...lives, metadata: { ...lives.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
  expect(choiceOf(deleted, known(site('west')), EAST)).toEqual({ kind: 'On', name: 'west' });
});

test('while there is no VCenter a group is on that of the environment, unless it names one, or lives on one', () => {
  expect(choiceWithoutObjects(group())).toEqual({ kind: 'On', name: '(env)' });
  const reason = ConditionReason.NoVCenter;
  expect(choiceWithoutObjects(group('east'))).toMatchObject({ kind: 'None', reason });
  const lives = { ...group(), status: { phase: 'RUNNING', vcenter: { name: 'west' } } } as ReturnType<typeof group>;
  expect(choiceWithoutObjects(lives)).toMatchObject({ kind: 'None', reason });
});

describe('labels that are not known', () => {
  test('are told with the remedy where a VCenter asks for labels', () => {
    expect(choiceOf(group(), known(site('east')), UNKNOWN)).toMatchObject({
      kind: 'None',
      message: expect.stringMatching(
        /labels of namespace shop.*\(no kubeconfig\): name the manifest of the namespace with -f/,
      ),
    });
  });

  test('do not matter where every VCenter selects all namespaces or none', () => {
    const { namespaceSelector: _, ...spec } = site('none').spec;
    expect(choiceOf(group(), known(all('a'), { ...site('none'), spec }), UNKNOWN)).toEqual({ kind: 'On', name: 'a' });
  });

  test('of a namespace in the files are added to those of the cluster, and to its name', () => {
    const given = [{ source: 'ns.yaml:1', name: 'shop', labels: { site: 'east' } }];
    const stored = new Map([['shop', { site: 'west', team: 'a' }]]);
    expect(namespaceLabels(given, { kind: 'Listed', labels: stored })('shop')).toEqual({
      ...{ kind: 'Known', labels: { site: 'east', team: 'a', 'kubernetes.io/metadata.name': 'shop' } },
    });
    expect(namespaceLabels(given, { kind: 'Unknown', why: 'w' })('shop')).toMatchObject({ kind: 'Known' });
    expect(namespaceLabels(given, { kind: 'Unknown', why: 'w' })('bank')).toEqual({ kind: 'Unknown', why: 'w' });
    expect(namespaceLabels([], { kind: 'Listed', labels: stored })('new')).toMatchObject({ kind: 'Known' });
  });
});
