/** What a clone is sent with, and the reads for it. */
import type { Clock } from '../../time/clock';
import type { CallContext, CloneRequest, ManagedObjectReference } from '../port';
import type { Session } from '../session/session';
import type { DataOf } from '../vim25/describe';
import type { VirtualMachineCloneSpec } from '../vim25/types';
import type { CloneSources } from './clone-sources';
import { customizationSpec } from './customization';
import { DatastoreChoice } from './datastore-choice';
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
    const datastore = await this.#storage.targetOf(request, call);
    const numCoresPerSocket = request.coresPerSocket ?? (await this.#sources.coresPerSocket(template, numCpu, call));
    const diskCount = await this.#diskCount(request, call);
    const deviceChange = networks && (await this.#sources.deviceChange(template, networks, call));
    const host = await this.#hosts.hostFor({ ...request, ...(datastore && { datastore }) }, call);
    return {
      location: { datastore, diskMoveType: snapshot && LINKED, pool: resourcePool, host },
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
            : [...(deviceChange ?? []), ...growthChanges(disks.grow), ...newDiskChanges(disks.add)],
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
