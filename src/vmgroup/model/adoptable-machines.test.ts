import { describe, expect, test } from 'vitest';
import { aShape } from '../../../test/support/builders/adoption-world';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { isAdoptable, mayTakeOver, notAdoptable } from './adoptable-machines';
import { wantedShape } from './machine-shape';
import { DEFAULT_TENANT_POLICY } from './tenant-policy';

const asker = { group: aGroup(), clusterId: CLUSTER_ID };
const rules = (...adoptableMachines: readonly string[]) => ({ source: 'VCenter east', adoptableMachines });

describe('R15: a machine may be taken over', () => {
  test('only by the path that it has, with the namespace and the cluster of the group in the pattern', () => {
    const patterns = rules('/dc/vm/$(cluster)/$(namespace)/**');
    expect(isAdoptable(`/dc/vm/${CLUSTER_ID}/shop/a/web-1`, asker, patterns)).toBe(true);
    expect(isAdoptable(`/dc/vm/${CLUSTER_ID}/bank/web-1`, asker, patterns)).toBe(false);
    expect(isAdoptable('/dc/vm/web-1', asker, { source: 'VCenter east' })).toBe(false);
  });

  test('who may not is told who can allow it', () => {
    expect(notAdoptable('"web-1"', asker, rules('/dc/vm/$(namespace)/*'))).toBe(
      'the adoption of "web-1" is not allowed by VCenter east, which allows "/dc/vm/shop/*": take it out of spec.adopt, or have an administrator add it to spec.allowed.adoptableMachines of VCenter east',
    );
    const { source } = DEFAULT_TENANT_POLICY;
    expect(notAdoptable('"web-1"', asker, { source })).toContain('to --adoptable-machines');
  });

  test('as it is allowed when the call is sent; what an annotation asks for is not judged by the list', () => {
    const { machine, slot } = aReplica(aGroup(), { ordinal: 0 });
    const wanted = wantedShape({}, aShape());
    const adopt = { kind: 'Adopt', machine, owner: undefined, slot } as const;
    const at = (path: string) => ({ pathOf: () => path });
    expect(mayTakeOver({ ...adopt, wanted }, asker, rules('/dc/vm/a/*'), at('/dc/vm/a/web-1'))).toBe(true);
    expect(mayTakeOver({ ...adopt, wanted }, asker, rules('/dc/vm/a/*'), at('/dc/vm/moved/web-1'))).toBe(false);
    expect(mayTakeOver(adopt, asker, rules(), at('/dc/vm/a/web-1'))).toBe(true);
  });
});
