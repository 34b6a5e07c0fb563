import { beforeEach, describe, expect, test } from 'vitest';
import { InventoryStreamWorld, retrieved, update, VM1, VM2, VM3 } from '../../../test/support/inventory-stream-world';
import { settle } from '../../../test/support/time/virtual-clock';
import type { ManagedObjectReference } from '../port';
import type { AnyValue } from '../vim25/describe';
import type { ObjectUpdate } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';

const MARK = 'config.extraConfig["k"].value';

let world: InventoryStreamWorld;

const guest = (ipAddress: string) => ({
  'guest.toolsRunningStatus': 'guestToolsRunning',
  'guest.ipAddress': ipAddress,
});
/** Updates of the filter of the details: it is made last, so its reference is the number of objects that were made. */
const answerDetails = (...updates: readonly ObjectUpdate[]) =>
  world.answer(updates, false, String(world.calls.filter(({ method }) => method.startsWith('Create')).length));
const edits = () => world.callsOf('ModifyListView').map(({ parameters }) => parameters);
const detailsOf = (machine: ManagedObjectReference) => world.store.virtualMachine(machine)?.details;

/** VM1 has a mark, VM2 has none. */
beforeEach(async () => {
  world = new InventoryStreamWorld();
  void world.start();
  await world.answer([
    update('enter', VM1, { name: 'ours', 'config.changeVersion': '1', [MARK]: 'v' }),
    update('enter', VM2, { name: 'foreign', 'config.changeVersion': '1' }),
  ]);
});

