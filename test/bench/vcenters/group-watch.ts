import { deadline, systemClock } from '../../../src/time/clock';
import type { GroupObject } from '../../demo/show/groups';
import { type ApiServer, watchCollection } from '../../envtest/real-parts';

const PATH = '/apis/vm.codeconnect.vmworld.com/v1alpha1/vmgroups';
const forever = new AbortController().signal;

/** All VmGroups as a watch tells them. Repeated lists would cost the API server more than the operator costs it. */
export class GroupWatch {
  readonly #groups = new Map<string, GroupObject>();
  readonly #listeners = new Set<() => void>();

  constructor(server: ApiServer) {
    const key = ({ metadata }: GroupObject) => `${metadata.namespace}/${metadata.name}`;
    void watchCollection<GroupObject>(
      server,
      PATH,
      (change) => {
        switch (change.kind) {
          case 'All':
            this.#groups.clear();
            for (const group of change.objects) this.#groups.set(key(group), group);
            break;
          case 'Changed':
            this.#groups.set(key(change.object), change.object);
            break;
          case 'Gone':
            this.#groups.delete(key(change.object));
            break;
        }
        for (const listener of this.#listeners) listener();
      },
      systemClock,
      forever,
    );
  }

  /** Resolves with the time at which the groups of these names, in each namespace, are RUNNING with so many ready replicas. */
  async untilRunning(
    namespaces: readonly string[],
    groups: readonly string[],
    replicas: number,
    withinMs: number,
  ): Promise<number> {
    const missing = () => {
      const all = namespaces.flatMap((namespace) => groups.map((name) => this.#groups.get(`${namespace}/${name}`)));
      return all.filter((group) => group === undefined || !isRunning(group, replicas)).length;
    };
    const late = () => new Error(`not within ${withinMs / 1000} s: ${missing()} groups do not run`);
    const limit = deadline(systemClock, withinMs, forever, late);
    const done = Promise.withResolvers<number>();
    const look = () => {
      if (missing() === 0) done.resolve(systemClock.monotonicMs());
    };
    limit.signal.addEventListener('abort', () => done.reject(limit.signal.reason));
    this.#listeners.add(look);
    look();
    try {
      return await done.promise;
    } finally {
      this.#listeners.delete(look);
      limit.done();
    }
  }
}

function isRunning({ metadata, spec, status }: GroupObject, replicas: number): boolean {
  return (
    spec.replicas === replicas &&
    status?.phase === 'RUNNING' &&
    status.observedGeneration === metadata.generation &&
    status.readyReplicas === replicas
  );
}
