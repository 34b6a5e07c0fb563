import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import type { ApiServer } from './api-request';
import { type HeldRecord, heldRecord, type Lease } from './lease-lock';
import type { Log } from './log';
import { Reflector } from './reflector';
import { ResourceClient } from './resource-client';

const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' } as const;

/**
 * What a watch of one namespace tells of its Leases. A process that waits for one hears at once that it was given back or
 * renewed, instead of at its next try. Elections need it for speed only: without the right to watch they go by their tries.
 */
export class LeaseNews {
  readonly #reflector: Reflector<Lease>;

  constructor(options: {
    readonly server: ApiServer;
    readonly namespace: string;
    readonly clock: Clock;
    readonly random: Random;
    readonly log: Log;
  }) {
    const { server, namespace } = options;
    const client = new ResourceClient<Lease>(server, LEASES);
    this.#reflector = new Reflector({ ...options, client, namespaces: [namespace] });
  }

  /** Calls the listener with each new state of the Lease of that name. The returned function ends that. */
  follow(name: string, listener: (held: HeldRecord) => void): () => void {
    return this.#reflector.onChange(({ after }) => {
      if (after?.metadata.name === name) listener(heldRecord(after));
    });
  }

  /** Lists and watches until aborted. Never rejects. */
  run(signal: AbortSignal): Promise<void> {
    return this.#reflector.run(signal);
  }
}
