import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import type { VCenter, VCenterSpec } from '../api/vcenter';
import type { VmGroup } from '../api/vm-group';
import type { Labels } from './label-selector';
import { chooseVCenter, IMPLICIT_VCENTER, type VCenterWorld } from './selection';

const DELETED = { deletionTimestamp: '2026-01-02T00:00:00Z' };
const selects = (site: string) => ({ namespaceSelector: { matchLabels: { site } } });

function named(name: string, spec: Partial<VCenterSpec> = { namespaceSelector: {} }, metadata: object = {}): VCenter {
  const vcenter = aVCenter(spec);
  return { ...vcenter, metadata: { ...vcenter.metadata, name, ...metadata } };
}

/** The group is in namespace shop, which has the label site=east unless other labels are given. */
function worldOf(
  vcenters: readonly VCenter[],
  { hasImplicit = true, labels = { site: 'east' } }: { hasImplicit?: boolean; labels?: Labels } = {},
): VCenterWorld {
  const byName = new Map(vcenters.map((vcenter) => [vcenter.metadata.name, vcenter]));
  return {
    vcenters: { get: (name) => byName.get(name), list: () => byName.values(), size: byName.size },
    hasImplicit,
    labelsOf: (namespace) => (namespace === 'shop' ? labels : {}),
  };
}

/** A group that names a vCenter in its spec, or in its status. */
const groupOf = ({ wanted, recorded }: { wanted?: string | undefined; recorded?: string | undefined } = {}) =>
  aGroup(
    wanted === undefined ? {} : { vcenterRef: { name: wanted } },
    recorded === undefined ? {} : { status: { vcenter: { name: recorded } } },
  );

/** Nothing has been seen of the namespace. */
const unseen = (vcenters: readonly VCenter[]): VCenterWorld => ({ ...worldOf(vcenters), labelsOf: () => undefined });

const chosen = (name: string) => ({ kind: 'Chosen', name });
const none = (reason: string, message: string) => ({ kind: 'None', reason, message });

describe('without a VCenter object', () => {
  test('a group belongs to the vCenter of the environment', () => {
    expect(chooseVCenter(groupOf(), worldOf([]))).toEqual(chosen(IMPLICIT_VCENTER));
    expect(chooseVCenter(groupOf({ recorded: IMPLICIT_VCENTER }), worldOf([]))).toEqual(chosen(IMPLICIT_VCENTER));
  });

  test('a group that names a VCenter waits for it', () => {
    expect(chooseVCenter(groupOf({ wanted: 'east' }), worldOf([]))).toEqual(
      none(
        'NoVCenter',
        'VCenter "east" does not exist: correct spec.vcenterRef.name, or have an administrator create it',
      ),
    );
  });

  test('a group is told what is missing if the environment names no vCenter', () => {
    expect(chooseVCenter(groupOf(), worldOf([], { hasImplicit: false }))).toEqual(
      none(
        'NoVCenter',
        'there is no VCenter: an administrator creates one, or gives the operator the address of a vCenter in VC_HOST',
      ),
    );
  });
});

