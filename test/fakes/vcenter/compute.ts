/** The model's cluster: DRS, and what each host has and sees. */
import { type ManagedObjectReference, sameRef } from '../../../src/vsphere/port';
import type { AnyValue } from '../../../src/vsphere/vim25/describe';
import { ModelClusterRules } from './cluster-rules';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault } from './model-fault';
import type { TaskRunner } from './tasks';

type Ref = ManagedObjectReference;

export interface ModelHost {
  connectionState: string;
  inMaintenanceMode: boolean;
  memoryMiB: number;
  usedMiB: number;
  /** Absent: it sees all. */
  datastores?: readonly Ref[];
  networks?: readonly Ref[];
}

const GIB = 1024;

export class ModelCompute {
  drsEnabled = true;
  readonly #hosts = new Map<string, ModelHost>();

  readonly rules: ModelClusterRules;

  constructor(
    private readonly truth: InventoryTruth,
    tasks: TaskRunner,
  ) {
    this.rules = new ModelClusterRules(truth, tasks, (machine) => {
      const { resourcePool } = truth.machine(machine);
      return resourcePool && this.#ownerOf(resourcePool);
    });
  }

  /** To look at and to change. */
  host(ref: Ref): ModelHost {
    const known = this.#hosts.get(ref.value);
    if (known !== undefined) return known;
    const host = { connectionState: 'connected', inMaintenanceMode: false, memoryMiB: 256 * GIB, usedMiB: 16 * GIB };
    this.#hosts.set(ref.value, host);
    return host;
  }

  /** VirtualMachineRelocateSpec.host: without one, a pool of a cluster without DRS is an InvalidArgument. */
  requireHost(pool: Ref | undefined, host: Ref | undefined): void {
    if (pool === undefined || host !== undefined || this.drsEnabled) return;
    if (this.#ownerOf(pool)?.type === 'ClusterComputeResource')
      throw new ModelFault('InvalidArgument', { invalidProperty: 'spec.location.host' });
  }

  property(ref: Ref, path: string): AnyValue | undefined {
    switch (ref.type) {
      case 'ResourcePool':
      case 'VirtualApp':
        return path === 'owner' ? this.#ownerOf(ref) : undefined;
      case 'ClusterComputeResource':
        if (path === 'datastore') return this.#datastoresOf(ref);
        if (path === 'host') return this.#entities('HostSystem').filter((host) => this.#isIn(host, ref));
        // As a type that our descriptions do not know: with texts.
        return path === 'configurationEx'
          ? {
              xsiType: 'ClusterConfigInfoEx',
              drsConfig: { xsiType: '', enabled: String(this.drsEnabled) },
              rule: this.rules.rulesOf(ref),
              group: this.rules.groupsOf(ref),
            }
          : undefined;
      case 'HostSystem':
        return this.#hostProperty(this.host(ref), path);
      default:
        return undefined;
    }
  }

  #hostProperty(host: ModelHost, path: string): AnyValue | undefined {
    switch (path) {
      case 'runtime.connectionState':
        return host.connectionState;
      case 'runtime.inMaintenanceMode':
        return host.inMaintenanceMode;
      case 'summary.hardware.memorySize':
        return BigInt(host.memoryMiB) * 2n ** 20n;
      case 'summary.quickStats.overallMemoryUsage':
        return host.usedMiB;
      case 'datastore':
        return host.datastores ?? this.#entities('Datastore');
      case 'network':
        return (
          host.networks ??
          ['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'].flatMap((type) => this.#entities(type))
        );
      default:
        return undefined;
    }
  }

  #entities(type: string): readonly Ref[] {
    return [...this.truth.entities.values()].map(({ ref }) => ref).filter((ref) => ref.type === type);
  }

  /** Those that any of its hosts sees. */
  #datastoresOf(cluster: Ref): readonly Ref[] {
    const hosts = this.#entities('HostSystem').filter((host) => this.#isIn(host, cluster));
    return this.#entities('Datastore').filter((datastore) =>
      hosts.some((host) => this.host(host).datastores?.some((one) => sameRef(one, datastore)) ?? true),
    );
  }

  #isIn(host: Ref, cluster: Ref): boolean {
    return sameRef(this.truth.entity(host).parent, cluster);
  }

  /** The cluster or host that the pool divides. */
  #ownerOf(pool: Ref): Ref | undefined {
    const { parent } = this.truth.entity(pool);
    return parent.type === 'ResourcePool' || parent.type === 'VirtualApp' ? this.#ownerOf(parent) : parent;
  }
}
