import { describe, expect, test } from 'vitest';
import {
  addHandMade,
  adoptionWorld,
  change,
  decided,
  machineIn,
  observedAdoption,
  refusals,
  VM_FOLDER,
} from '../../../test/support/builders/adoption-world';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { addFolder, marks } from '../../../test/support/builders/orphan-world';

const FOLDER = { folder: 'by-hand' };
const taken = (...asked: Parameters<typeof decided>) =>
  decided(...asked).take.map(({ machine, slot }) => [machine.name, slot.ordinal]);

describe('the machines of spec.adopt', () => {
  test('come in the order of the list, then those of the folder by name as a person counts, each once', () => {
    const store = adoptionWorld('web-10', 'web-2', 'web-1');
    const adopt = { machines: ['/dc/vm/by-hand/web-10', 'web-10'], ...FOLDER };
    expect(taken(store, { adopt, spec: { replicas: 5 } })).toEqual([
      ['web-10', 0],
      ['web-1', 1],
      ['web-2', 2],
    ]);
  });

  test('of a folder are its machines, and no template, and none below it', () => {
    const store = adoptionWorld('web-1', 'gold');
    store.apply({ type: 'VirtualMachine', value: 'gold' }, [{ path: 'config.template', value: true }]);
    const below = addFolder(store, 'below', { type: 'Folder', value: 'by-hand' });
    addHandMade(store, 'deep', below);
    expect(taken(store, { adopt: FOLDER })).toEqual([['web-1', 0]]);
    expect(refusals(store, { adopt: FOLDER })).toEqual([]);
  });

  test('that are in the group already are asked for no more', () => {
    const store = adoptionWorld('web-1');
    addHandMade(store, 'ours', undefined, marks('ours', CLUSTER_ID, aGroup().metadata.uid));
    expect(observedAdoption(store, { adopt: FOLDER }).adoption?.candidates.map(({ name }) => name)).toEqual([
      '/dc/vm/by-hand/web-1',
    ]);
  });

  test('are looked for in a folder below the VM folder, and a change of that folder concerns the group', () => {
    const store = adoptionWorld('web-1');
    addFolder(store, 'host', { type: 'Datacenter', value: 'dc' });
    addFolder(store, 'datastore', { type: 'Datacenter', value: 'dc' });
    const asked = (folder: string) => observedAdoption(store, { adopt: { folder } }).adoption?.folder?.value;
    expect([asked('by-hand'), asked('/dc/vm/by-hand'), asked('nowhere'), asked('host')]).toEqual([
      ...['by-hand', 'by-hand', undefined, undefined],
    ]);
  });

  test('a request is fulfilled once the status says so of this one', () => {
    const store = adoptionWorld('web-1');
    const isFulfilled = (adoptionRevision: string) =>
      observedAdoption(store, { adopt: FOLDER, status: { adoptionRevision } }).adoption?.isFulfilled;
    const { revision = '' } = observedAdoption(store, { adopt: FOLDER }).adoption ?? {};
    expect([isFulfilled(revision), isFulfilled('another')]).toEqual([true, false]);
  });

  test('some of a folder that may not be taken are told as such, without their names', () => {
    const store = adoptionWorld('web-1', 'secret');
    const [refusal] = refusals(store, { adopt: FOLDER, tenants: { adoptableMachines: ['/dc/vm/by-hand/web-*'] } });
    expect(refusal).toEqual([
      'NotAllowed',
      expect.stringContaining('the adoption of some machines in folder "by-hand" is not allowed'),
    ]);
  });

  test('a group that is being deleted asks for none', () => {
    const store = adoptionWorld('web-1');
    const metadata = { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(observedAdoption(store, { adopt: FOLDER }).adoption?.candidates).toHaveLength(1);
    expect(observedAdoption(store, { adopt: FOLDER, metadata }).adoption).toBeUndefined();
  });
});

describe('a machine of another datacenter', () => {
  const world = () => {
    const store = adoptionWorld('web-1');
    const add = (type: string, value: string, name: string, parent: { type: string; value: string }) =>
      store.apply({ type, value }, [
        { path: 'name', value: name },
        { path: 'parent', value: parent },
      ]);
    const root = store.entity({ type: 'Datacenter', value: 'dc' })?.parent ?? { type: 'Folder', value: 'root' };
    add('Datacenter', 'dc9', 'dc9', root);
    add('Folder', 'vm9', 'vm', { type: 'Datacenter', value: 'dc9' });
    addHandMade(store, 'far', { type: 'Folder', value: 'vm9' });
    return store;
  };
  const both = { adoptableMachines: ['/dc/vm/**', '/dc9/vm/**'] };
  const told = (name: string, field: string) => [
    'OtherDatacenter',
    `"${name}" is in datacenter dc9, and the machines of this group are in dc: take it out of ${field}, and into a VmGroup of that datacenter`,
  ];

  test.each(['far', '/dc9/vm/far', '/dc9/vm/nobody'])('is told as such: %s', (name) => {
    const field = 'spec.adopt.machines[0]';
    expect(refusals(world(), { adopt: { machines: [name] }, tenants: both })).toEqual([told(name, field)]);
  });

  test('is told of a folder, too', () => {
    const adopt = { folder: '/dc9/vm/old' };
    expect(refusals(world(), { adopt, tenants: both })).toEqual([told('/dc9/vm/old', 'spec.adopt.folder')]);
  });

  test('R15: nobody learns where a machine is that the group may not take', () => {
    expect(refusals(world(), { adopt: { machines: ['far'] } })).toEqual([
      ['NotFound', '"far" was not found: correct spec.adopt.machines[0], or take it out'],
    ]);
  });
});

describe('R1: a machine is refused, with the remedy,', () => {
  const world = () => adoptionWorld('web-1');
  const adopt = { machines: ['web-1'] };
  const refusalOf = (store: ReturnType<typeof world>, asked: object = {}) => refusals(store, { adopt, ...asked })[0];

  test.each([
    [CLUSTER_ID, 'carries the marks of VmGroup shop/api: delete that group with deletionPolicy Orphan'],
    ['other', 'of another cluster (other): have it released there'],
  ])('with marks of another group, of cluster %s', (cluster, told) => {
    const store = world();
    addHandMade(store, 'web-1', undefined, marks('web-1', cluster, 'uid-of-api', 0, 'shop/api'));
    expect(refusalOf(store)).toEqual(['OwnedByAnother', expect.stringContaining(told)]);
  });

  test.each([
    [
      'shop/api',
      'carries the marks of VmGroup shop/api (uid uid-of-api), which is gone: make it again, with the annotation',
    ],
    [
      'bank/api',
      'which is gone, or in a namespace that this operator does not serve: make it again, with the annotation',
    ],
  ])('with marks of %s, of which only the marks are left', (owner, told) => {
    const store = world();
    addHandMade(store, 'web-1', undefined, marks('web-1', CLUSTER_ID, 'uid-of-api', 0, owner));
    const [, message = ''] = refusalOf(store, { isGone: (uid: string) => uid === 'uid-of-api' }) ?? [];
    expect(message).toContain(told);
    expect(message).toContain('adopt=Adopt, deletionPolicy Orphan and updateStrategy OnDelete, and delete it once');
    expect(refusalOf(store)?.[1]).toContain('delete that group with deletionPolicy Orphan');
  });

  test('a copy by hand of a machine of another group has no marks that count', () => {
    const store = world();
    addHandMade(store, 'web-1', undefined, marks('its-original', CLUSTER_ID, 'uid-of-api', 0, 'shop/api'));
    expect(refusals(store, { adopt })).toEqual([]);
  });

  test('when it is a template, or the one of the group', () => {
    const store = world();
    store.apply(machineIn(store, 'web-1').ref, [{ path: 'config.template', value: true }]);
    expect(refusalOf(store)?.[0]).toBe('IsTemplate');
    const tenants = { adoptableMachines: ['/dc/vm/*'] };
    store.apply(machineIn(store, 'template').ref, [{ path: 'config.template', value: false }]);
    expect(refusals(store, { adopt: { machines: ['template'] }, tenants })[0]?.[0]).toBe('IsTemplate');
  });

  test.each(['disconnected', 'inaccessible', 'orphaned', 'invalid'])('while it is %s', (state) => {
    const store = world();
    change(store, 'web-1', [['runtime.connectionState', state]]);
    expect(refusalOf(store)).toEqual(['NotConnected', expect.stringContaining(`is ${state} in vCenter`)]);
  });

  test('while vCenter does not tell its configuration', () => {
    const store = world();
    store.apply({ type: 'VirtualMachine', value: 'dark' }, [
      { path: 'name', value: 'dark' },
      { path: 'parent', value: { type: 'Folder', value: 'by-hand' } },
    ]);
    expect(refusals(store, { adopt: { machines: ['dark'] } })[0]).toEqual([
      'Unreadable',
      expect.stringContaining('System.Read'),
    ]);
  });

  test('when its name is not there, or fits several', () => {
    const store = world();
    addHandMade(store, 'web-1', addFolder(store, 'elsewhere', VM_FOLDER));
    expect(refusals(store, { adopt: { machines: ['web-9'] } })).toEqual([
      ['NotFound', '"web-9" was not found: correct spec.adopt.machines[0], or take it out'],
    ]);
    expect(refusals(store, { adopt: { folder: 'nowhere' } })[0]).toEqual([
      'NotFound',
      'folder "nowhere" was not found: correct spec.adopt.folder, or take it out',
    ]);
  });

  test('when several folders have the name, or none of its paths may be taken', () => {
    const store = world();
    for (const [value, parent] of [
      ['twin-1', 'by-hand'],
      ['twin-2', 'vm-operator'],
    ] as const)
      store.apply({ type: 'Folder', value }, [
        { path: 'name', value: 'twin' },
        { path: 'parent', value: { type: 'Folder', value: parent } },
      ]);
    expect(refusals(store, { adopt: { folder: 'twin' } })).toEqual([
      ['Ambiguous', 'folder "twin" is ambiguous: set spec.adopt.folder to an absolute path'],
    ]);
    for (const parent of ['vm-operator', 'vm'])
      store.apply({ type: 'VirtualMachine', value: `one in ${parent}` }, [
        { path: 'name', value: 'one' },
        { path: 'parent', value: { type: 'Folder', value: parent } },
      ]);
    expect(refusals(store, { adopt: { machines: ['one'] } })).toEqual([
      ['NotAllowed', expect.stringContaining('the adoption of "one" is not allowed by')],
    ]);
  });

  test('of several paths of its name those are told that may be taken, in order', () => {
    const store = world();
    for (const [value, parent] of [
      ['z', 'by-hand'],
      ['a', 'by-hand'],
    ] as const)
      addFolder(store, value, { type: 'Folder', value: parent });
    for (const parent of ['z', 'a'])
      store.apply({ type: 'VirtualMachine', value: `one in ${parent}` }, [
        { path: 'name', value: 'one' },
        { path: 'parent', value: { type: 'Folder', value: parent } },
      ]);
    const tenants = { adoptableMachines: ['/dc/vm/by-hand/**'] };
    expect(refusals(store, { adopt: { machines: ['one'] }, tenants })).toEqual([
      [
        'Ambiguous',
        '"one" is ambiguous: set spec.adopt.machines[0] to one of the paths /dc/vm/by-hand/a/one, /dc/vm/by-hand/z/one',
      ],
    ]);
  });

  test('with the words that its refusals end with', () => {
    const store = world();
    store.apply(machineIn(store, 'web-1').ref, [{ path: 'config.template', value: true }]);
    expect(refusalOf(store)?.[1]).toBe('/dc/vm/by-hand/web-1 is a template: take it out of spec.adopt');
    const networks = [{ name: 'lan', network: 'lan', addresses: ['10.0.0.1/24', '10.0.0.2/24'] }];
    expect(refusalOf(adoptionWorld('web-1'), { spec: { networks } })?.[1]).toBe(
      'spec.networks gives static addresses, and nobody knows those of /dc/vm/by-hand/web-1: take one or the other out of the spec',
    );
  });

  test('in a group with static addresses', () => {
    const networks = [{ name: 'lan', network: 'lan', addresses: ['10.0.0.1/24', '10.0.0.2/24'] }];
    expect(refusalOf(world(), { spec: { networks } })?.[0]).toBe('StaticAddresses');
  });
});

describe('R15: of machines that no administrator allows', () => {
  test('none is taken without a list, with an empty one, and outside of it', () => {
    const store = adoptionWorld('web-1');
    for (const adoptableMachines of [undefined, [], ['/dc/vm/bank/*']])
      expect(refusals(store, { adopt: { machines: ['web-1'] }, tenants: { adoptableMachines } })[0]).toEqual([
        'NotAllowed',
        expect.stringContaining('the adoption of "web-1" is not allowed by'),
      ]);
  });

  test('$(namespace) gives each namespace what is below its own folder', () => {
    const store = adoptionWorld();
    const tenants = addFolder(store, 'tenants', VM_FOLDER);
    addHandMade(store, 'own', addFolder(store, 'shop', tenants));
    addHandMade(store, 'theirs', addFolder(store, 'bank', tenants));
    const asked = { tenants: { adoptableMachines: ['/dc/vm/tenants/$(namespace)/**'] } };
    expect(taken(store, { adopt: { machines: ['own'] }, ...asked })).toEqual([['own', 0]]);
    expect(refusals(store, { adopt: { machines: ['theirs'] }, ...asked })[0]?.[0]).toBe('NotAllowed');
  });

  test('nothing is told that the author did not write: no path, and no name of a machine in a folder', () => {
    const store = adoptionWorld('secret-project');
    const tenants = { adoptableMachines: ['/dc/vm/shop/*'] };
    const [byFolder] = refusals(store, { adopt: FOLDER, tenants });
    expect(byFolder?.[1]).toContain('the adoption of machines in folder "by-hand" is not allowed');
    const told = JSON.stringify([byFolder, refusals(store, { adopt: { machines: ['secret-project'] }, tenants })]);
    expect(told).not.toContain('/dc/vm/by-hand');
    expect(JSON.stringify(byFolder)).not.toContain('secret-project');
  });

  test('an ambiguous name lists the paths only that are allowed', () => {
    const store = adoptionWorld();
    for (const folder of ['by-hand', 'bank']) {
      const parent = addFolder(store, folder, VM_FOLDER);
      store.apply({ type: 'VirtualMachine', value: `twin-in-${folder}` }, [
        { path: 'name', value: 'twin' },
        { path: 'parent', value: parent },
      ]);
    }
    const [[code, message] = []] = refusals(store, { adopt: { machines: ['twin'] } });
    expect(code).toBe('Ambiguous');
    expect(message).toContain('/dc/vm/by-hand/twin');
    expect(message).not.toContain('bank');
  });
});
