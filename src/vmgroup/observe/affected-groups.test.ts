import { beforeEach, describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup } from '../../api/vm-group';
import type { InventoryChange, ManagedEntity, VirtualMachine } from '../../vsphere/port';
import type { Placement } from '../model/placement';
import { AffectedGroups } from './affected-groups';

const web = aGroup({ template: 'ubuntu' });
const other = aGroup({ template: '/dc/vm/debian' }, { metadata: { ...web.metadata, name: 'db', uid: 'other' } });
const groups: readonly VmGroup[] = [web, other];
const store = {
  get: (key: string) => groups.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key),
  list: () => groups,
  hasUid: () => false,
  byFolder: () => [],
  byFolderName: () => [],
  isFolderOfAnother: () => false,
  byTemplate: (name: string) => groups.filter(({ spec }) => spec.template.split('/').at(-1) === name),
};

const foreign = (rest: Partial<VirtualMachine> = {}): VirtualMachine => {
  const { machine } = aReplica(web, { ordinal: 0 });
  return { ...machine, name: 'pet', parent: { type: 'Folder', value: 'elsewhere' }, extraConfig: {}, ...rest };
};
const folder = (rest: Partial<ManagedEntity> = {}): ManagedEntity => ({
  ref: { type: 'Folder', value: 'group-folder' },
  type: 'Folder',
  name: 'shop.web',
  parent: { type: 'Folder', value: 'parent' },
  ...rest,
});

