import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { hostName, replicaId, virtualMachineName } from './identity';
import { hostNameOf, machineNameOf, nameProblem } from './naming';

const slot = { ordinal: 3, revision: '0123456789' };
const named = (naming: { vmName?: string; hostname?: string }, name = 'web.eu') => {
  const group = aGroup({ naming });
  return { ...group, metadata: { ...group.metadata, name } };
};

test('R2: without a pattern names are as they have always been', () => {
  const group = aGroup();
  const { name, uid } = group.metadata;
  expect(machineNameOf(group, slot)).toBe(virtualMachineName(name, uid, slot));
  expect(hostNameOf(group, slot)).toBe(hostName(name, uid, slot));
  expect(nameProblem(group, slot)).toBeUndefined();
});

test('the variables of a pattern are replaced, and all else stays', () => {
  const group = named({
    vmName: '$(group.namespace)_$(group.name).$(vm.ordinal)-$(vm.id)-$(vm.revision)',
    hostname: '$(group.name)-$(vm.ordinal)',
  });
  const id = replicaId(group.metadata.uid, slot);
  expect(machineNameOf(group, slot)).toBe(`shop_web.eu.3-${id}-0123456789`);
  expect(hostNameOf(group, slot)).toBe('web-eu-3');
  expect(nameProblem(group, slot)).toBeUndefined();
});

describe('a name that cannot be used is told before anything is sent', () => {
  test.each([
    [{ vmName: `${'x'.repeat(72)}$(vm.id)` }, 'which has 80 characters: shorten it to at most 79'],
    [{ vmName: 'web-$(vm.ordinal)' }, 'add $(vm.id)'],
    [{ hostname: `${'x'.repeat(63)}$(vm.ordinal)` }, 'which has 64 characters: shorten it to at most 63'],
    [{ hostname: 'Web-$(vm.ordinal)' }, 'use lower-case letters'],
    [{ hostname: '$(vm.ordinal)-' }, 'use lower-case letters'],
    [{ hostname: '$(vm.id)$(other)' }, 'use lower-case letters'],
  ])('%j', (naming, problem) => {
    expect(nameProblem(named(naming), slot)).toContain(problem);
  });
});
