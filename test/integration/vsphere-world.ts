import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import { deadline, sleep, systemClock } from '../../src/time/clock';
import { seededRandom, systemRandom } from '../../src/time/random';
import {
  type CallEnd,
  type ConnectionStatus,
  type ConnectOptions,
  callEndChannel,
  connectVCenter,
  type InventoryChange,
  type ManagedObjectReference,
  staticCredentials,
  type VCenterConnection,
  type Work,
  type WorkOutcome,
} from '../../src/vsphere';
import { silentLog } from '../../src/vsphere/session/log';
import { LoginBreaker } from '../../src/vsphere/session/login-breaker';
import { RefusedLogins } from '../../src/vsphere/session/refused-logins';
import { Session } from '../../src/vsphere/session/session';
import { HttpsTransport } from '../../src/vsphere/transport/https-transport';
import { Trust } from '../../src/vsphere/transport/trust';
import { startVcsim, type Vcsim, type VcsimOptions } from '../envtest/real-parts';

export const forever: AbortSignal = new AbortController().signal;
const WATCHED = ['codeconnect.uid', 'codeconnect.group'];
const DEADLINE_MS = 20_000;

export function simulator(options: VcsimOptions = {}): Promise<Vcsim> {
  return startVcsim(inject('binaries'), { delaysMs: {}, ...options }, forever);
}

export function addressOf({ url }: Pick<Vcsim, 'url'>): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** A connection under test, and everything that it has emitted. */
export interface Connected {
  readonly connection: VCenterConnection;
  readonly changes: InventoryChange[];
  readonly statuses: ConnectionStatus[];
  readonly calls: CallEnd[];
  /** Makes `until` check its condition again, after something that is no event of the connection. */
  look(): void;
  /** Resolves when the condition holds. It is checked at each event. */
  until(what: string, condition: () => boolean, withinMs?: number): Promise<void>;
  /** Sends one piece of work through the dispatcher and waits for its end. */
  work(key: string, lane: Work['lane'], send: Work['send'], owner?: string): Promise<WorkOutcome>;
  stop(): Promise<void>;
}

export async function connected(vcsim: Vcsim, options: Partial<ConnectOptions> = {}): Promise<Connected> {
  const connection = connectVCenter({
    server: addressOf(vcsim),
    trust: { caBundle: await readFile(vcsim.caFile, 'utf8') },
    credentials: staticCredentials({ userName: vcsim.user, password: vcsim.password }),
    watchedExtraConfigKeys: WATCHED,
    clock: systemClock,
    random: seededRandom(1),
    ...options,
  });
  const changes: InventoryChange[] = [];
  const statuses: ConnectionStatus[] = [];
  const calls: CallEnd[] = [];
  const checks = new Set<() => void>();
  const look = () => {
    for (const check of [...checks]) check();
  };
  const onCall = (message: unknown) => calls.push(message as CallEnd);
  callEndChannel.subscribe(onCall);
  connection.onInventoryChange((change) => {
    changes.push(change);
    look();
  });
  connection.onStatus((status) => {
    statuses.push(status);
    look();
  });
  const stopping = new AbortController();
  const run = connection.run(stopping.signal);
  const until = (what: string, condition: () => boolean, withinMs = DEADLINE_MS) =>
    new Promise<void>((resolve, reject) => {
      const limit = deadline(systemClock, withinMs, forever, () => new Error(`not within ${withinMs} ms: ${what}`));
      const check = () => {
        if (!condition()) return;
        checks.delete(check);
        limit.done();
        resolve();
      };
      limit.signal.addEventListener('abort', () => {
        checks.delete(check);
        reject(limit.signal.reason);
      });
      checks.add(check);
      check();
    });
  const work = (key: string, lane: Work['lane'], send: Work['send'], owner = 'ns/group') =>
    new Promise<WorkOutcome>((resolve) => {
      const nothing = () => undefined;
      const item: Work = { key, lane, mayStart: () => true, onSent: nothing, onTask: nothing, onEnd: resolve, send };
      connection.dispatcher.replaceWaiting(owner, [item]);
    });
  const stop = async () => {
    stopping.abort();
    await run;
    callEndChannel.unsubscribe(onCall);
  };
  return { connection, changes, statuses, calls, look, until, work, stop };
}

/** Another person at the same vCenter: an administrator with another session. */
export async function administrator(vcsim: Vcsim): Promise<{ readonly session: Session; close(): Promise<void> }> {
  const transport = new HttpsTransport({
    address: addressOf(vcsim),
    trust: new Trust({ verification: 'Insecure' }, systemClock),
    clock: systemClock,
  });
  const session = new Session({
    transport,
    credentials: staticCredentials({ userName: vcsim.administrator, password: vcsim.password }),
    breaker: new LoginBreaker({ refused: new RefusedLogins(systemClock, systemRandom), place: 'administrator' }),
    clock: systemClock,
    log: silentLog,
  });
  await session.open({ operationId: 'admin', signal: forever });
  return {
    session,
    close: async () => {
      await session.close();
      transport.close();
    },
  };
}

/** Objects of the simulator's inventory, found by name. */
export function landmarks({ inventory }: VCenterConnection): {
  readonly datacenter: ManagedObjectReference;
  readonly template: ManagedObjectReference;
  readonly folder: ManagedObjectReference;
  readonly resourcePool: ManagedObjectReference;
} {
  const found = <T extends { readonly ref: ManagedObjectReference }>(
    lookup: { readonly kind: 'Found'; readonly object: T } | { readonly kind: 'NotFound' | 'Ambiguous' },
  ) => {
    if (lookup.kind !== 'Found') throw new Error(`the simulator's inventory is not as expected: ${lookup.kind}`);
    return lookup.object.ref;
  };
  const datacenter = found(inventory.findEntity(['Datacenter'], 'vcqaDC'));
  return {
    datacenter,
    template: found(inventory.findVirtualMachine('vm-operator-template', datacenter)),
    folder: found(inventory.findEntity(['Folder'], '/vcqaDC/vm/vm-operator')),
    resourcePool: found(inventory.findEntity(['ResourcePool'], 'Resources')),
  };
}

/** Lets real time pass. Only for tests that nothing happens meanwhile. */
export function quiet(ms: number): Promise<void> {
  return sleep(systemClock, ms, forever);
}