describe('AffectedGroups wakes exactly the groups that a change affects', () => {
  let index: AffectedGroups;
  const woken = (change: InventoryChange) => [...index.groupsAffectedBy(change)].sort();

  beforeEach(() => {
    index = new AffectedGroups(store);
    index.observed(anObservation(web));
  });

  test('a replica wakes its group', () => {
    const { machine } = aReplica(web, { ordinal: 0 });
    const after = { ...machine, powerState: 'poweredOff' as const };
    expect(woken({ kind: 'VirtualMachine', before: machine, after })).toEqual(['shop/web']);
    expect(woken({ kind: 'VirtualMachine', before: machine })).toEqual(['shop/web']);
  });

  test('the end of a group wakes those that ask for a machine with the marks of another', () => {
    const asking = (code: 'OwnedByAnother' | 'NotAllowed') => {
      const candidates = [{ name: 'pet', machine: foreign(), refusal: { code, message: 'm' } }];
      index.observed(anObservation(web, { adoption: { revision: 'r', isFulfilled: false, candidates } }));
      return [...index.groupsAffectedByEnd()];
    };
    expect([...index.groupsAffectedByEnd()]).toEqual([]);
    expect(asking('OwnedByAnother')).toEqual(['shop/web']);
    expect(asking('NotAllowed')).toEqual([]);
    asking('OwnedByAnother');
    index.forget('shop/web');
    expect([...index.groupsAffectedByEnd()]).toEqual([]);
  });

  test('a machine that a group waits to take over wakes it, and one that gets such a name or comes into such a folder', () => {
    const change = { kind: 'VirtualMachine', before: foreign(), after: foreign({ powerState: 'poweredOff' }) } as const;
    const renamed = { kind: 'VirtualMachine', before: foreign({ name: 'other' }), after: foreign() } as const;
    expect([woken(change), woken(renamed)]).toEqual([[], []]);
    const candidates = [{ name: 'pet', machine: foreign() }];
    const adoption = { revision: 'r', isFulfilled: false, candidates };
    index.observed(anObservation(web, { adoption }));
    expect([woken(change), woken(renamed)]).toEqual([['shop/web'], ['shop/web']]);
    index.observed(anObservation(web, { adoption: { ...adoption, candidates: [] } }));
    expect([woken(change), woken(renamed)]).toEqual([[], ['shop/web']]);
    index.observed(anObservation(web));
    expect(woken(renamed)).toEqual([]);
  });

  test("a foreign machine in a group's folder wakes that group", () => {
    const after = foreign({ parent: { type: 'Folder', value: 'group-folder' } });
    expect(woken({ kind: 'VirtualMachine', after })).toEqual(['shop/web']);
  });

  test('R8: an unreadable machine wakes the groups that wait for it, wherever it lies, until they wait no more', () => {
    const machine = foreign({ unreadable: true, connectionState: 'inaccessible' });
    index.observed(anObservation(web, { unreadable: [machine] }));
    expect(woken({ kind: 'VirtualMachine', before: machine })).toEqual(['shop/web']);
    const { unreadable: _, ...readable } = machine;
    expect(woken({ kind: 'VirtualMachine', before: machine, after: readable })).toEqual(['shop/web']);
    index.observed(anObservation(other, { unreadable: [machine] }));
    expect(woken({ kind: 'VirtualMachine', before: machine })).toEqual(['shop/db', 'shop/web']);
    index.observed(anObservation(web));
    index.forget('shop/db');
    expect(woken({ kind: 'VirtualMachine', before: machine })).toEqual([]);
  });

  test('a template that appears, is renamed or is removed wakes the groups that name it', () => {
    expect(woken({ kind: 'VirtualMachine', after: foreign({ name: 'ubuntu' }) })).toEqual(['shop/web']);
    expect(woken({ kind: 'VirtualMachine', before: foreign({ name: 'debian' }) })).toEqual(['shop/db']);
    const renamed = { before: foreign({ name: 'ubuntu' }), after: foreign({ name: 'debian' }) };
    expect(woken({ kind: 'VirtualMachine', ...renamed })).toEqual(['shop/db', 'shop/web']);
  });

  test('a machine that affects no group wakes no group', () => {
    const before = foreign();
    expect(woken({ kind: 'VirtualMachine', before, after: { ...before, powerState: 'poweredOff' } })).toEqual([]);
    const template = foreign({ name: 'ubuntu' });
    expect(woken({ kind: 'VirtualMachine', before: template, after: { ...template, numCpu: 9 } })).toEqual([]);
  });

  test("a group's folder wakes that group, by name and, after a person renamed it, by reference", () => {
    expect(woken({ kind: 'ManagedEntity', after: folder() })).toEqual(['shop/web']);
    expect(woken({ kind: 'ManagedEntity', before: folder(), after: folder({ name: 'renamed' }) })).toEqual([
      'shop/web',
    ]);
  });

  test('another folder, cluster or resource pool may change what any name means, and wakes all groups', () => {
    const entity = folder({
      ref: { type: 'Folder', value: 'x' },
      name: 'templates',
      parent: { type: 'Folder', value: 'vm' },
    });
    expect(woken({ kind: 'ManagedEntity', after: entity })).toEqual(['shop/db', 'shop/web']);
    const pool = { ...entity, type: 'ResourcePool' as const };
    expect(woken({ kind: 'ManagedEntity', before: pool })).toEqual(['shop/db', 'shop/web']);
  });

  test.each([
    'Network',
    'DistributedVirtualPortgroup',
    'VmwareDistributedVirtualSwitch',
    'OpaqueNetwork',
    'Datastore',
    'ClusterComputeResource',
  ] as const)('a %s that appears, is renamed or leaves wakes all: any spec may name it', (type) => {
    const thing = folder({ ref: { type, value: 'x' }, type, name: 'VM Network' });
    for (const change of [
      { after: thing },
      { before: thing, after: { ...thing, name: 'renamed' } },
      { before: thing },
    ]) {
      expect(woken({ kind: 'ManagedEntity', ...change })).toEqual(['shop/db', 'shop/web']);
    }
  });

  test('a folder of no group, beside the group folders, wakes those that name a folder or miss something, and no others', () => {
    const team = folder({ ref: { type: 'Folder', value: 'team' }, name: 'team' });
    expect(woken({ kind: 'ManagedEntity', after: team })).toEqual([]);
    index.observed(anObservation(other));
    expect(woken({ kind: 'ManagedEntity', after: team })).toEqual(['shop/db']);
    const problem = { reason: 'FolderNotFound' as const, field: 'spec.placement.folder', message: '' };
    index.observed(anObservation(web, { placement: { ...anObservation(web).placement, problems: [problem] } }));
    expect(woken({ kind: 'ManagedEntity', after: team })).toEqual(['shop/db', 'shop/web']);
    index.forget('shop/db');
    expect(woken({ kind: 'ManagedEntity', after: team })).toEqual(['shop/web']);
  });

  test('the default folder wakes a group that waits for it, also beside the folders of other groups', () => {
    const vm = { type: 'Folder', value: 'vm' };
    const placed = (parentFolder: Placement['parentFolder']) => ({
      placement: { ...anObservation(web).placement, ...(parentFolder && { parentFolder }) },
    });
    index.observed(anObservation(web, placed({ kind: 'Found', ref: vm, path: '/dc/vm' })));
    const waiting = placed({ kind: 'Missing', within: vm, name: 'vm-operator', path: '/dc/vm/vm-operator' });
    index.observed(anObservation({ ...other, spec: { ...other.spec, template: 'ubuntu' } }, waiting));
    const made = folder({ ref: { type: 'Folder', value: 'f9' }, name: 'vm-operator', parent: vm });
    expect(woken({ kind: 'ManagedEntity', after: made })).toContain('shop/db');
  });

  test("a change of the original operator's folder wakes the group that it belongs to", () => {
    const legacy = { type: 'Folder', value: 'legacy' };
    const path = '/dc/vm/vm-operator/shop-web';
    index.observed(
      anObservation(web, { orphans: { kind: 'Legacy', adopt: false, folder: legacy, path, machines: [] } }),
    );
    expect(woken({ kind: 'VirtualMachine', before: foreign({ parent: legacy }) })).toEqual(['shop/web']);
    expect(woken({ kind: 'ManagedEntity', before: folder({ ref: legacy, name: 'shop-web' }) })).toEqual(['shop/web']);
  });

  test('a machine that a group releases wakes the groups that name it as their template', () => {
    const { machine } = aReplica(web, { ordinal: 0 }, { name: 'debian' });
    const released = { ...machine, extraConfig: {} };
    expect(woken({ kind: 'VirtualMachine', before: machine, after: released })).toEqual(['shop/db', 'shop/web']);
  });

  test('a machine that becomes a template, or can be read again, wakes the groups that name it', () => {
    const before = foreign({ name: 'ubuntu' });
    expect(woken({ kind: 'VirtualMachine', before, after: { ...before, isTemplate: true } })).toEqual(['shop/web']);
    expect(woken({ kind: 'VirtualMachine', before: { ...before, unreadable: true }, after: before })).toEqual([
      'shop/web',
    ]);
  });

  test('a group whose folder is refused for a machine in it is woken when a machine leaves or loses its marks', () => {
    const { machine } = aReplica(
      { ...web, metadata: { ...web.metadata, name: 'gone' } },
      { ordinal: 0 },
      { parent: { type: 'Folder', value: 'elsewhere' } },
    );
    const wakes = () => woken({ kind: 'VirtualMachine', before: machine, after: { ...machine, extraConfig: {} } });
    expect(wakes()).not.toContain('shop/db');
    const problem = { reason: 'NotAllowed' as const, field: 'spec.placement.folder', message: '' };
    index.observed(anObservation(other, { placement: { ...anObservation(other).placement, problems: [problem] } }));
    expect(wakes()).toContain('shop/db');
    index.observed(anObservation(other));
    expect(wakes()).not.toContain('shop/db');
  });

  test('a folder of groups that lies in another folder of groups wakes all when it changes', () => {
    const inner = folder({ ref: { type: 'Folder', value: 'inner' }, name: 'inner' });
    const parentFolder = { kind: 'Found' as const, ref: inner.ref, path: '/dc/vm/parent/inner' };
    index.observed(anObservation(other, { placement: { ...anObservation(other).placement, parentFolder } }));
    expect(woken({ kind: 'ManagedEntity', before: inner, after: { ...inner, name: 'renamed' } })).toEqual([
      'shop/db',
      'shop/web',
    ]);
  });

  test('R15: a template whose disks get to another datastore wakes the groups that name it', () => {
    const ssd = { type: 'Datastore', value: 'ssd' };
    const before = foreign({ name: 'ubuntu', isTemplate: true, datastores: [ssd] });
    const after = { ...before, datastores: [{ type: 'Datastore', value: 'hdd' }] };
    expect(woken({ kind: 'VirtualMachine', before, after })).toEqual(['shop/web']);
    expect(woken({ kind: 'VirtualMachine', before, after: { ...before, datastores: [{ ...ssd }] } })).toEqual([]);
  });

  test('R15: where paths decide what is allowed, a folder that is renamed wakes a group that names none', () => {
    const before = folder({ ref: { type: 'Folder', value: 'templates' }, name: 'templates' });
    const renamed = { kind: 'ManagedEntity', before, after: { ...before, name: 'retired' } } as const;
    expect(woken(renamed)).toEqual([]);
    index.observed(anObservation(web, { placement: { ...anObservation(web).placement, isJudgedByPath: true } }));
    expect(woken(renamed)).toEqual(['shop/web']);
  });

  test('a host wakes no group', () => {
    expect(woken({ kind: 'ManagedEntity', after: folder({ type: 'HostSystem' }) })).toEqual([]);
  });
});
