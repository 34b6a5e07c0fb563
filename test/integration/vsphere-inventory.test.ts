import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { machinesFilter } from '../../src/vsphere/inventory/filter-specs';
import { readObjects } from '../../src/vsphere/property/property-reader';
import { openVCenterWindow, type VCenterWindow, type Vcsim } from '../envtest/real-parts';
import { administrator, type Connected, connected, forever, landmarks, simulator } from './vsphere-world';

let vcsim: Vcsim;
let world: Connected;
let window: VCenterWindow;

beforeAll(async () => {
  vcsim = await simulator({ machines: 12, datastores: 2 });
  window = await openVCenterWindow(vcsim, forever);
});
afterAll(async () => {
  await window.close(forever);
  await vcsim.stop();
});

beforeEach(async () => {
  world = await connected(vcsim);
  await world.until('ready', () => world.connection.status.kind === 'Ready');
});
afterEach(() => world.stop());

const call = { operationId: 'test', signal: forever };

/** The simulator tells neither of these to a view that is there already. */
async function connectedAnew(): Promise<Connected> {
  await world.stop();
  world = await connected(vcsim);
  await world.until('ready', () => world.connection.status.kind === 'Ready');
  return world;
}

describe('what holds datastores and machines', () => {
  test('a datastore inside a datastore cluster is found by name and by path', async () => {
    const { datacenter } = landmarks(world.connection);
    const [datastore] = world.connection.inventory.entitiesOfType(['Datastore'], datacenter);
    if (datastore?.parent === undefined) throw new Error('no datastore');
    const { parent, name, ref } = datastore;
    const pod = await window.invoke('CreateStoragePod', parent.type, parent.value, '<name>pod</name>', forever);
    const list = `<list type="Datastore">${ref.value}</list>`;
    await window.invoke('MoveIntoFolder_Task', 'StoragePod', pod, list, forever);
    const path = `/vcqaDC/datastore/pod/${name}`;
    const { inventory } = (await connectedAnew()).connection;
    expect(inventory.pathOf(ref)).toBe(path);
    expect(inventory.entity({ type: 'StoragePod', value: pod })).toMatchObject({ type: 'StoragePod', name: 'pod' });
    for (const nameOrPath of [name, path, `pod/${name}`])
      expect(inventory.findEntity(['Datastore'], nameOrPath, datacenter)).toMatchObject({ kind: 'Found', path });
  });

  test('a vApp is seen in the folder that shows it', async () => {
    const { folder, resourcePool } = landmarks(world.connection);
    const shares = '<reservation>0</reservation><expandableReservation>true</expandableReservation><limit>-1</limit>';
    const allocation = `${shares}<shares><shares>4000</shares><level>normal</level></shares>`;
    const body =
      `<name>app</name><resSpec><cpuAllocation>${allocation}</cpuAllocation>` +
      `<memoryAllocation>${allocation}</memoryAllocation></resSpec><configSpec/>` +
      `<vmFolder type="Folder">${folder.value}</vmFolder>`;
    const value = await window.invoke('CreateVApp', 'ResourcePool', resourcePool.value, body, forever);
    const app = { type: 'VirtualApp', value };
    const { inventory } = (await connectedAnew()).connection;
    expect(inventory.entity(app)).toMatchObject({ name: 'app', parent: resourcePool, folder });
    expect(inventory.entitiesIn(folder).map(({ ref }) => ref)).toContainEqual(app);
  });
});

describe('a read', () => {
  test('that takes several pages tells unset properties as unset, also where the simulator names them', async () => {
    const { session, close } = await administrator(vcsim);
    const { rootFolder, viewManager } = session.service;
    const parameters = { container: rootFolder, type: ['VirtualMachine'], recursive: true };
    const view = await session.invoke('CreateContainerView', viewManager, parameters, call);
    const collector = session.service.propertyCollector;
    const options = { maxObjects: 4 };
    const specSet = [machinesFilter(view, ['codeconnect.uid'])];
    const first = await session.invoke('RetrievePropertiesEx', collector, { specSet, options }, call);
    const second = await session.invoke('ContinueRetrievePropertiesEx', collector, { token: first?.token ?? '' }, call);
    const objects = [...(first?.objects ?? []), ...second.objects];
    expect(objects).toHaveLength(8);
    const set = objects.flatMap(({ propSet = [] }) => propSet.filter(({ val }) => val !== undefined));
    expect(set.filter(({ name }) => name.includes('codeconnect.uid'))).toEqual([]);
    await close();
  });

  test('of many machines tells at once which of them are gone', async () => {
    const { session, close } = await administrator(vcsim);
    const gone = ['vm-gone-1', 'vm-gone-2', 'vm-gone-3'].map((value) => ({ type: 'VirtualMachine', value }));
    const { template } = landmarks(world.connection);
    const before = world.calls.length;
    const found = await readObjects(session, [...gone, template], ['name'], call);
    expect(found.objects.map(({ obj }) => obj)).toEqual([template]);
    expect(found.gone).toEqual(gone);
    expect(world.calls.slice(before).map(({ method }) => method)).toEqual(['RetrievePropertiesEx']);
    await close();
  });
});
