/**
 * What a clone needs: the cores per socket and the network adapters of the template, and the backing of an adapter for
 * each network. It is read live and kept for a minute, so that many clones cost few reads. It is read again earlier if
 * the inventory shows a change of the object, and after a clone with it has failed.
 */
import type { Clock } from '../../time/clock';
import type { CallContext, CloneSource, ManagedObjectReference } from '../port';
import { refKey } from '../port';
import { retrieveProperties } from '../property/property-reader';
import { propertyIn } from '../property/property-value';
import type { Session } from '../session/session';
import { type AnyValue, type DataObject, typed } from '../vim25/describe';
import {
  type VirtualEthernetCard,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualEthernetCardOpaqueNetworkBackingInfo,
} from '../vim25/device-types';
import { type ObjectContent, TraversalSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { adapterChanges, adaptersAmong, devicesOf } from './adapter-changes';
import { readCloneSource } from './clone-source';
import { KeptReads } from './kept-reads';
import { coresPerSocketFor, coresPerSocketIn, VirtualSockets } from './virtual-sockets';

const KEPT_MS = 60_000;
const DEVICES_PATH = 'config.hardware.device';

/** A value that changes when the object changes in the inventory; compared with ===. */
export type VersionOf = (ref: ManagedObjectReference) => unknown;

interface Template {
  /** Undefined if they cannot be read. */
  readonly adapters: readonly VirtualEthernetCard[] | undefined;
  readonly coresPerSocket: number | undefined;
  /** Undefined if they cannot be read. */
  readonly diskCount: number | undefined;
}

export class CloneSources {
  readonly #session: Session;
  readonly #versionOf: VersionOf;
  readonly #kept: KeptReads;
  readonly #sockets: VirtualSockets;

  constructor(session: Session, clock: Clock, versionOf: VersionOf, sockets = new VirtualSockets(session)) {
    this.#session = session;
    this.#kept = new KeptReads(clock);
    this.#sockets = sockets;
    this.#versionOf = versionOf;
  }

  /** Rejects with ManagedObjectNotFound if the template or a network is gone. */
  async deviceChange(
    template: ManagedObjectReference,
    networks: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<readonly DataObject[]> {
    const source = this.#template(template, call);
    const backings = networks.map((network) => this.#keep(network, call, () => this.#backingOf(network, call)));
    const [{ adapters }, ...wanted] = await Promise.all([source, ...backings]);
    // Adapters that cannot be read are not the same as none: the clone would get further ones.
    if (adapters === undefined) throw unreadable(template, DEVICES_PATH);
    return adapterChanges(adapters, wanted);
  }

  /** The numCoresPerSocket to send; undefined if that of the template fits. */
  async coresPerSocket(
    template: ManagedObjectReference,
    numCpu: number,
    call: CallContext,
  ): Promise<number | undefined> {
    return coresPerSocketFor(numCpu, (await this.#template(template, call)).coresPerSocket);
  }

  /** Undefined if the account may not read it. */
  async diskCount(template: ManagedObjectReference, call: CallContext): Promise<number | undefined> {
    return (await this.#template(template, call)).diskCount;
  }

  /** Undefined if the source is gone. */
  source(source: ManagedObjectReference, call: CallContext): Promise<CloneSource | undefined> {
    const read = () => readCloneSource(this.#session, source, call);
    return this.#kept.get({ key: sourceKey(source), keptMs: KEPT_MS, version: this.#versionOf(source), read }, call);
  }

  /** Reads these again at their next use: a clone with them has failed. */
  forget(refs: readonly ManagedObjectReference[]): void {
    for (const ref of refs) for (const key of [refKey(ref), sourceKey(ref)]) this.#kept.forget(key);
  }

  #keep<T>(ref: ManagedObjectReference, call: CallContext, read: () => Promise<T>): Promise<T> {
    return this.#kept.get({ key: refKey(ref), keptMs: KEPT_MS, version: this.#versionOf(ref), read }, call);
  }

  #template(template: ManagedObjectReference, call: CallContext): Promise<Template> {
    return this.#keep(template, call, async () => {
      const content = await this.#sockets.read(template, [DEVICES_PATH], call);
      const devices = propertyIn(content, DEVICES_PATH);
      const adapters = Array.isArray(devices) ? adaptersAmong(devicesOf(devices)) : undefined;
      const disks = devicesOf(devices).filter(({ xsiType }) => xsiType === 'VirtualDisk');
      const diskCount = Array.isArray(devices) ? disks.length : undefined;
      return { adapters, coresPerSocket: coresPerSocketIn(content), diskCount };
    });
  }

  async #backingOf(network: ManagedObjectReference, call: CallContext): Promise<DataObject> {
    switch (network.type) {
      case 'DistributedVirtualPortgroup':
        return this.#portgroupBacking(network, call);
      case 'OpaqueNetwork': {
        const content = await this.#read(network, ['summary'], call);
        const summary = propertyIn(content, 'summary') as Partial<Record<string, AnyValue>> | undefined;
        return typed(VirtualEthernetCardOpaqueNetworkBackingInfo, {
          opaqueNetworkId: requiredText(network, 'opaqueNetworkId', summary?.opaqueNetworkId),
          opaqueNetworkType: requiredText(network, 'opaqueNetworkType', summary?.opaqueNetworkType),
        });
      }
      default: {
        const content = await this.#read(network, ['name'], call);
        const deviceName = requiredText(network, 'name', propertyIn(content, 'name'));
        return typed(VirtualEthernetCardNetworkBackingInfo, { deviceName, network });
      }
    }
  }

  /** Reads the port group and, through it, its switch, in one call. */
  async #portgroupBacking(portgroup: ManagedObjectReference, call: CallContext): Promise<DataObject> {
    const path = 'config.distributedVirtualSwitch';
    const toSwitch = typed(TraversalSpec, { name: 'switch', type: portgroup.type, path, skip: false });
    const spec = {
      propSet: [
        { type: portgroup.type, pathSet: ['key'] },
        { type: 'DistributedVirtualSwitch', pathSet: ['uuid'] },
      ],
      objectSet: [{ obj: portgroup, skip: false, selectSet: [toSwitch] }],
    };
    const objects = await retrieveProperties(this.#session, spec, call);
    const own = objects.find(({ obj }) => obj.type === portgroup.type);
    const itsSwitch = objects.find(({ obj }) => obj.type !== portgroup.type);
    const port = {
      switchUuid: requiredText(portgroup, 'the UUID of its switch', propertyIn(itsSwitch, 'uuid')),
      portgroupKey: requiredText(portgroup, 'key', propertyIn(own, 'key')),
    };
    return typed(VirtualEthernetCardDistributedVirtualPortBackingInfo, { port });
  }

  async #read(
    obj: ManagedObjectReference,
    pathSet: readonly string[],
    call: CallContext,
  ): Promise<ObjectContent | undefined> {
    const spec = { propSet: [{ type: obj.type, pathSet }], objectSet: [{ obj, skip: false }] };
    return (await retrieveProperties(this.#session, spec, call))[0];
  }
}

function sourceKey(source: ManagedObjectReference): string {
  return `source ${refKey(source)}`;
}

/** The account may see an object, and may not read its properties. */
function requiredText(ref: ManagedObjectReference, what: string, value: AnyValue | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw unreadable(ref, what);
}

function unreadable(ref: ManagedObjectReference, what: string): VsphereError {
  return new VsphereError('NoPermission', `${ref.type} ${ref.value}: ${what} cannot be read`, 'Refused');
}
