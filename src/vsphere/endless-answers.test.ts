import { beforeEach, describe, expect, test } from 'vitest';
import { textOf } from '../../test/fuzz/element';
import { MARK, machineUpdate } from '../../test/fuzz/objects';
import { ScriptedVCenter } from '../../test/fuzz/scripted-vcenter';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import { connectVCenter, staticCredentials, type VCenterConnection } from '.';
import { InventoryStore } from './inventory/inventory';
import { retrieveProperties } from './property/property-reader';
import type { Session } from './session/session';
import { vim25Codec } from './transport/vim25-codec';
import { transportError } from './vim25/vsphere-error';

let clock: VirtualClock;
let vcenter: ScriptedVCenter;
let connection: VCenterConnection;

beforeEach(() => {
  clock = new VirtualClock();
  vcenter = new ScriptedVCenter(vim25Codec);
  connection = connectVCenter({
    server: { host: 'scripted', port: 443 },
    credentials: staticCredentials({ userName: 'u', password: 'p' }),
    transport: vcenter,
    watchedExtraConfigKeys: [MARK],
    clock,
    random: () => 0,
  });
});

async function ready(): Promise<void> {
  void connection.run(new AbortController().signal);
  vcenter.tell(1, textOf(machineUpdate('enter', 'vm-a', 1)));
  for (let turn = 0; turn < 100 && connection.status.kind !== 'Ready'; turn += 1) await settle();
  expect(connection.status.kind).toBe('Ready');
}

const machine = () => connection.inventory.virtualMachine({ type: 'VirtualMachine', value: 'vm-a' });
const modify = (changes: string) =>
  `<objectSet><kind>modify</kind><obj type="VirtualMachine">vm-a</obj>${changes}</objectSet>`;
const assign = (path: string, type: string, value: string) =>
  `<changeSet><name>${path.replaceAll('"', '&quot;')}</name><op>assign</op><val xsi:type="${type}">${value}</val></changeSet>`;

describe('a stream', () => {
  test('whose first pages go on and on without anything new is given up', async () => {
    vcenter.onWait = () => {
      if (vcenter.waits.length > 5_000) throw new Error('endless');
      vcenter.tell(1, textOf(machineUpdate('enter', 'vm-a', 1)), { isTruncated: true });
    };
    void connection.run(new AbortController().signal);
    await clock.advance(10_000);
    expect(connection.status).toMatchObject({
      kind: 'Failed',
      error: { code: 'MalformedResponse', message: expect.stringContaining('the sync does not end') },
    });
  });

  test('of a thousand pages, each with something new, is read to its end', async () => {
    vcenter.onWait = () => {
      const page = vcenter.waits.length;
      const isTruncated = page < 1_000;
      if (page <= 1_000) vcenter.tell(1, textOf(machineUpdate('enter', `vm-${page}`, 1)), { isTruncated });
    };
    void connection.run(new AbortController().signal);
    await clock.advance(60_000);
    expect(connection.status.kind).toBe('Ready');
    expect([...connection.inventory.virtualMachines()]).toHaveLength(1_000);
  });

  test('of tiny updates that has no end leaves time for everything else', async () => {
    await ready();
    const before = vcenter.waits.length;
    let cpu = 1;
    vcenter.onWait = () => {
      if (vcenter.waits.length - before > 5_000) throw new Error('nobody else gets a turn');
      cpu += 1;
      vcenter.tell(1, modify(assign('config.hardware.numCPU', 'xsd:int', String(cpu))));
    };
    vcenter.tell(1, modify(assign('config.hardware.numCPU', 'xsd:int', '1')));
    await clock.advance(10_000);
    // A burst, and then 50 per second.
    expect(vcenter.waits.length - before).toBeLessThan(100 + 10 * 50 + 10);
    expect(vcenter.waits.length - before).toBeGreaterThan(500);
    expect(machine()?.numCpu).toBeGreaterThanOrEqual(cpu - 1);
  });

  test('that was too large once has smaller pages', async () => {
    await ready();
    for (let loss = 0; loss < 4; loss += 1) {
      vcenter.breakOff('ResponseTooLarge');
      await clock.advance(1_000);
      vcenter.tell(1, textOf(machineUpdate('enter', 'vm-a', 1)));
      await clock.advance(60_000);
    }
    expect([...new Set(vcenter.waits)]).toEqual([1000, 100, 10, 1]);
    expect(connection.status.kind).toBe('Ready');
  });
});

