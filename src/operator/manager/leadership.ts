/** Which of several operator processes may act: the one that holds the Lease. Without --leader-elect every process may. */
import { hash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type ApiServer, LeaderElector, type LeaseNews } from '../../kubernetes';
import { type Clock, sleep } from '../../time/clock';
import type { Random } from '../../time/random';
import { IMPLICIT_VCENTER } from '../../vcenter/selection';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';
import type { LeaseTurns } from './lease-turns';

/** Name of the Lease for (env) and for groups without a vCenter, in the operator's namespace. */
export const LEASE_NAME = 'codeconnect-vm-operator';
const LONGEST_NAME = 253;

/**
 * Name of the Lease of a VCenter. Of a long name it has the beginning, and 12 hex digits of the SHA-256 of the whole. After
 * a hyphen instead of a dot, so that it is never the name of another VCenter's Lease (R6).
 */
export function leaseNameOf(vcenter: string): string {
  if (vcenter === IMPLICIT_VCENTER) return LEASE_NAME;
  const whole = `${LEASE_NAME}.${vcenter}`;
  if (whole.length <= LONGEST_NAME) return whole;
  const digest = hash('sha256', whole, 'hex').slice(0, 12);
  const beginning = vcenter.slice(0, LONGEST_NAME - LEASE_NAME.length - digest.length - 2);
  // A part of a name between dots must not begin with a hyphen.
  return `${LEASE_NAME}-${beginning.replace(/\.$/, '')}-${digest}`;
}

/** Of this process, in all its Leases. The host name shows which pod it is, the UUID tells it from an earlier process in that pod. */
export function processIdentity(): string {
  return `${hostname()}_${randomUUID()}`;
}

/** The part of a LeaderElector that the process needs. */
export interface Leadership {
  readonly isLeader: boolean;
  /** Monotonic time at which the last successful renewal was sent; undefined while this process does not hold a Lease. */
  readonly renewedAtMs: number | undefined;
  /** What the Lease names as its holder, when that is this process. */
  readonly identity: string;
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
  /** Of the VCenter, or (env). */
  readonly vcenter: string;
  readonly identity: string;
  readonly turns: LeaseTurns;
  /** Of the Leases in that namespace. */
  readonly news: Pick<LeaseNews, 'follow'>;
  readonly server: ApiServer;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Called when this process may act again: work that was dropped before is due. */
  readonly onResumed: () => void;
}): Leadership {
  const { flags, namespace, vcenter, identity, turns, news, server, clock, random, logger, onResumed } = options;
  if (!flags.leaderElect) return new Alone(clock, identity);
  return new LeaderElector({
    server,
    namespace,
    name: leaseNameOf(vcenter),
    identity,
    news,
    takeFree: (write, signal) => turns.take(write, signal),
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
  readonly renewedAtMs = undefined;

  constructor(
    private readonly clock: Clock,
    readonly identity: string,
  ) {}

  mayMutate(): boolean {
    return true;
  }

  async acquire(): Promise<void> {}

  async renew(signal: AbortSignal): Promise<never> {
    for (;;) await sleep(this.clock, Number.MAX_SAFE_INTEGER, signal);
  }

  async release(): Promise<void> {}
}
