import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { attributePartOf, attributesDue } from './attributes';
import { mayGiveTags, tagProblems } from './tags';

const tags = [
  { category: 'stage', name: 'live' },
  { category: 'billing/eu', name: 'a%b' },
];
const lab = (...patterns: string[]) => ({ source: 'VCenter lab', tags: patterns });

describe('R15: tags', () => {
  test.each([[['stage/*', 'billing%2feu/*']], [['**']], [['*/*']], [['stage/live', 'billing%2feu/a%25b']]])(
    'are allowed by %j',
    (patterns) => {
      expect(tagProblems({ tags }, lab(...patterns))).toEqual([]);
    },
  );

  test('are all allowed without a list, and none by an empty one', () => {
    expect(tagProblems({ tags }, { source: 'VCenter lab' })).toEqual([]);
    expect(tagProblems({ tags }, lab())[0]?.message).toContain('which allows none');
    expect(tagProblems({}, lab())).toEqual([]);
  });

  test('that are not allowed are told with the remedy', () => {
    expect(tagProblems({ tags }, lab('stage/*'))).toEqual([
      {
        reason: 'NotAllowed',
        field: 'spec.tags',
        message:
          'spec.tags has "billing%2feu/a%25b", which is not allowed by VCenter lab, which allows "stage/*": take it out, or have an administrator add it to spec.allowed.tags of VCenter lab',
      },
    ]);
  });

  test('need a login with a password', () => {
    const [problem] = tagProblems({ tags }, { source: 'VCenter lab', tagsNeedPassword: true });
    expect(problem?.message).toContain('the operator logs in to this vCenter with a token');
    expect(tagProblems({}, { source: 'VCenter lab', tagsNeedPassword: true })).toEqual([]);
  });
});

describe('with a login by a token', () => {
  const rules = { source: 'VCenter lab', tagsNeedPassword: true };

  test('no tags are planned or sent, also to take off those of a list that was taken out', () => {
    const group = aGroup({ tags: [] }, { status: { tagsGiven: true } });
    const replica = aReplica(group, { ordinal: 0 });
    const seen = anObservation(group, { replicas: [replica] });
    const parts = [attributePartOf('tags', group.spec)];
    expect(attributesDue(replica, seen)).toEqual(parts);
    expect(attributesDue(replica, { ...seen, placement: { ...seen.placement, tagsNeedPassword: true } })).toEqual([]);
    const write = { kind: 'WriteAttributes', replica, parts } as const;
    expect(mayGiveTags(write, group, rules)).toBe(false);
    expect(mayGiveTags(write, group, lab())).toBe(true);
    const powerOn = { kind: 'PowerOn', replica } as const;
    expect(mayGiveTags(powerOn, group, rules)).toBe(true);
  });
});

test('R15: tags that are not allowed are not planned, and not sent', () => {
  const group = aGroup({ tags });
  const replica = aReplica(group, { ordinal: 0 });
  const seen = anObservation(group, { replicas: [replica] });
  expect(attributesDue(replica, seen)).toEqual([attributePartOf('tags', group.spec)]);
  const problems = tagProblems({ tags }, lab());
  expect(attributesDue(replica, { ...seen, placement: { ...seen.placement, problems } })).toEqual([]);
  const write = { kind: 'WriteAttributes', replica, parts: [attributePartOf('tags', group.spec)] } as const;
  expect(mayGiveTags(write, group, lab())).toBe(false);
  expect(mayGiveTags(write, group, lab('**'))).toBe(true);
  expect(mayGiveTags({ kind: 'PowerOn', replica }, group, lab())).toBe(true);
});
