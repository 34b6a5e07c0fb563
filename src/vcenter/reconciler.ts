/**
 * Brings what this process serves in line with one VCenter object, and its status with the connection. Waits for the API
 * server, never for vCenter (R9).
 */
import { isDeepStrictEqual } from 'node:util';
import { VCENTER_FINALIZER, VCENTER_RESOURCE, type VCenter } from '../api/vcenter';
import { VCenterEventReason } from '../api/vcenter-conditions';
import type { VmGroup } from '../api/vm-group';
import type { RecordedEvent, Result } from '../kubernetes';
import type { Clock } from '../time/clock';
import { digestOf, type VCenterConnection } from '../vsphere';
import { type Labels, matches } from './label-selector';
import type { Account, ReadAccount } from './secret-account';
import type { VCenterWorld } from './selection';
import type { VCenterShards } from './shards';
import { vcenterStatus } from './status';
import { unservedOn } from './unserved-namespaces';
import type { VCenterApi } from './vcenter-api';

/** How often a Secret is read again: a new password is taken within this time. */
const SECRET_MS = 60_000;
/** How often the vCenter of the environment is tried while an earlier connection to it ends. */
const ENDING_MS = 1_000;

export interface VCenterReconcilerOptions {
  readonly clusterId: string;
  readonly world: VCenterWorld;
  readonly shards: VCenterShards;
  readonly api: Pick<VCenterApi, 'replaceStatus' | 'replaceFinalizers'>;
  readonly readAccount: ReadAccount;
  /** The groups that live on it, or are to. */
  groupsOn(vcenter: string): readonly VmGroup[];
  readonly events: { record(event: RecordedEvent): void };
  /** False while a namespace may not be read: its groups may live anywhere. */
  groupsKnown(): boolean;
  /** The namespaces that are served; empty: all. */
  readonly watchNamespaces: readonly string[];
  /** Of each namespace; undefined while not all are known. */
  namespaceLabels(): Iterable<Labels> | undefined;
  readonly clock: Clock;
}

export class VCenterReconciler {
  /** Of the account that was read last, by VCenter. */
  readonly #digests = new Map<string, string>();
  /** VCenters whose connection ends so that the object may go. */
  readonly #leaving = new Set<string>();

  constructor(private readonly options: VCenterReconcilerOptions) {}

  async reconcile(name: string, signal: AbortSignal): Promise<Result> {
    const { world, shards } = this.options;
    const vcenter = world.vcenters.get(name);
    if (vcenter === undefined) {
      this.#digests.delete(name);
      this.#leaving.delete(name);
      if (!(await shards.end(name))) return {};
      return world.vcenters.size > 0 || shards.useImplicit() ? {} : { requeueAfterMs: ENDING_MS };
    }
    if (!shards.leaveImplicit()) return {};
    if (!isAdmitted(vcenter)) return this.#admit(vcenter, signal);
    return this.#serve(vcenter, signal);
  }

  /**
   * The finalizer says to all processes that no one acts on the vCenter of the environment any more, which may be the same
   * vCenter: only the one that may act there gives it, after it has ended that connection (R6).
   */
  async #admit(vcenter: VCenter, signal: AbortSignal): Promise<Result> {
    const { shards, api } = this.options;
    const { name, deletionTimestamp, finalizers = [] } = vcenter.metadata;
    this.#leaving.delete(name);
    // A person may have taken our finalizer away.
    const hasEnded = await shards.end(name);
    if (!hasEnded || !shards.leadsBase || deletionTimestamp !== undefined) return {};
    await api.replaceFinalizers(vcenter, [...finalizers, VCENTER_FINALIZER], signal);
    this.#tell(vcenter, ADMITTED);
    if (vcenter.spec.tls?.insecureSkipVerify) this.#tell(vcenter, INSECURE);
    return {};
  }

  async #serve(vcenter: VCenter, signal: AbortSignal): Promise<Result> {
    const { shards, api, groupsOn, groupsKnown, readAccount } = this.options;
    const { name, deletionTimestamp } = vcenter.metadata;
    const groups = groupsOn(name).length;
    const isUnused = deletionTimestamp !== undefined && groups === 0 && groupsKnown();
    if (isUnused && this.#leaving.has(name)) return this.#letGo(vcenter, signal);
    this.#leaving.delete(name);
    const served = await shards.serve(vcenter, vcenter.specProblems === undefined);
    if (!served?.leads) return {};
    const unserved = unservedOn(vcenter, served.usage, this.options.watchNamespaces);
    if (isUnused && unserved.kind === 'None') return this.#letGo(vcenter, signal);
    const account = await readAccount(vcenter.spec.credentials.secretRef.name, signal);
    this.#offer(name, account, served.connection);
    const { clusterId, clock, namespaceLabels } = this.options;
    const { connection, usage, privileges, identity: leader } = served;
    const { namespaceSelector } = vcenter.spec;
    // Nobody needs to know it of one that is used.
    const namespaces = groups === 0 ? namespaceLabels() : undefined;
    const selectsNone =
      namespaces !== undefined && ![...namespaces].some((labels) => matches(namespaceSelector, labels));
    const status = vcenterStatus({
      ...{ vcenter, account, connection, usage, privileges, clusterId, groups, leader, groupsKnown: groupsKnown() },
      ...{ unserved, selectsNone },
      nowWallMs: clock.wallMs(),
    });
    if (!isDeepStrictEqual(status, vcenter.status)) await api.replaceStatus(vcenter, status, signal);
    return { requeueAfterMs: SECRET_MS };
  }

  async #letGo(vcenter: VCenter, signal: AbortSignal): Promise<Result> {
    const { shards, api } = this.options;
    const { name, finalizers = [] } = vcenter.metadata;
    this.#leaving.add(name);
    // First: once the object is gone, another may name the same vCenter.
    if (!(await shards.end(name))) return {};
    await api.replaceFinalizers(
      vcenter,
      finalizers.filter((held) => held !== VCENTER_FINALIZER),
      signal,
    );
    return {};
  }

  #tell({ metadata: { name, uid } }: VCenter, event: Omit<RecordedEvent, 'regarding'>): void {
    const { apiVersion, kind } = VCENTER_RESOURCE;
    this.options.events.record({ regarding: { apiVersion, kind, name, uid }, ...event });
  }

  /**
   * A new password is used at once, and not when the session is looked at the next time. It may be new to a process that
   * has just taken over, too: its session is older.
   */
  #offer(name: string, account: Account, connection: VCenterConnection | undefined): void {
    if (account.kind === 'None') return;
    const digest = digestOf(account.credentials);
    const known = this.#digests.get(name);
    this.#digests.set(name, digest);
    if (known !== digest) connection?.checkCredentials();
  }
}

const ADMITTED = {
  type: 'Normal',
  reason: VCenterEventReason.Admitted,
  action: 'Admit',
  note: "it is served from now on, and the vCenter of the operator's environment is not",
} as const;

const INSECURE = {
  type: 'Warning',
  reason: VCenterEventReason.Insecure,
  action: 'Connect',
  note: 'spec.tls.insecureSkipVerify is true: whoever is on the way to vCenter can read the password',
} as const;

function isAdmitted({ metadata }: VCenter): boolean {
  return metadata.finalizers?.includes(VCENTER_FINALIZER) ?? false;
}
