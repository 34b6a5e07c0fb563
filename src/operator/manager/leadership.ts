/** Which of several operator processes may act: the one that holds the Lease. Without --leader-elect every process may. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type ApiServer, LeaderElector } from '../../kubernetes';
import { type Clock, sleep } from '../../time/clock';
import type { Random } from '../../time/random';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';

/** Name of the Lease, in the operator's namespace. */
export const LEASE_NAME = 'codeconnect-vm-operator';

/** The part of a LeaderElector that the process needs. */
export interface Leadership {
  readonly isLeader: boolean;
  /** R6: asked right before each change to vCenter is sent. */
  mayMutate(): boolean;
  /** Resolves once this process leads. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Rejects with LeadershipLost, or with the signal's reason. */
  renew(signal: AbortSignal): Promise<never>;
  /** Call it after the last call to vCenter has ended. */
  release(signal: AbortSignal): Promise<void>;
}

export function leadershipOf(options: {
  readonly flags: Pick<Flags, 'leaderElect' | 'leaseTimings'>;
  readonly namespace: string;
  readonly server: ApiServer;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Called when this process may act again: work that was dropped before is due. */
  readonly onResumed: () => void;
}): Leadership {
  const { flags, namespace, server, clock, random, logger, onResumed } = options;
  if (!flags.leaderElect) return new Alone(clock);
  return new LeaderElector({
    server,
    namespace,
    name: LEASE_NAME,
    // The host name shows people which pod it is. The UUID differs from that of an earlier process in the same pod.
    identity: `${hostname()}_${randomUUID()}`,
    timings: flags.leaseTimings,
    clock,
    random,
    log: logger.named('leader-election'),
    onResumed,
  });
}

/** No election: the installation makes sure that there is one process, as a Deployment with one replica does. */
class Alone implements Leadership {
  readonly isLeader = true;

  constructor(private readonly clock: Clock) {}

  mayMutate(): boolean {
    return true;
  }

  async acquire(): Promise<void> {}

  async renew(signal: AbortSignal): Promise<never> {
    for (;;) await sleep(this.clock, Number.MAX_SAFE_INTEGER, signal);
  }

  async release(): Promise<void> {}
}