describe('a group that lives nowhere yet', () => {
  test('belongs to the only VCenter that selects its namespace, and to no environment', () => {
    const world = worldOf([named('east', selects('east')), named('west', selects('west'))]);
    expect(chooseVCenter(groupOf(), world)).toEqual(chosen('east'));
  });

  test('belongs to the VCenter that it names, also if others select its namespace', () => {
    const world = worldOf([named('east'), named('west')]);
    expect(chooseVCenter(groupOf({ wanted: 'west' }), world)).toEqual(chosen('west'));
  });

  test('is told that the VCenter that it names is not there, or does not select its namespace', () => {
    const world = worldOf([named('east'), named('west', selects('west')), named('closed', {})]);
    expect(chooseVCenter(groupOf({ wanted: 'north' }), world)).toEqual(
      none(
        'NoVCenter',
        'VCenter "north" does not exist: correct spec.vcenterRef.name, or have an administrator create it',
      ),
    );
    for (const wanted of ['west', 'closed'])
      expect(chooseVCenter(groupOf({ wanted }), world)).toEqual(
        none(
          'NotAllowed',
          `VCenter "${wanted}" does not select namespace shop: an administrator gives the namespace labels that its spec.namespaceSelector asks for`,
        ),
      );
  });

  test('is told which VCenters there are if none selects its namespace, five at most', () => {
    const world = worldOf(['g', 'b', 'f', 'c', 'e', 'a', 'd'].map((name) => named(name, {})));
    expect(chooseVCenter(groupOf(), world)).toEqual(
      none(
        'NoVCenter',
        'no VCenter selects namespace shop: an administrator gives it labels that the spec.namespaceSelector of one asks for (there are a, b, c, d, e)',
      ),
    );
  });

  test('is told which VCenters select its namespace if there are several, five at most', () => {
    const world = worldOf(['g', 'b', 'f', 'c', 'e', 'a', 'd'].map((name) => named(name)));
    expect(chooseVCenter(groupOf(), world)).toEqual(
      none('Ambiguous', '7 VCenters select namespace shop: set spec.vcenterRef.name to one of a, b, c, d, e'),
    );
  });

  test('is not taken in by a VCenter that is being deleted, also if it names that', () => {
    const world = worldOf([named('east'), named('old', { namespaceSelector: {} }, DELETED)]);
    expect(chooseVCenter(groupOf(), world)).toEqual(chosen('east'));
    expect(chooseVCenter(groupOf({ wanted: 'old' }), world)).toEqual(
      none(
        'NoVCenter',
        'VCenter "old" is being deleted and takes no new group in: set spec.vcenterRef.name to another',
      ),
    );
  });
});

describe('a group of the vCenter of the environment', () => {
  const group = groupOf({ recorded: IMPLICIT_VCENTER });

  test('goes on under the VCenter that selects its namespace', () => {
    expect(chooseVCenter(group, worldOf([named('east')]))).toEqual(chosen('east'));
  });

  test('R1: is not taken over by a VCenter with a cluster name, under which its marks are not ours', () => {
    const message =
      'the machines of the group carry the id of this cluster, and VCenter "east" has spec.clusterName "blue": an administrator makes a VCenter without clusterName for it';
    const world = worldOf([named('east', { namespaceSelector: {}, clusterName: 'blue' })]);
    expect(chooseVCenter(group, world)).toEqual(none('InstanceMismatch', message));
    expect(chooseVCenter(groupOf({ recorded: IMPLICIT_VCENTER, wanted: 'east' }), world)).toEqual(
      none('InstanceMismatch', message),
    );
    expect(chooseVCenter(groupOf(), world)).toEqual(chosen('east'));
  });
});

describe('a group that lives on a VCenter', () => {
  const group = groupOf({ recorded: 'east' });

  test('stays there, whichever others select its namespace, also while that is being deleted', () => {
    expect(chooseVCenter(group, worldOf([named('east'), named('west')]))).toEqual(chosen('east'));
    expect(chooseVCenter(group, worldOf([named('east', { namespaceSelector: {} }, DELETED)]))).toEqual(chosen('east'));
    expect(chooseVCenter(groupOf({ recorded: 'east', wanted: 'east' }), worldOf([named('east')]))).toEqual(
      chosen('east'),
    );
  });

  test('waits for it if it is gone, and goes to no other and not to the environment', () => {
    for (const world of [worldOf([]), worldOf([named('west')])])
      expect(chooseVCenter(group, world)).toEqual(
        none(
          'NoVCenter',
          'VCenter "east", which holds the machines of the group, does not exist: an administrator creates it again',
        ),
      );
  });

  test('R15: is frozen there when its namespace is selected no more', () => {
    expect(chooseVCenter(group, worldOf([named('east', selects('east'))], { labels: { site: 'west' } }))).toEqual({
      kind: 'Frozen',
      name: 'east',
      reason: 'NotAllowed',
      message:
        'VCenter "east" does not select namespace shop any more: an administrator gives the namespace labels that its spec.namespaceSelector asks for; the group can be deleted',
    });
  });

  test('is frozen there when its spec names another', () => {
    const world = worldOf([named('east'), named('west')]);
    expect(chooseVCenter(groupOf({ recorded: 'east', wanted: 'west' }), world)).toEqual({
      kind: 'Frozen',
      name: 'east',
      reason: 'NotAllowed',
      message:
        'the machines of the group are on VCenter "east" and cannot be moved to "west": set spec.vcenterRef.name to "east", or make a new group',
    });
  });
});

