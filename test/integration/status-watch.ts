import { systemClock } from '../../src/time/clock';
import type { GroupObject } from '../demo/show/groups';
import { type ApiServer, type SeenMachine, watchCollection } from '../envtest/real-parts';

const PATH = '/apis/vm.codeconnect.vmworld.com/v1alpha1/vmgroups';

/**
 * Watches all VmGroups, and notes each status that is not true: more replicas than the group wants, or RUNNING while
 * machines are missing or off. For groups that only grow: what was true of those stays true.
 */
export class StatusWatch {
  readonly seen: string[] = [];
  looks = 0;
  readonly #stop = new AbortController();
  readonly #reads: Promise<void>[] = [];

  constructor(
    server: ApiServer,
    private readonly machines: () => Promise<readonly SeenMachine[]>,
  ) {
    void watchCollection<GroupObject>(
      server,
      PATH,
      (change) => {
        if (change.kind === 'All') for (const group of change.objects) this.#look(group);
        else if (change.kind === 'Changed') this.#look(change.object);
      },
      systemClock,
      this.#stop.signal,
    );
  }

  /** Resolves when the machines of all that was seen have been read. */
  async end(): Promise<void> {
    this.#stop.abort(new Error('the watch ends'));
    await Promise.all(this.#reads);
  }

  #look({ metadata, spec, status }: GroupObject): void {
    if (status === undefined) return;
    this.looks += 1;
    const name = `${metadata.namespace}/${metadata.name}`;
    const { currentReplicas = 0, readyReplicas = 0, phase, observedGeneration } = status;
    if (currentReplicas > spec.replicas || readyReplicas > spec.replicas)
      this.seen.push(`${name}: ${currentReplicas} replicas, ${readyReplicas} ready, of ${spec.replicas}`);
    // A status of an earlier spec is told of the replicas that were wanted then.
    if (phase !== 'RUNNING' || observedGeneration !== metadata.generation) return;
    if (readyReplicas < spec.replicas)
      this.seen.push(`${name}: RUNNING with ${readyReplicas} of ${spec.replicas} ready`);
    this.#reads.push(this.#compare(name, spec.replicas));
  }

  async #compare(name: string, wanted: number): Promise<void> {
    const own = (await this.machines()).filter(({ group }) => group === name);
    const on = own.filter(({ powerState }) => powerState === 'poweredOn').length;
    if (on < wanted) this.seen.push(`${name}: RUNNING with ${on} of ${wanted} machines on`);
  }
}
