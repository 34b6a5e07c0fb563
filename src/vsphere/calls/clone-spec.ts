/** What a clone is sent with, and the reads for it. */
import type { Clock } from '../../time/clock';
import type { CallContext, ClonePolicy, CloneRequest, ManagedObjectReference } from '../port';
import type { Session } from '../session/session';
import { type DataObject, type DataOf, typed } from '../vim25/describe';
import {
  type VirtualMachineCloneSpec,
  VirtualMachineDefinedProfileSpec,
  type VirtualMachineRelocateSpec,
} from '../vim25/types';
import type { CloneSources } from './clone-sources';
import { customizationSpec } from './customization';
import { DatastoreChoice, isDatastoreChosen } from './datastore-choice';
import { growthChanges, newDiskChanges } from './disk-devices';
import { optionValues } from './extra-config';
import { HostChoice } from './host-choice';

/** VirtualMachineRelocateDiskMoveOptions: each disk is a child of that of the snapshot. */
const LINKED = 'createNewChildDiskBacking';

export class CloneSpecs {
  readonly #sources: CloneSources;
  readonly #hosts: HostChoice;
  readonly #storage: DatastoreChoice;

  constructor(options: {
    readonly session: Session;
    readonly clock: Clock;
    readonly sources: CloneSources;
    /** For messages. */
    readonly nameOf: (ref: ManagedObjectReference) => string;
  }) {
    const { session, clock, sources, nameOf } = options;
    this.#sources = sources;
    this.#hosts = new HostChoice(session, clock, nameOf);
    this.#storage = new DatastoreChoice(session, clock);
  }

  /** Only reads, most of them kept for a while. Rejects where vCenter would have to refuse the clone. */
  async specOf(request: CloneRequest, call: CallContext): Promise<DataOf<typeof VirtualMachineCloneSpec>> {
    const { template, snapshot, resourcePool, networks, disks, numCpu, memoryMiB, instanceUuid, annotation } = request;
    // Hosts first: on site-local storage the roomiest datastore may be one that no host of the domain sees.
    const seen = isDatastoreChosen(request) ? await this.#hosts.datastoresFor(request, call) : undefined;
    const datastore = await this.#storage.targetOf({ ...request, ...(seen && { seen }) }, call);
    const numCoresPerSocket = request.coresPerSocket ?? (await this.#sources.coresPerSocket(template, numCpu, call));
    const diskCount = await this.#diskCount(request, call);
    const deviceChange = networks && (await this.#sources.deviceChange(template, networks, call));
    const host = await this.#hosts.hostFor({ ...request, ...(datastore && { datastore }) }, call);
    const diskMoveType = snapshot && LINKED;
    const profile = request.storagePolicy && profileOf(request.storagePolicy);
    return {
      location: {
        ...{ datastore, diskMoveType, pool: resourcePool, host, profile },
        disk: disksWithPolicy(request, { datastore, diskMoveType, profile }),
      },
      template: false,
      config: {
        instanceUuid,
        annotation,
        numCPUs: numCpu,
        numCoresPerSocket,
        memoryMB: BigInt(memoryMiB),
        memoryHotAddEnabled: request.memoryHotAdd,
        cpuHotAddEnabled: request.cpuHotAdd,
        deviceChange:
          disks === undefined
            ? deviceChange
            : [...(deviceChange ?? []), ...growthChanges(disks.grow), ...newDiskChanges(disks.add, profile)],
        extraConfig: optionValues({ ...request.extraConfig, ...diskCount }),
        vAppConfigRemoved: request.removeVAppConfig === true ? true : undefined,
      },
      ...(request.customization && { customization: customizationSpec(request.customization) }),
      // Never by the clone: that would start a second task that nobody follows (R3).
      powerOn: false,
      snapshot,
    };
  }

  async #diskCount(
    { template, diskCountKey, disks }: CloneRequest,
    call: CallContext,
  ): Promise<Record<string, string>> {
    if (diskCountKey === undefined) return {};
    const count = await this.#sources.diskCount(template, call);
    if (count === undefined) return {};
    return { [diskCountKey]: `${count + (disks?.add.length ?? 0)}${disks?.positionsText ?? ''}` };
  }
}

function profileOf({ id }: ClonePolicy): readonly DataObject[] {
  return [typed(VirtualMachineDefinedProfileSpec, { profileId: id })];
}

/** The policy of the machine is that of its home: each disk needs it too. Nothing of the machine overrides what a disk has. */
function disksWithPolicy(
  { storagePolicy }: CloneRequest,
  { datastore, ...rest }: Pick<DataOf<typeof VirtualMachineRelocateSpec>, 'datastore' | 'diskMoveType' | 'profile'>,
): DataOf<typeof VirtualMachineRelocateSpec>['disk'] {
  if (storagePolicy === undefined || datastore === undefined) return undefined;
  return storagePolicy.disks.map((diskId) => ({ diskId, datastore, ...rest }));
}
