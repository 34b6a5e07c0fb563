import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { ManagedObjectReference } from '../port';
import type { Session } from '../session/session';
import type { AnyValue } from '../vim25/describe';
import { CloneSources } from './clone-sources';

const ref = (type: string, value: string): ManagedObjectReference => ({ type, value });
const TEMPLATE = ref('VirtualMachine', 'vm-1');
const NETWORK = ref('Network', 'network-1');
const PORTGROUP = ref('DistributedVirtualPortgroup', 'dvportgroup-1');
const OPAQUE = ref('OpaqueNetwork', 'network-o1');

let clock: VirtualClock;
let reads: string[];
let versions: Map<string, unknown>;
let devices: unknown[];
/** Further properties of the template. */
let told: Record<string, unknown>;
let gone: ManagedObjectReference | undefined;
let sources: CloneSources;

beforeEach(() => {
  clock = new VirtualClock();
  reads = [];
  versions = new Map();
  gone = undefined;
  devices = [{ xsiType: 'VirtualE1000', key: 4000, unitNumber: 7 }];
  told = {};
  sources = new CloneSources(aSession(), clock, (object) => versions.get(object.value));
});

function aSession(): Session {
  const content = (obj: ManagedObjectReference, properties: Record<string, unknown>) => ({
    obj,
    propSet: Object.entries(properties).map(([name, val]) => ({ name, val: val as AnyValue })),
  });
  const invoke = async (_method: string, _self: unknown, parameters: Record<string, unknown>) => {
    const [spec] = parameters.specSet as [{ objectSet: { obj: ManagedObjectReference }[] }];
    const obj = spec.objectSet[0]?.obj ?? TEMPLATE;
    reads.push(obj.value);
    await Promise.resolve();
    if (gone?.value === obj.value) throw errorOfLocalizedFault({ fault: { xsiType: 'ManagedObjectNotFound', obj } });
    const itsSwitch = content(ref('VmwareDistributedVirtualSwitch', 'dvs-1'), { uuid: 'switch-uuid' });
    const answers: Record<string, unknown[]> = {
      [TEMPLATE.type]: [content(obj, { 'config.hardware.device': devices, ...told })],
      [NETWORK.type]: [content(obj, { name: 'VM Network' })],
      [PORTGROUP.type]: [content(obj, { key: 'dvportgroup-1' }), itsSwitch],
      [OPAQUE.type]: [content(obj, { summary: { xsiType: '', opaqueNetworkId: 'o', opaqueNetworkType: 't' } })],
    };
    return { objects: answers[obj.type] };
  };
  return { invoke, service: { propertyCollector: ref('PropertyCollector', 'p') } } as unknown as Session;
}

function changes(networks: readonly ManagedObjectReference[], signal = new AbortController().signal) {
  return sources.deviceChange(TEMPLATE, networks, { operationId: 'o', signal });
}

describe('the device changes', () => {
  test('give the adapters, in the order of their keys, the backing for each type of network', async () => {
    devices = [
      { xsiType: 'VirtualVmxnet3', key: 4001 },
      { xsiType: 'VirtualDisk', key: 2000 },
      { xsiType: 'VirtualE1000', key: 4000, macAddress: '00:50:56:00:00:01', addressType: 'manual' },
    ];
    const made = await changes([NETWORK, PORTGROUP, OPAQUE]);
    expect(made).toMatchObject([
      {
        operation: 'edit',
        device: { xsiType: 'VirtualE1000', key: 4000, backing: { deviceName: 'VM Network', network: NETWORK } },
      },
      {
        operation: 'edit',
        device: {
          xsiType: 'VirtualVmxnet3',
          key: 4001,
          backing: { port: { switchUuid: 'switch-uuid', portgroupKey: 'dvportgroup-1' } },
        },
      },
      { operation: 'add', device: { xsiType: 'VirtualVmxnet3', backing: { opaqueNetworkId: 'o' } } },
    ]);
    expect(made[0]?.device).toMatchObject({ addressType: 'assigned' });
    expect(made[0]?.device).not.toHaveProperty('macAddress');
  });

  test('remove surplus adapters', async () => {
    expect(await changes([])).toMatchObject([{ operation: 'remove', device: { xsiType: 'VirtualE1000', key: 4000 } }]);
  });

  test('reject with the object that is gone, and read it again at the next clone', async () => {
    gone = NETWORK;
    await expect(changes([NETWORK])).rejects.toMatchObject({ code: 'ManagedObjectNotFound' });
    gone = undefined;
    expect(await changes([NETWORK])).toHaveLength(1);
    expect(reads).toEqual(['vm-1', 'network-1', 'network-1']);
  });
});

describe('what was read', () => {
  test('is shared by many clones, also by those that start during the read', async () => {
    await Promise.all(Array.from({ length: 20 }, () => changes([NETWORK])));
    await changes([NETWORK]);
    expect(reads).toEqual(['vm-1', 'network-1']);
  });

  test('is kept for a minute', async () => {
    await changes([NETWORK]);
    await clock.advance(59_000);
    await changes([NETWORK]);
    expect(reads).toHaveLength(2);
    await clock.advance(1_000);
    await changes([NETWORK]);
    expect(reads).toHaveLength(4);
  });

  test('is read again when the inventory shows a change of the template or the network', async () => {
    await changes([NETWORK]);
    versions.set('network-1', {});
    await changes([NETWORK]);
    versions.set('vm-1', '2');
    await changes([NETWORK]);
    expect(reads).toEqual(['vm-1', 'network-1', 'network-1', 'vm-1']);
  });

  test('is read again after a clone with it has failed', async () => {
    await changes([NETWORK, OPAQUE]);
    sources.forget([TEMPLATE, NETWORK]);
    await changes([NETWORK, OPAQUE]);
    expect(reads).toEqual(['vm-1', 'network-1', 'network-o1', 'vm-1', 'network-1']);
  });
});

describe('what a clone takes over from its template', () => {
  const read = () => sources.source(TEMPLATE, { operationId: 'o', signal: new AbortController().signal });

  test('is read once for many clones, and again after a change or a failed clone', async () => {
    told = { network: [NETWORK], datastore: [] };
    expect(await read()).toEqual({
      ...{ datastores: [], networks: [NETWORK], adapters: 1 },
      ...{ disks: [], controllers: [] },
    });
    await read();
    expect(reads).toHaveLength(1);
    versions.set('vm-1', '2');
    await read();
    sources.forget([TEMPLATE]);
    await read();
    expect(reads).toHaveLength(3);
  });

  test('R15: networks that cannot be read are not the same as none', async () => {
    told = { network: [] };
    expect(await read()).toMatchObject({ networks: [] });
    for (const network of [undefined, 'damaged', [NETWORK, 'damaged']]) {
      versions.set('vm-1', {});
      told = { network };
      expect(await read()).not.toHaveProperty('networks');
    }
  });
});
