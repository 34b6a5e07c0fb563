/** Logs machines that carry our marks and belong to no group. They are never changed (R13). */
import { Annotation } from '../../api/vm-group';
import { type Clock, sleep } from '../../time/clock';
import { type UnownedMachine, unownedMachines } from '../../vmgroup/observe/unowned-machines';
import { refKey, type VCenterConnection } from '../../vsphere';
import type { LogFields } from '../telemetry/logger';

const CHECK_MS = 5 * 60_000;
const MOST_NAMES = 20;

export interface UnownedWatchOptions {
  readonly connection: Pick<VCenterConnection, 'status' | 'inventory' | 'onStatus'>;
  readonly clusterId: string;
  /** Groups that exist, and whether all of them are known. */
  readonly groups: { readonly synced: boolean; hasUid(uid: string): boolean };
  /** Empty: all. */
  readonly watchNamespaces: readonly string[];
  readonly clock: Clock;
  readonly log: {
    info(message: string, fields?: LogFields): void;
    warn(message: string, fields?: LogFields): void;
  };
}

export class UnownedWatch {
  /** The machines in the last line of the log. */
  #logged = '';

  constructor(private readonly options: UnownedWatchOptions) {}

  /** The machines at this moment; undefined while the inventory or the groups are not complete. */
  machines(): readonly UnownedMachine[] | undefined {
    const { connection, clusterId, groups, watchNamespaces } = this.options;
    if (connection.status.kind !== 'Ready' || !groups.synced) return undefined;
    const isServed = (namespace: string) => watchNamespaces.length === 0 || watchNamespaces.includes(namespace);
    return unownedMachines(connection.inventory, clusterId, (uid) => groups.hasUid(uid), isServed);
  }

  /** Checks when vCenter becomes ready and every five minutes, and logs a new set of machines. Ends when aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { connection, clock } = this.options;
    const stop = connection.onStatus(() => this.#check());
    try {
      while (!signal.aborted) {
        this.#check();
        await sleep(clock, CHECK_MS, signal).catch(() => undefined);
      }
    } finally {
      stop();
    }
  }

  #check(): void {
    const unowned = this.machines();
    if (unowned === undefined) return;
    const seen = unowned.map(({ machine }) => refKey(machine.ref)).join(' ');
    if (seen === this.#logged) return;
    this.#logged = seen;
    const { log } = this.options;
    if (unowned.length === 0) {
      log.info('every machine with our marks has its VmGroup again');
      return;
    }
    log.warn('machines carry our marks but their VmGroups do not exist; they are left alone', {
      count: unowned.length,
      machines: unowned.slice(0, MOST_NAMES).map(({ machine, owner }) => `${machine.name} of ${owner.group}`),
      remedy:
        `to take them over, create the VmGroup of that name with the annotation ${Annotation.Adopt}=Adopt; ` +
        'else delete them in vCenter',
    });
  }
}