describe('whatever VCenters there are', () => {
  const names = ['a', 'b', 'c', 'd'];
  const anyVCenters = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...names),
      selector: fc.constantFrom(undefined, {}, { matchLabels: { site: 'east' } }, { matchLabels: { site: 'west' } }),
      clusterName: fc.constantFrom(undefined, 'blue'),
      deleted: fc.boolean(),
    }),
    { selector: ({ name }) => name },
  );
  const anyGroup = fc.record({
    wanted: fc.constantFrom(undefined, ...names),
    recorded: fc.constantFrom(undefined, IMPLICIT_VCENTER, ...names),
  });
  const built = (drawn: typeof anyVCenters extends fc.Arbitrary<infer T> ? T : never) =>
    drawn.map(({ name, selector, clusterName, deleted }) => {
      const spec = { ...(selector && { namespaceSelector: selector }), ...(clusterName && { clusterName }) };
      return named(name, spec, deleted ? DELETED : {});
    });

  test('the choice does not depend on the order in which they are known', () => {
    const shuffled = anyVCenters.chain((drawn) =>
      fc.record({
        drawn: fc.constant(drawn),
        again: fc.shuffledSubarray(drawn, { minLength: drawn.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, anyGroup, fc.boolean(), ({ drawn, again }, group, hasImplicit) => {
        const one = chooseVCenter(groupOf(group), worldOf(built(drawn), { hasImplicit }));
        expect(chooseVCenter(groupOf(group), worldOf(built(again), { hasImplicit }))).toEqual(one);
      }),
    );
  });

  test('R2: a group that lives on one of them never goes to another', () => {
    fc.assert(
      fc.property(anyVCenters, anyGroup, fc.boolean(), (drawn, group, hasImplicit) => {
        const choice = chooseVCenter(groupOf(group), worldOf(built(drawn), { hasImplicit }));
        const lives = group.recorded !== undefined && group.recorded !== IMPLICIT_VCENTER;
        if (lives && choice?.kind !== 'None') expect(choice?.name).toBe(group.recorded);
      }),
    );
  });

  test('R15: a group is chosen only by one that selects its namespace', () => {
    fc.assert(
      fc.property(anyVCenters, anyGroup, (drawn, group) => {
        const choice = chooseVCenter(groupOf(group), worldOf(built(drawn)));
        if (choice?.kind !== 'Chosen' || choice.name === IMPLICIT_VCENTER) return;
        const { selector } = drawn.find(({ name }) => name === choice.name) ?? {};
        expect([{}, { matchLabels: { site: 'east' } }]).toContainEqual(selector);
      }),
    );
  });
});

describe('while the labels of the namespace are not known', () => {
  const DOES_NOT_EXIST = {
    namespaceSelector: { matchExpressions: [{ key: 'site', operator: 'DoesNotExist' } as const] },
  };
  const deleted = (group: VmGroup): VmGroup => ({ ...group, metadata: { ...group.metadata, ...DELETED } });

  test('R15: nothing is chosen for a group, not even what selects a namespace without labels', () => {
    const world = unseen([named('east', DOES_NOT_EXIST), named('west', selects('west'))]);
    for (const group of [groupOf(), groupOf({ wanted: 'east' }), groupOf({ recorded: IMPLICIT_VCENTER })])
      expect(chooseVCenter(group, world)).toBeUndefined();
    expect(chooseVCenter(groupOf(), unseen([]))).toEqual(chosen(IMPLICIT_VCENTER));
  });

  test('R13: a group that lives on a VCenter is not frozen', () => {
    expect(chooseVCenter(groupOf({ recorded: 'east' }), unseen([named('east', selects('east'))]))).toBeUndefined();
  });

  test('a group is deleted where it lives, and one that lives nowhere is told what is missing', () => {
    const world = unseen([named('east', selects('east'))]);
    expect(chooseVCenter(deleted(groupOf({ recorded: 'east' })), world)).toEqual(chosen('east'));
    const message =
      'namespace shop, by whose labels a VCenter selects it, has not been read yet: if it does not exist any more, create it again';
    for (const group of [groupOf(), groupOf({ recorded: IMPLICIT_VCENTER })])
      expect(chooseVCenter(deleted(group), world)).toEqual(none('NoVCenter', message));
  });
});