describe('details', () => {
  test('are asked for machines with marks only, and are read before the sync is complete', () => {
    expect(edits()).toEqual([{ add: [VM1], remove: [] }]);
    expect(world.callsOf('RetrievePropertiesEx')).toHaveLength(1);
    expect(world.synced).toBe(1);
  });

  test('are a part of the machine, and a leave from their filter does not remove the machine', async () => {
    world.changes.length = 0;
    await answerDetails(update('enter', VM1, guest('192.0.2.1')));
    expect(world.changes).toMatchObject([
      { before: { name: 'ours' }, after: { details: { ipAddresses: ['192.0.2.1'] } } },
    ]);
    await answerDetails(update('enter', VM1, guest('192.0.2.1')));
    await answerDetails(update('leave', VM1));
    expect(world.changes).toHaveLength(1);
    expect(detailsOf(VM1)).toMatchObject({ toolsRunning: true, cpuHotAdd: false });
  });

  test('that a repeated enter leaves out are unset', async () => {
    await answerDetails(update('enter', VM1, { ...guest('192.0.2.1'), 'config.cpuHotAddEnabled': true }));
    await answerDetails(
      update('enter', VM1, { 'guest.toolsRunningStatus': 'guestToolsNotRunning', 'config.changeVersion': '1' }),
    );
    expect(detailsOf(VM1)).toEqual({ toolsRunning: false, ipAddresses: [], cpuHotAdd: false, memoryHotAdd: false });
  });

  test('have the addresses of all adapters, and the primary address only if there are none', async () => {
    const net = (...ipAddress: string[]) => [{ xsiType: 'GuestNicInfo', ipAddress }] as unknown as AnyValue;
    await answerDetails(update('enter', VM1, { ...guest('192.0.2.1'), 'guest.net': net('fe80::1', '192.0.2.1') }));
    expect(detailsOf(VM1)?.ipAddresses).toEqual(['fe80::1', '192.0.2.1']);
    await answerDetails(update('modify', VM1, { 'guest.net': net() }));
    expect(detailsOf(VM1)?.ipAddresses).toEqual(['192.0.2.1']);
  });

  test('have the addresses by adapter, where the guest has more than one interface', async () => {
    const nic = (deviceConfigId: number | undefined, ...ipAddress: string[]) => ({
      ...{ xsiType: 'GuestNicInfo', ipAddress },
      ...(deviceConfigId !== undefined && { deviceConfigId }),
    });
    const net = (...nics: object[]) => nics as unknown as AnyValue;
    const both = net(nic(4000, '10.0.0.1'), nic(-1), nic(undefined, '10.0.1.1', 'fd00::1'));
    await answerDetails(update('enter', VM1, { 'guest.net': both }));
    expect(detailsOf(VM1)?.adapters).toEqual([
      { key: 4000, ipAddresses: ['10.0.0.1'] },
      { key: -1, ipAddresses: [] },
      { key: -1, ipAddresses: ['10.0.1.1', 'fd00::1'] },
    ]);
    world.changes.length = 0;
    await answerDetails(update('modify', VM1, { 'guest.net': both }));
    expect(world.changes).toEqual([]);
    // The same addresses, at other adapters.
    await answerDetails(update('modify', VM1, { 'guest.net': net(nic(4000), nic(4001, '10.0.0.1'), nic(4002)) }));
    expect(detailsOf(VM1)?.adapters?.[1]).toEqual({ key: 4001, ipAddresses: ['10.0.0.1'] });
    await answerDetails(update('modify', VM1, { 'guest.net': net(nic(4000, '10.0.0.1')) }));
    expect(detailsOf(VM1)).not.toHaveProperty('adapters');
  });

  test('of many machines that get their marks together cost one edit', async () => {
    await world.answer([update('modify', VM2, { [MARK]: 'v' }), update('enter', VM3, { name: 'new', [MARK]: 'v' })]);
    await world.clock.advance(1_000);
    expect(edits().slice(1)).toEqual([{ add: [VM2, VM3], remove: [] }]);
  });

  test('go with the marks, and the machine leaves the list view later', async () => {
    await answerDetails(update('enter', VM1, guest('192.0.2.1')));
    await world.answer([update('modify', VM1, { [MARK]: '' })]);
    expect(world.store.virtualMachine(VM1)).not.toHaveProperty('details');
    await world.clock.advance(10_000);
    expect(edits().slice(1)).toEqual([{ add: [], remove: [VM1] }]);
    await world.answer([update('modify', VM1, { [MARK]: 'v' })]);
    expect(world.store.virtualMachine(VM1)).not.toHaveProperty('details');
    await world.clock.advance(1_000);
    expect(edits().slice(2)).toEqual([{ add: [VM1], remove: [] }]);
  });

  test('are shown again at once when the marks come back before the machine has left the list view', async () => {
    await answerDetails(update('enter', VM1, guest('192.0.2.1')));
    await world.answer([update('modify', VM1, { [MARK]: '' })]);
    await world.answer([update('modify', VM1, { [MARK]: 'v' })]);
    expect(detailsOf(VM1)?.ipAddresses).toEqual(['192.0.2.1']);
    await world.clock.advance(10_000);
    expect(edits()).toHaveLength(1);
  });

  test('R8: of a machine that was out of sight are read, for its filter may have told them before it was shown', async () => {
    await world.answer([update('leave', VM1)]);
    await answerDetails(update('enter', VM1, guest('192.0.2.1')));
    world.details = [retrieved(VM1, guest('192.0.2.1'))];
    await world.answer([update('enter', VM1, { name: 'ours', [MARK]: 'v' })]);
    expect(detailsOf(VM1)).toBeUndefined();
    await world.clock.advance(1_000);
    expect(detailsOf(VM1)).toMatchObject({ toolsRunning: true, ipAddresses: ['192.0.2.1'] });
    expect(edits()).toHaveLength(1);
  });

  test('of a machine that is gone cost no edit', async () => {
    await world.answer([update('leave', VM1)]);
    await world.clock.advance(10_000);
    expect(edits()).toHaveLength(1);
  });

  test('are asked for without the creation date if vCenter does not know that property', async () => {
    await world.failWait(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    world.unknownPath = 'config.createDate';
    void world.start();
    await settle();
    const specs = world.callsOf('CreateFilter').map(({ parameters }) => JSON.stringify(parameters.spec));
    expect(specs.at(-1)).toContain('guest.toolsRunningStatus');
    expect(specs.at(-1)).not.toContain('config.createDate');
    expect(world.calls.at(-1)?.method).toBe('WaitForUpdatesEx');
  });
});

test('a machine keeps its marks while its host is away and vCenter sends no configuration', async () => {
  await world.answer([update('enter', VM1, { name: 'ours', 'runtime.connectionState': 'inaccessible' })]);
  const machine = () => world.store.virtualMachine(VM1);
  expect(machine()).toMatchObject({ connectionState: 'inaccessible', extraConfig: { k: 'v' } });
  await world.answer([update('enter', VM1, { name: 'ours', 'config.changeVersion': '2' })]);
  expect(machine()?.extraConfig).toEqual({});
});
