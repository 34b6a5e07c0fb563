import { systemClock } from '../../../src/time/clock';
import { type ApiServer, watchCollection } from '../../envtest/real-parts';

/** A Lease has another holder. */
export interface Holding {
  /** Name of the Lease. */
  readonly lease: string;
  /** Empty: it was given back. */
  readonly holder: string;
  /** When its holder sent the request that took it, by the wall clock of its process. */
  readonly acquiredMs: number;
  /** How often the Lease has changed its holder. */
  readonly transitions: number;
  /** When it was seen here. */
  readonly seenMs: number;
}

interface Lease {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly holderIdentity: string; readonly acquireTime: string; readonly leaseTransitions: number };
}

/** The Leases of the operators as a watch tells them: each holder of each, in their order. */
export class LeaseWatch {
  readonly holdings: Holding[] = [];
  readonly #now = new Map<string, Holding>();
  readonly #listeners = new Set<(holding: Holding) => void>();
  readonly #stop = new AbortController();

  constructor(server: ApiServer, namespace: string) {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    void watchCollection<Lease>(
      server,
      path,
      (change) => {
        if (change.kind === 'All') for (const lease of change.objects) this.#note(lease);
        else if (change.kind === 'Changed') this.#note(change.object);
      },
      systemClock,
      this.#stop.signal,
    );
  }

  /** Names of the Leases that a process holds. */
  heldBy(identity: string): readonly string[] {
    return [...this.#now.values()].filter(({ holder }) => holder === identity).map(({ lease }) => lease);
  }

  holderOf(lease: string): string {
    return this.#now.get(lease)?.holder ?? '';
  }

  /** Returns a function that removes the listener. */
  onChange(listener: (holding: Holding) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#stop.abort(new Error('stopped'));
  }

  #note({ metadata, spec }: Lease): void {
    const { holderIdentity: holder, leaseTransitions: transitions } = spec;
    const last = this.#now.get(metadata.name);
    if (last?.holder === holder && last.transitions === transitions) return;
    const holding: Holding = {
      lease: metadata.name,
      holder,
      acquiredMs: Date.parse(spec.acquireTime),
      transitions,
      seenMs: systemClock.monotonicMs(),
    };
    this.#now.set(metadata.name, holding);
    this.holdings.push(holding);
    for (const listener of this.#listeners) listener(holding);
  }
}
