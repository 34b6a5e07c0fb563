/**
 * What a clone with networks needs: the network adapters of the template, and the backing of an adapter for each
 * network. It is read live and kept for a minute, so that many clones cost few reads. It is read again earlier if the
 * inventory shows a change of the object, and after a clone with it has failed.
 */
import type { Clock } from '../../time/clock';
import type { CallContext, ManagedObjectReference } from '../port';
import { refKey } from '../port';
import { retrieveProperties } from '../property/property-reader';
import type { Session } from '../session/session';
import { type AnyValue, type DataObject, typed } from '../vim25/describe';
import {
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualEthernetCardOpaqueNetworkBackingInfo,
} from '../vim25/device-types';
import { type ObjectContent, TraversalSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { adapterChanges, adaptersAmong, devicesOf } from './adapter-changes';

const KEPT_MS = 60_000;

/** A value that changes when the object changes in the inventory; compared with ===. */
export type VersionOf = (ref: ManagedObjectReference) => unknown;

interface Kept {
  readonly version: unknown;
  readonly untilMs: number;
  readonly answer: Promise<unknown>;
}

export class CloneSources {
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #versionOf: VersionOf;
  readonly #kept = new Map<string, Kept>();

  constructor(session: Session, clock: Clock, versionOf: VersionOf) {
    this.#session = session;
    this.#clock = clock;
    this.#versionOf = versionOf;
  }

  /** Rejects with ManagedObjectNotFound if the template or a network is gone. */
  async deviceChange(
    template: ManagedObjectReference,
    networks: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<readonly DataObject[]> {
    const adapters = this.#keep(template, call, async () => {
      const content = await this.#read(template, ['config.hardware.device'], call);
      const devices = propertyOf(content, 'config.hardware.device');
      if (!Array.isArray(devices)) throw unreadable(template, 'config.hardware.device');
      return adaptersAmong(devicesOf(devices));
    });
    const backings = networks.map((network) => this.#keep(network, call, () => this.#backingOf(network, call)));
    const [known, ...wanted] = await Promise.all([adapters, ...backings]);
    return adapterChanges(known, wanted);
  }

  /** Reads these again at their next use: a clone with them has failed. */
  forget(refs: readonly ManagedObjectReference[]): void {
    for (const ref of refs) this.#kept.delete(refKey(ref));
  }

  /** Concurrent calls share one read per object. If the call that began the read is aborted, the others read again. */
  async #keep<T>(ref: ManagedObjectReference, call: CallContext, read: () => Promise<T>): Promise<T> {
    const key = refKey(ref);
    const version = this.#versionOf(ref);
    const nowMs = this.#clock.monotonicMs();
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.version === version && kept.untilMs > nowMs) {
      try {
        return (await kept.answer) as T;
      } catch (error) {
        if (VsphereError.from(error).code !== 'Aborted' || call.signal.aborted) throw error;
        return this.#keep(ref, call, read);
      }
    }
    this.#dropOld(nowMs);
    const mine = { version, untilMs: nowMs + KEPT_MS, answer: read() };
    this.#kept.set(key, mine);
    try {
      return await mine.answer;
    } catch (error) {
      if (this.#kept.get(key) === mine) this.#kept.delete(key);
      throw error;
    }
  }

  #dropOld(nowMs: number): void {
    for (const [key, { untilMs }] of this.#kept) if (untilMs <= nowMs) this.#kept.delete(key);
  }

  async #backingOf(network: ManagedObjectReference, call: CallContext): Promise<DataObject> {
    switch (network.type) {
      case 'DistributedVirtualPortgroup':
        return this.#portgroupBacking(network, call);
      case 'OpaqueNetwork': {
        const content = await this.#read(network, ['summary'], call);
        const summary = propertyOf(content, 'summary') as Partial<Record<string, AnyValue>> | undefined;
        return typed(VirtualEthernetCardOpaqueNetworkBackingInfo, {
          opaqueNetworkId: requiredText(network, 'opaqueNetworkId', summary?.opaqueNetworkId),
          opaqueNetworkType: requiredText(network, 'opaqueNetworkType', summary?.opaqueNetworkType),
        });
      }
      default: {
        const content = await this.#read(network, ['name'], call);
        const deviceName = requiredText(network, 'name', propertyOf(content, 'name'));
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
      switchUuid: requiredText(portgroup, 'the UUID of its switch', propertyOf(itsSwitch, 'uuid')),
      portgroupKey: requiredText(portgroup, 'key', propertyOf(own, 'key')),
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

function propertyOf(content: ObjectContent | undefined, path: string): AnyValue | undefined {
  return content?.propSet?.find(({ name }) => name === path)?.val;
}

/** The account may see an object, and may not read its properties. */
function requiredText(ref: ManagedObjectReference, what: string, value: AnyValue | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw unreadable(ref, what);
}

function unreadable(ref: ManagedObjectReference, what: string): VsphereError {
  return new VsphereError('NoPermission', `${ref.type} ${ref.value}: ${what} cannot be read`, 'Refused');
}
