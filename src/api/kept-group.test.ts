import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { revisionOf } from './identity';
import { keptGroup } from './kept-group';
import { isLeftOut } from './left-out';
import { Annotation, FINALIZER, type VmGroup, type VmGroupSpec } from './vm-group';

const long = (text: string) => text + ' '.repeat(60_000);
const withTexts = (userData: string, metadata = 'a: b', rest: Partial<VmGroupSpec> = {}) =>
  aGroup({ ...rest, guest: { cloudInit: { userData: { value: userData }, metadata: { value: metadata } } } });
const userDataOf = ({ spec }: VmGroup) => spec.guest?.cloudInit?.userData?.value;
const withMetadata = (metadata: object): VmGroup => {
  const group = aGroup();
  return { ...group, metadata: { ...group.metadata, ...metadata } };
};

test('R14: a group of a megabyte needs a few KiB', () => {
  const group = withTexts('文'.repeat(65_536), '字'.repeat(65_536));
  const annotations = { note: 'x'.repeat(200_000), [Annotation.Retry]: 'y'.repeat(60_000) };
  const finalizers = Array.from({ length: 1_000 }, (_, number) => `tenant.example/${'f'.repeat(60)}-${number}`);
  const labels = { app: 'web' };
  const ownerReferences = Array.from({ length: 1_000 }, (_, number) => ({ name: `owner-${number}`, uid: 'u' }));
  const metadata = { ...group.metadata, annotations, finalizers, labels, ownerReferences };
  expect(JSON.stringify(keptGroup({ ...group, metadata })).length).toBeLessThan(4_000);
});

test('a group without anything large is kept as it is, but for what nobody reads', () => {
  const annotations = { [Annotation.Adopt]: 'Adopt' };
  const group = withMetadata({ annotations, finalizers: [FINALIZER, 'test.example/a'] });
  const stored = {
    ...group,
    metadata: { ...group.metadata, annotations: { ...annotations, note: 'mine' }, labels: {} },
  };
  expect(keptGroup(stored)).toEqual(group);
});

describe('a long cloud-init text that is left out', () => {
  test('leaves the revision as it is', () => {
    const group = withTexts(long('a'));
    const kept = keptGroup(group);
    expect(isLeftOut(userDataOf(kept))).toBe(true);
    expect(revisionOf(kept.spec)).toBe(revisionOf(group.spec));
    expect(keptGroup(kept)).toEqual(kept);
    expect(revisionOf(keptGroup(kept).spec)).toBe(revisionOf(group.spec));
  });

  test('still shows that it was changed', () => {
    const before = keptGroup(withTexts(long('a')));
    const after = keptGroup(withTexts(long('b')), before);
    expect(after.spec).not.toEqual(before.spec);
    expect(revisionOf(after.spec)).toBe(revisionOf(withTexts(long('b')).spec));
    expect(keptGroup(withTexts(long('a')), before).spec).toBe(before.spec);
  });

  test('never gives a revision of its own, which would replace all machines', () => {
    const kept = keptGroup(withTexts(long('a')));
    expect(() => revisionOf({ ...kept.spec, template: 'other' })).toThrow('give the whole spec');
  });
});

test('a text over the limit of the CRD is told, as without leaving out anything', () => {
  const kept = keptGroup(withTexts('x'.repeat(65_537)));
  expect(kept.specProblems).toHaveLength(1);
  expect(revisionOf(kept.spec)).toMatch(/^[0-9a-f]{10}$/);
  // 65,536 characters, though twice as many units of UTF-16.
  expect(keptGroup(withTexts('😀'.repeat(65_536))).specProblems).toBeUndefined();
});

test('another long value of our annotations is another value', () => {
  const kept = (value: string) => keptGroup(withMetadata({ annotations: { [Annotation.Retry]: value } })).metadata;
  expect(kept('x'.repeat(300))).not.toEqual(kept(`${'x'.repeat(299)}y`));
});

test.each<[string, unknown]>([
  ['no spec', undefined],
  ['a text for a spec', 'x'],
  ['a text for the guest', { guest: 'x' }],
  ['a number for a text', { guest: { cloudInit: { userData: { value: 7 }, metadata: null } } }],
])('a spec of any shape is read: %s', (_, spec) => {
  expect(keptGroup(aGroup({}, { spec: spec as VmGroupSpec })).specProblems).not.toHaveLength(0);
});

test('R14: of a long Ignition config a digest is kept, which changes no revision and shows a change', () => {
  const of = (value: string) => aGroup({ guest: { ignition: { config: { value } } } });
  const kept = keptGroup(of(long('a')));
  expect(isLeftOut(kept.spec.guest?.ignition?.config.value)).toBe(true);
  expect(kept.spec.guest).not.toHaveProperty('cloudInit');
  expect(revisionOf(kept.spec)).toBe(revisionOf(of(long('a')).spec));
  expect(keptGroup(of(long('b')), kept).spec).not.toEqual(kept.spec);
  expect(() => revisionOf({ ...kept.spec, template: 'other' })).toThrow('give the whole spec');
  const short = of('{}');
  expect(keptGroup(short).spec).toBe(short.spec);
});
