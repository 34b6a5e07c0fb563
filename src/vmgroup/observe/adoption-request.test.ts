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

  test('a group that is being deleted asks for none', () => {
    const store = adoptionWorld('web-1');
    const metadata = { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(observedAdoption(store, { adopt: FOLDER }).adoption?.candidates).toHaveLength(1);
    expect(observedAdoption(store, { adopt: FOLDER, metadata }).adoption).toBeUndefined();
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