test('an inventory has no more objects than a vCenter may have', () => {
  const store = new InventoryStore();
  const fill = () => {
    for (let id = 0; id < 300_000; id += 1) store.apply({ type: 'Datastore', value: `datastore-${id}` }, []);
  };
  expect(fill).toThrow(expect.objectContaining({ code: 'ResponseTooLarge' }));
  expect(store.refs()).toHaveLength(200_000);
});

describe('of one machine', () => {
  test.each([
    ['name', 'xsd:string'],
    ['runtime.connectionState', 'xsd:string'],
    [`config.extraConfig["${MARK}"].value`, 'xsd:string'],
  ])('a %s that is longer than any is unreadable', async (path, type) => {
    await ready();
    const before = machine();
    vcenter.tell(1, modify(assign(path, type, 'x'.repeat(5_000))));
    await clock.advance(100);
    expect(machine()).toEqual({ ...before, unreadable: true });
  });

  test('no more than 64 values are kept that nobody asked for', async () => {
    await ready();
    const numbers = [...Array(1_000).keys()];
    vcenter.tell(
      1,
      modify(numbers.map((id) => assign(`config.extraConfig["k${id}"].value`, 'xsd:string', 'v')).join('')),
    );
    await clock.advance(100);
    expect(Object.keys(machine()?.extraConfig ?? {}).length).toBeLessThanOrEqual(65);
    const missing = numbers.map((id) => `<missingSet><path>p${id}</path></missingSet>`);
    const bytes = async () => {
      vcenter.tell(1, modify(missing.join('')));
      await clock.advance(100);
      return machine();
    };
    expect(await bytes()).toMatchObject({ unreadable: true });
  });

  test('no more than a thousand addresses are kept, and none that is too long', async () => {
    await ready();
    await clock.advance(1_000);
    const address = (id: number) => `<ipAddress>${id === 3 ? 'x'.repeat(101) : `192.0.2.${id}`}</ipAddress>`;
    const nic = `<GuestNicInfo>${[...Array(5_000).keys()].map(address).join('')}</GuestNicInfo>`;
    vcenter.tell(4, modify(assign('guest.net', 'ArrayOfGuestNicInfo', nic)));
    await clock.advance(100);
    expect(machine()?.details?.ipAddresses).toHaveLength(999);
  });
});

describe('a read', () => {
  const spec = { propSet: [], objectSet: [] };
  const call = { operationId: 'test', signal: new AbortController().signal };
  const objects = (count: number) =>
    Array.from({ length: count }, (_, id) => ({ obj: { type: 'VirtualMachine', value: `vm-${id}` } }));
  /** Answers each call so. The session is as much of one as a read needs. */
  const session = (answer: (call: number, parameters: { options?: { maxObjects?: number } }) => unknown) => {
    let calls = 0;
    const invoke = async (_method: string, _self: unknown, parameters: object) => {
      calls += 1;
      if (calls > 1_000) throw new Error('endless');
      return answer(calls, parameters);
    };
    return { service: { propertyCollector: { type: 'PropertyCollector', value: 'pc' } }, invoke } as unknown as Session;
  };

  test.each([
    ['no objects', 0],
    ['more objects than there can be', 1_000],
  ])('of pages without an end and with %s is given up', async (_, count) => {
    const read = retrieveProperties(
      session(() => ({ token: 't', objects: objects(count) })),
      spec,
      call,
    );
    await expect(read).rejects.toMatchObject({ code: 'MalformedResponse' });
  });

  test('that is too large is repeated with smaller pages', async () => {
    const sizes: unknown[] = [];
    const own = session((_, { options }) => {
      sizes.push(options?.maxObjects);
      if ((options?.maxObjects ?? 0) > 10) throw transportError('ResponseTooLarge', 'no', 'Unknown');
      return { objects: objects(3) };
    });
    expect(await retrieveProperties(own, spec, call)).toHaveLength(3);
    expect(sizes).toEqual([1000, 100, 10]);
  });

  test('of one object that is too large fails', async () => {
    const own = session(() => {
      throw transportError('ResponseTooLarge', 'no', 'Unknown');
    });
    await expect(retrieveProperties(own, spec, call)).rejects.toMatchObject({ code: 'ResponseTooLarge' });
  });
});
