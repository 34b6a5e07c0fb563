import { beforeEach, describe, expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { aVCenter } from '../../../test/support/builders/vcenter-object';
import type { VCenter } from '../../api/vcenter';
import type { VmGroup } from '../../api/vm-group';
import type { Change } from '../../kubernetes';
import { IMPLICIT_VCENTER } from '../../vcenter/selection';
import { countedElsewhere } from './counted-elsewhere';
import type { Stores } from './stores';

let groups: Map<string, VmGroup>;
let vcenters: Map<string, VCenter>;
let groupChanged: (change: Change<VmGroup>) => void;
let vcenterChanged: (change: Change<VCenter>) => void;
let told: (string | undefined)[];

function on(instanceUuid: string | undefined, spec: Partial<VCenter['spec']> = {}): VCenter {
  return aVCenter(spec, instanceUuid === undefined ? {} : { status: { about: { instanceUuid } } });
}

function groupOn(vcenter: string | undefined, uid = 'web'): VmGroup {
  const group = aGroup();
  const status = vcenter === undefined ? {} : { status: { ...group.status, vcenter: { name: vcenter } } };
  return { ...group, ...status, metadata: { ...group.metadata, uid } } as VmGroup;
}

/** As the reflectors of a process, as far as they are asked. */
function stores(): Stores {
  return {
    groups: {
      store: { byIndex: (_index: string, uid: string) => [groups.get(uid)].flatMap((group) => group ?? []) },
      onChange: (listener: typeof groupChanged) => {
        groupChanged = listener;
        return () => {
          groupChanged = () => {};
        };
      },
    },
    vcenters: {
      store: { get: (name: string) => vcenters.get(name) },
      onChange: (listener: typeof vcenterChanged) => {
        vcenterChanged = listener;
        return () => {
          vcenterChanged = () => {};
        };
      },
    },
  } as unknown as Stores;
}

const holds = (uid = 'web') => countedElsewhere('east', stores()).holds(uid);

beforeEach(() => {
  told = [];
  vcenters = new Map([
    ['east', on('one')],
    ['tenant', on('one')],
  ]);
  groups = new Map([['web', groupOn('tenant')]]);
});

describe('R15: the machines of a group', () => {
  test('count for the VCenter that its status names, if that is on the same vCenter', () => {
    expect(holds()).toBe(true);
    expect(countedElsewhere('tenant', stores()).holds('web')).toBe(false);
  });

  test.each<[string, () => void]>([
    ['that is unknown', () => groups.clear()],
    ['that no status places', () => groups.set('web', groupOn(undefined))],
    ['of (env)', () => groups.set('web', groupOn(IMPLICIT_VCENTER))],
    ['of a VCenter that is gone', () => vcenters.delete('tenant')],
    ['of another vCenter', () => vcenters.set('tenant', on('two'))],
    ['of another cluster id', () => vcenters.set('tenant', on('one', { clusterName: 'blue' }))],
    ['of a VCenter whose vCenter has not answered yet', () => vcenters.set('tenant', on(undefined))],
    [
      'while the vCenter here has not answered yet',
      () => vcenters.set('east', on(undefined)).set('tenant', on(undefined)),
    ],
  ])('%s count here, for nobody else may', (_, change) => {
    change();
    expect(holds()).toBe(false);
  });
});

describe('whoever counts is told', () => {
  const listen = () => countedElsewhere('east', stores()).onChange((uid) => told.push(uid));

  test('of a group that gets another VCenter, that comes, goes or is another one by that name', () => {
    listen();
    groupChanged({ key: 'shop/web', before: groupOn(undefined), after: groupOn('tenant') });
    groupChanged({ key: 'shop/web', before: groupOn('tenant'), after: groupOn('tenant') });
    groupChanged({ key: 'shop/web', before: groupOn('tenant'), after: groupOn('tenant', 'new') });
    groupChanged({ key: 'shop/web', before: groupOn('tenant', 'new') });
    expect(told).toEqual(['web', 'web', 'new', 'new']);
  });

  test('of all, when a VCenter answers, is another one, or is gone', () => {
    listen();
    vcenterChanged({ key: 'tenant', before: on(undefined), after: on('one') });
    vcenterChanged({ key: 'tenant', before: on('one'), after: on('one', { limits: {} }) });
    vcenterChanged({ key: 'tenant', before: on('one') });
    expect(told).toEqual([undefined, undefined]);
  });

  test('until it listens no more', () => {
    listen()();
    groupChanged({ key: 'shop/web', before: groupOn(undefined), after: groupOn('tenant') });
    vcenterChanged({ key: 'tenant', before: on('one') });
    expect(told).toEqual([]);
  });
});
