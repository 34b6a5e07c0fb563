import { afterEach, beforeEach, expect, test } from 'vitest';
import { draw } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { marksFor } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import type { ConnectionStatus } from '../../vsphere';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { LogFields } from '../telemetry/logger';
import { folderNameIndex } from './group-api';
import { UnownedWatch } from './unowned-watch';

const READY: ConnectionStatus = {
  kind: 'Ready',
  about: { fullName: '', version: '', apiVersion: '', instanceUuid: 'vc' },
};
const CONNECTING: ConnectionStatus = { kind: 'Connecting', sinceMonotonicMs: 0 };

class World {
  readonly clock = new VirtualClock();
  readonly inventory = new InventoryStore();
  readonly uids = new Set<string>();
  readonly lines: { readonly message: string; readonly fields: LogFields | undefined }[] = [];
  readonly listeners = new Set<(status: ConnectionStatus) => void>();
  readonly stop = new AbortController();
  readonly connection = {
    status: READY,
    inventory: this.inventory,
    onStatus: (listener: (status: ConnectionStatus) => void) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
  };
  readonly stored: VmGroup[] = [];
  readonly groups = {
    synced: true,
    hasUid: (uid: string) => this.uids.has(uid),
    byFolderName: (name: string) => this.stored.filter((group) => folderNameIndex(group).includes(name)),
  };
  readonly watch = new UnownedWatch({
    connection: this.connection,
    clusterId: CLUSTER_ID,
    defaultFolder: 'vm-operator',
    groups: this.groups,
    watchNamespaces: [],
    clock: this.clock,
    log: {
      info: (message, fields) => void this.lines.push({ message, fields }),
      warn: (message, fields) => void this.lines.push({ message, fields }),
    },
  });
  readonly done = this.watch.run(this.stop.signal);

  machine(name: string, uid: string): void {
    const slot = { ordinal: 0, revision: 'a1b2' };
    const marks = marksFor({ cluster: CLUSTER_ID, group: 'shop/web', groupUid: uid, slot }, `uuid-${name}`);
    this.inventory.apply({ type: 'VirtualMachine', value: name }, [
      { path: 'name', value: name },
      { path: 'config.instanceUuid', value: `uuid-${name}` },
      ...Object.entries(marks).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
    ]);
  }

  becomes(status: ConnectionStatus): void {
    this.connection.status = status;
    for (const listener of this.listeners) listener(status);
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  world.stop.abort(new Error('over'));
  await world.done;
});

const MINUTES = 60_000;

test('nothing is logged while every machine has its group', async () => {
  world.machine('one', 'known');
  world.uids.add('known');
  await world.clock.advance(60 * MINUTES);
  expect(world.watch.machines()).toEqual([]);
  expect(world.lines).toEqual([]);
});

test('a new set is logged once, with names and the remedy, within five minutes', async () => {
  world.machine('one', 'gone');
  world.machine('two', 'gone');
  await world.clock.advance(5 * MINUTES);
  expect(world.lines).toEqual([
    {
      message: 'machines carry our marks but their VmGroups do not exist; they are left alone',
      fields: {
        count: 2,
        machines: ['one of shop/web', 'two of shop/web'],
        remedy: expect.stringContaining('vm.codeconnect.vmworld.com/adopt=Adopt'),
      },
    },
  ]);
  await world.clock.advance(60 * MINUTES);
  expect(world.lines).toHaveLength(1);
});

test('the log names at most twenty machines', async () => {
  for (let index = 0; index < 25; index += 1) world.machine(`vm-${index}`, 'gone');
  await world.clock.advance(5 * MINUTES);
  expect(world.lines[0]?.fields).toMatchObject({ count: 25 });
  expect(world.lines[0]?.fields?.machines).toHaveLength(20);
});

test('the machines are checked as soon as vCenter becomes ready', () => {
  world.becomes(CONNECTING);
  world.machine('one', 'gone');
  expect(world.lines).toEqual([]);
  world.becomes(READY);
  expect(world.lines).toHaveLength(1);
});

test('a set that has become empty is logged too', async () => {
  world.machine('one', 'gone');
  await world.clock.advance(5 * MINUTES);
  world.uids.add('gone');
  await world.clock.advance(5 * MINUTES);
  expect(world.lines.map(({ message }) => message)).toEqual([
    'machines carry our marks but their VmGroups do not exist; they are left alone',
    'every machine with our marks has its VmGroup again',
  ]);
});

test('there is no answer before both the inventory and the groups are complete', async () => {
  world.machine('one', 'gone');
  world.becomes(CONNECTING);
  expect(world.watch.machines()).toBeUndefined();
  world.groups.synced = false;
  world.becomes(READY);
  expect(world.watch.machines()).toBeUndefined();
  await world.clock.advance(5 * MINUTES);
  expect(world.lines).toEqual([]);
});

test('empty folders with the names of groups that do not exist are logged once, as information', async () => {
  draw(world.inventory, 'Datacenter:dc/Folder:vm/Folder:vm-operator/Folder:shop.late');
  await world.clock.advance(60 * MINUTES);
  expect(world.lines).toEqual([
    {
      message: 'empty folders have the names of VmGroups that do not exist; they are left alone',
      fields: {
        count: 1,
        folders: ['/dc/vm/vm-operator/shop.late'],
        remedy: expect.stringContaining('another cluster'),
      },
    },
  ]);
});

test('the empty folder of a group that exists is not logged', async () => {
  draw(world.inventory, 'Datacenter:dc/Folder:vm/Folder:vm-operator/Folder:shop.web');
  world.stored.push(aGroup());
  await world.clock.advance(60 * MINUTES);
  expect(world.lines).toEqual([]);
});
