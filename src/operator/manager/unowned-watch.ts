/** Logs machines that carry our marks and belong to no group, and empty folders of no group. They are never changed (R13). */
import { Annotation } from '../../api/vm-group';
import { type Clock, sleep } from '../../time/clock';
import type { GroupStore } from '../../vmgroup/model/port';
import { emptyGroupFolders } from '../../vmgroup/observe/empty-folders';
import { type UnownedMachine, unownedMachines } from '../../vmgroup/observe/unowned-machines';
import { refKey, type VCenterConnection } from '../../vsphere';
import type { LogFields } from '../telemetry/logger';

const CHECK_MS = 5 * 60_000;
const MOST_NAMES = 20;

export interface UnownedWatchOptions {
  readonly connection: Pick<VCenterConnection, 'status' | 'inventory' | 'onStatus'>;
  readonly clusterId: string;
  readonly defaultFolder: string;
  /** Groups that exist, and whether all of them are known. */
  readonly groups: { readonly synced: boolean } & Pick<GroupStore, 'hasUid' | 'byFolderName'>;
  /** Empty: all. */
  readonly watchNamespaces: readonly string[];
  readonly clock: Clock;
  readonly log: {
    info(message: string, fields?: LogFields): void;
    warn(message: string, fields?: LogFields): void;
  };
}

export class UnownedWatch {
  /** The machines and the folders in the last lines of the log. */
  #logged = '';
  #loggedFolders = '';

  constructor(private readonly options: UnownedWatchOptions) {}

  /** The machines at this moment; undefined while the inventory or the groups are not complete. */
  machines(): readonly UnownedMachine[] | undefined {
    if (!this.#isComplete) return undefined;
    const { connection, clusterId, groups } = this.options;
    return unownedMachines(connection.inventory, clusterId, (uid) => groups.hasUid(uid), this.#isServed);
  }

  get #isComplete(): boolean {
    return this.options.connection.status.kind === 'Ready' && this.options.groups.synced;
  }

  readonly #isServed = (namespace: string) => {
    const { watchNamespaces } = this.options;
    return watchNamespaces.length === 0 || watchNamespaces.includes(namespace);
  };

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
    this.#checkMachines();
    this.#checkFolders();
  }

  #checkMachines(): void {
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

  #checkFolders(): void {
    if (!this.#isComplete) return;
    const { connection, groups, log } = this.options;
    const question = { inventory: connection.inventory, rules: this.options };
    const isOfGroup = (name: string) => groups.byFolderName(name).length > 0;
    const folders = emptyGroupFolders(question, isOfGroup, this.#isServed);
    const paths = folders.map(({ ref }) => connection.inventory.pathOf(ref));
    const seen = paths.join(' ');
    if (seen === this.#loggedFolders) return;
    this.#loggedFolders = seen;
    if (paths.length === 0) return;
    log.info('empty folders have the names of VmGroups that do not exist; they are left alone', {
      count: paths.length,
      folders: paths.slice(0, MOST_NAMES),
      remedy: 'delete them in vCenter, unless they are those of another cluster',
    });
  }
}
