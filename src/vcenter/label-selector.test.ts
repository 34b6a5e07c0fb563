import { describe, expect, test } from 'vitest';
import { type LabelSelector, matches } from './label-selector';

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];
const meets = (requirement: Requirement, labels: Record<string, string>) =>
  matches({ matchExpressions: [requirement] }, labels);

test('a selector that is absent selects nothing, and an empty one everything', () => {
  expect(matches(undefined, { site: 'east' })).toBe(false);
  for (const empty of [{}, { matchLabels: {} }, { matchExpressions: [] }]) {
    expect(matches(empty, {})).toBe(true);
    expect(matches(empty, { site: 'east' })).toBe(true);
  }
});

test('all labels and all requirements must be met', () => {
  const selector: LabelSelector = {
    matchLabels: { site: 'east', team: 'shop' },
    matchExpressions: [{ key: 'stage', operator: 'Exists' }],
  };
  expect(matches(selector, { site: 'east', team: 'shop', stage: 'test' })).toBe(true);
  expect(matches(selector, { site: 'east', team: 'bank', stage: 'test' })).toBe(false);
  expect(matches(selector, { site: 'east', stage: 'test' })).toBe(false);
  expect(matches(selector, { site: 'east', team: 'shop' })).toBe(false);
});

describe('a requirement means what it means to apimachinery', () => {
  test.each<[Requirement, absent: boolean, other: boolean, listed: boolean]>([
    [{ key: 'site', operator: 'In', values: ['east', 'west'] }, false, false, true],
    [{ key: 'site', operator: 'NotIn', values: ['east', 'west'] }, true, true, false],
    [{ key: 'site', operator: 'Exists' }, false, true, true],
    [{ key: 'site', operator: 'DoesNotExist' }, true, false, false],
  ])('%j', (requirement, absent, other, listed) => {
    expect(meets(requirement, {})).toBe(absent);
    expect(meets(requirement, { site: 'north' })).toBe(other);
    expect(meets(requirement, { site: 'west' })).toBe(listed);
  });

  test('an empty value is a value', () => {
    expect(meets({ key: 'site', operator: 'In', values: [''] }, { site: '' })).toBe(true);
    expect(meets({ key: 'site', operator: 'In', values: [''] }, {})).toBe(false);
    expect(meets({ key: 'site', operator: 'Exists' }, { site: '' })).toBe(true);
    expect(matches({ matchLabels: { site: '' } }, {})).toBe(false);
  });
});

test('R15: what every object inherits is no label', () => {
  for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(meets({ key, operator: 'Exists' }, {})).toBe(false);
    expect(meets({ key, operator: 'DoesNotExist' }, {})).toBe(true);
    expect(meets({ key, operator: 'Exists' }, { [key]: 'own' })).toBe(true);
  }
});
