import { expect, test } from 'vitest';
import { aGroup, CLUSTER_ID } from '../../test/support/builders/observation';
import { apartRuleName, hostRulePrefix } from './host-rule-name';

const named = (metadata: Partial<ReturnType<typeof aGroup>['metadata']>) => {
  const group = aGroup();
  return { ...group, metadata: { ...group.metadata, ...metadata } };
};

test('the name of a rule is frozen', () => {
  expect(apartRuleName(aGroup(), CLUSTER_ID)).toBe('vmop.6b117d77d381.apart.shop.web');
});

test('a long name is cut below 80 characters, and says whose the rule is all the same', () => {
  const long = named({ namespace: 'n'.repeat(63), name: 'g'.repeat(62) });
  expect(apartRuleName(long, CLUSTER_ID)).toHaveLength(79);
  const other = named({ namespace: 'n'.repeat(63), name: 'g'.repeat(62), uid: 'another' });
  expect(apartRuleName(other, CLUSTER_ID)).not.toBe(apartRuleName(long, CLUSTER_ID));
});

test('R1: no two groups, and no two clusters on one vCenter, have a name in common', () => {
  const prefixes = [
    hostRulePrefix(aGroup(), CLUSTER_ID),
    hostRulePrefix(aGroup(), 'another cluster'),
    hostRulePrefix(named({ uid: 'another' }), CLUSTER_ID),
  ];
  expect(new Set(prefixes).size).toBe(3);
  expect(apartRuleName(aGroup(), CLUSTER_ID).startsWith(hostRulePrefix(aGroup(), CLUSTER_ID))).toBe(true);
});
