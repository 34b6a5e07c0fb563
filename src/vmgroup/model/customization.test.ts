import { expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { customizationProblems, mayCustomize } from './customization';

const spec = (name: string) => aGroup({ guest: { customizationSpec: { name } } }).spec;
const rules = (...customizationSpecs: string[]) => ({ source: 'VCenter lab', customizationSpecs });

test('R15: without a list any specification is allowed, and with one those that fit', () => {
  expect(customizationProblems(spec('linux'), { source: 'VCenter lab' })).toEqual([]);
  for (const [name, pattern] of [
    ['linux', 'linux'],
    ['linux-web', 'linux-*'],
    ['a/b', '*'],
    ['a/b', 'a%2fb'],
  ] as const)
    expect(customizationProblems(spec(name), rules(pattern))).toEqual([]);
  expect(customizationProblems(aGroup().spec, rules())).toEqual([]);
});

test('the refusal names the specification, what is allowed, and the remedy', () => {
  expect(customizationProblems(spec('gold'), rules('linux-*', 'b'))).toEqual([
    {
      reason: 'NotAllowed',
      field: 'spec.guest.customizationSpec.name',
      message:
        'customization specification "gold" is not allowed by VCenter lab, which allows "linux-*", "b": set spec.guest.customizationSpec.name to one of these, or have an administrator add it to spec.allowed.customizationSpecs of VCenter lab',
    },
  ]);
  expect(customizationProblems(spec('gold'), rules())[0]?.message).toContain('which allows none: take it out, or have');
});

test('R15: a clone that waited is not sent after the list was changed; other work goes on', () => {
  const group = aGroup({ guest: { customizationSpec: { name: 'gold' } } });
  const ref = { type: 'Folder', value: 'f' };
  const where = { template: ref, folder: ref, resourcePool: ref };
  const clone = { kind: 'Clone' as const, slot: { ordinal: 0, revision: 'r' }, ...where, again: false };
  expect(mayCustomize(clone, group, rules('gold'))).toBe(true);
  expect(mayCustomize(clone, group, rules('silver'))).toBe(false);
  expect(mayCustomize({ kind: 'CreateFolder', parent: ref, name: 'n' }, group, rules('silver'))).toBe(true);
});
