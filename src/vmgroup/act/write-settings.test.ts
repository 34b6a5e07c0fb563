import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { anActContext, answering, sent } from '../../../test/support/builders/acts';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import { networkRecord } from '../../api/network-record';
import { adapterAddresses } from '../../api/static-addresses';
import type { LiveVirtualMachine, ReconfigureRequest } from '../../vsphere/port';
import { workFor } from './act';
import { decodedGuestData, encodedGuestData } from './guest-encoding';

const group = aGroup({
  networks: [
    { name: 'lan', network: 'a', addresses: ['10.0.0.10/24'], gateway: '10.0.0.1', nameservers: ['10.0.0.53'] },
    { name: 'v6', network: 'b', addresses: ['fd00::10/64'], gateway: 'fd00::1' },
    { name: 'dhcp', network: 'c' },
  ],
});
const replica = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
const macAddresses = ['00:50:56:00:00:01', '00:50:56:00:00:02', '00:50:56:00:00:0A'];
const live: LiveVirtualMachine = { ...replica.machine, disks: [], macAddresses };
const record = networkRecord(adapterAddresses(group.spec, 0));
const step = { kind: 'WriteSettings', replica, parts: ['network'] } as const;

/** The metadata that a machine gets, and the requests for it. */
async function written(
  metadata: string | undefined,
  machine: LiveVirtualMachine = live,
  told: Readonly<Record<string, string>> = record,
) {
  const requests: ReconfigureRequest[] = [];
  const given = metadata === undefined ? told : { ...told, 'guestinfo.metadata': encodedGuestData(metadata) };
  await sent(step, {
    readVirtualMachine: answering(machine),
    readExtraConfig: async () => new Map([[machine.ref.value, given]]),
    reconfigure: async (_, request) => {
      requests.push(request);
      return { type: 'Task', value: 'task-1' };
    },
  });
  const [text] = requests.map(({ extraConfig }) => decodedGuestData(extraConfig?.['guestinfo.metadata'] ?? ''));
  return { requests, text };
}

describe('the cleanup of user-data that a guest has read', () => {
  const clean = { kind: 'WriteSettings', replica, parts: ['cleanup'] } as const;
  const running: LiveVirtualMachine = { ...live, powerState: 'poweredOn' };

  async function cleaned(told: Readonly<Record<string, string>>) {
    const requests: ReconfigureRequest[] = [];
    await sent(clean, {
      readVirtualMachine: answering(running),
      readExtraConfig: async () => new Map([[running.ref.value, told]]),
      reconfigure: async (_, request) => {
        requests.push(request);
        return { type: 'Task', value: 'task-1' };
      },
    });
    return requests;
  }

  test('removes it and its encoding, and leaves the metadata', async () => {
    expect(await cleaned({ 'guestinfo.userdata.encoding': 'gzip+base64', 'guestinfo.metadata': 'x' })).toEqual([
      { extraConfig: { 'guestinfo.userdata': '', 'guestinfo.userdata.encoding': '' } },
    ]);
  });

  test('R7: changes nothing where it was done before a restart', async () => {
    expect(await cleaned({ 'guestinfo.metadata': 'x' })).toEqual([]);
  });
});

describe('the network configuration of a machine that is about to be powered on for the first time', () => {
  test('goes into its metadata, by the MAC addresses that vCenter has given', async () => {
    const { requests, text = '' } = await written('instance-id: i\nlocal-hostname: h\n');
    expect(requests).toHaveLength(1);
    expect(requests[0]?.extraConfig).toHaveProperty(['guestinfo.metadata.encoding'], 'gzip+base64');
    expect(parse(text)).toEqual({
      'instance-id': 'i',
      'local-hostname': 'h',
      network: {
        version: 2,
        ethernets: {
          eth0: {
            match: { macaddress: '00:50:56:00:00:01' },
            'set-name': 'eth0',
            wakeonlan: true,
            dhcp4: false,
            dhcp6: false,
            addresses: ['10.0.0.10/24'],
            routes: [{ to: '0.0.0.0/0', via: '10.0.0.1' }],
            nameservers: { addresses: ['10.0.0.53'] },
          },
          eth1: {
            match: { macaddress: '00:50:56:00:00:02' },
            'set-name': 'eth1',
            wakeonlan: true,
            dhcp4: false,
            dhcp6: false,
            addresses: ['fd00::10/64'],
            routes: [{ to: '::/0', via: 'fd00::1' }],
          },
          eth2: { match: { macaddress: '00:50:56:00:00:0a' }, 'set-name': 'eth2', wakeonlan: true, dhcp4: true },
        },
      },
    });
  });

  test.each(['{"instance-id": "i"}', '# mine\n  a: 1\n  b: 2\n', '---\na: |+\n  x\n\n'])(
    'leaves every other field of %j as it is',
    async (metadata) => {
      const { text = '' } = await written(metadata);
      const { network, ...rest } = parse(text);
      expect(network.version).toBe(2);
      expect(rest).toEqual(parse(metadata));
    },
  );

  test('R7: is not written twice', async () => {
    const { text = '' } = await written('a: 1\n');
    expect((await written(text)).requests).toEqual([]);
  });

  test.each<[string, Parameters<typeof written>]>([
    ['metadata with a network of its own', ['network: {version: 1}\n']],
    ['a machine that runs', ['a: 1\n', { ...live, powerState: 'poweredOn' }]],
    ['a machine that was not cloned with addresses', ['a: 1\n', live, {}]],
    ['a machine without metadata', [undefined]],
  ])('nothing is sent for %s', async (_, given) => {
    expect((await written(...given)).requests).toEqual([]);
  });

  test('a network that a person gave stays, and that is told; what we wrote is no such network', async () => {
    const kept: string[] = [];
    const telling = async (metadata: string) => {
      const given = { ...record, 'guestinfo.metadata': encodedGuestData(metadata) };
      const context = anActContext(
        { readVirtualMachine: answering(live), readExtraConfig: async () => new Map([[live.ref.value, given]]) },
        { networkKept: ({ name }) => kept.push(name) },
      );
      await workFor(step, context).send(new AbortController().signal);
    };
    await telling((await written('a: 1\n')).text ?? '');
    expect(kept).toEqual([]);
    await telling('network: {version: 1}\n');
    expect(kept).toEqual([live.name]);
  });

  test('nothing is sent for a machine that is gone', async () => {
    const { result } = await sent(step, { readVirtualMachine: answering(undefined) });
    expect(result).toBeUndefined();
  });

  test('R1: nothing is sent to a machine that is not ours any more', async () => {
    await expect(written('a: 1\n', { ...live, extraConfig: {} })).rejects.toMatchObject({ code: 'OwnershipUnproven' });
  });

  test.each([[macAddresses.slice(0, 2)], [[undefined, 'a', 'b']], [undefined]])(
    'waits until vCenter tells all MAC addresses: %j',
    async (told) => {
      const { macAddresses: _, ...rest } = live;
      const machine = told === undefined ? rest : { ...rest, macAddresses: told };
      await expect(written('a: 1\n', machine)).rejects.toMatchObject({ code: 'NoMacAddress', outcome: 'NotSent' });
    },
  );

  test('R14: metadata that somebody has damaged is told, with the remedy', async () => {
    const told = { ...record, 'guestinfo.metadata': 'x' };
    await expect(written(undefined, live, told)).rejects.toMatchObject({
      code: 'GuestDataInvalid',
      message: expect.stringContaining('delete the machine in vCenter'),
    });
  });
});
