/**
 * Chooses the host of a clone into a cluster without DRS, where vCenter refuses a clone without a host; and of one for a DRS
 * host group, which no rule knows yet. With DRS, and on a standalone host, vCenter chooses (docs/vsphere.md#clusters-without-drs).
 */
import type { Clock } from '../../time/clock';
import {
  type CallContext,
  type CloneRequest,
  type ClusterRules,
  type ManagedObjectReference,
  refKey,
  sameRef,
} from '../port';
import { retrieveProperties } from '../property/property-reader';
import { numberOf, propertyIn, refsOf, textOf } from '../property/property-value';
import type { Session } from '../session/session';
import { typed } from '../vim25/describe';
import { type ObjectContent, TraversalSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { clusterRulesIn } from './cluster-rules';
import { KeptReads } from './kept-reads';

type Ref = ManagedObjectReference;

const CLUSTER_KEPT_MS = 60_000;
const HOSTS_KEPT_MS = 10_000;
/** In most cases the machine is powered on by then, and the host's statistics include its memory. */
const PROMISED_MS = 60_000;
const MOST_REASONS = 5;
const MIB = 2 ** 20;

const CONNECTION_STATE = 'runtime.connectionState';
const MAINTENANCE = 'runtime.inMaintenanceMode';
const MEMORY_SIZE = 'summary.hardware.memorySize';
const MEMORY_USED_MIB = 'summary.quickStats.overallMemoryUsage';
const HOST_PATHS = ['name', CONNECTION_STATE, MAINTENANCE, MEMORY_SIZE, MEMORY_USED_MIB, 'datastore', 'network'];

interface Cluster extends Pick<ClusterRules, 'name' | 'drsEnabled' | 'groups'> {
  readonly ref: Ref;
}

interface Host {
  readonly ref: Ref;
  readonly name: string;
  readonly connectionState: string;
  readonly inMaintenance: boolean;
  readonly freeMiB: number;
  readonly datastores: readonly Ref[];
  readonly networks: readonly Ref[];
}

interface Promised {
  readonly host: Ref;
  readonly memoryMiB: number;
  readonly untilMs: number;
}

export type Wanted = Pick<CloneRequest, 'resourcePool' | 'datastore' | 'networks' | 'memoryMiB' | 'hostGroup'>;

export class HostChoice {
  readonly #session: Session;
  readonly #clock: Clock;
  /** For messages. */
  readonly #nameOf: (ref: Ref) => string;
  readonly #kept: KeptReads;
  #promised: readonly Promised[] = [];

  constructor(session: Session, clock: Clock, nameOf: (ref: Ref) => string) {
    this.#session = session;
    this.#clock = clock;
    this.#nameOf = nameOf;
    this.#kept = new KeptReads(clock);
  }

  /**
   * The host with the most free memory of those that fit; undefined where vCenter chooses. Rejects with NoCompatibleHost
   * when none fits. Memory is no reason to take none: more may be promised than there is, as vCenter allows it.
   */
  async hostFor(wanted: Wanted, call: CallContext): Promise<Ref | undefined> {
    const hosts = await this.#fitting(wanted, call);
    const best = hosts && this.#mostFree(hosts);
    if (best === undefined) return undefined;
    const { memoryMiB } = wanted;
    this.#promised = [
      ...this.#promised,
      { host: best.ref, memoryMiB, untilMs: this.#clock.monotonicMs() + PROMISED_MS },
    ];
    return best.ref;
  }

  /**
   * refKeys of the datastores that a host for the machine sees, so that none is chosen which no such host sees; undefined where
   * vCenter chooses the host. Rejects as `hostFor` does.
   */
  async datastoresFor(
    { datastore: _, ...wanted }: Wanted,
    call: CallContext,
  ): Promise<ReadonlySet<string> | undefined> {
    const hosts = await this.#fitting(wanted, call);
    return hosts && new Set(hosts.flatMap(({ datastores }) => datastores.map(refKey)));
  }

  /** At least one; undefined where vCenter chooses. */
  async #fitting(wanted: Wanted, call: CallContext): Promise<readonly Host[] | undefined> {
    const { resourcePool: pool } = wanted;
    const cluster = await this.#kept.get(
      { key: refKey(pool), keptMs: CLUSTER_KEPT_MS, read: () => this.#clusterOf(pool, call) },
      call,
    );
    const { hostGroup } = wanted;
    if (hostGroup === undefined && cluster?.drsEnabled !== false) return undefined;
    if (cluster === undefined) throw unreadableGroup(hostGroup, this.#nameOf(pool));
    const group = hostGroup === undefined ? undefined : groupIn(cluster, hostGroup);
    if (hostGroup !== undefined && group === undefined) {
      // Somebody may be about to make it: the next try looks again.
      this.#kept.forget(refKey(pool));
      throw missingGroup(cluster, hostGroup);
    }
    const hosts = await this.#kept.get(
      { key: refKey(cluster.ref), keptMs: HOSTS_KEPT_MS, read: () => this.#hostsOf(cluster.ref, call) },
      call,
    );
    const inGroup = group === undefined ? hosts : hosts.filter(({ ref }) => group.some((one) => sameRef(one, ref)));
    const judged = inGroup.map((host) => ({ host, objection: this.#objection(host, wanted) }));
    const fitting = judged.filter(({ objection }) => objection === undefined).map(({ host }) => host);
    if (fitting.length === 0) throw noHost(cluster, hostGroup, judged);
    return fitting;
  }

  #mostFree(hosts: readonly Host[]): Host | undefined {
    const nowMs = this.#clock.monotonicMs();
    this.#promised = this.#promised.filter(({ untilMs }) => untilMs > nowMs);
    const promisedMiB = new Map<string, number>();
    for (const { host, memoryMiB } of this.#promised)
      promisedMiB.set(refKey(host), (promisedMiB.get(refKey(host)) ?? 0) + memoryMiB);
    const free = ({ ref, freeMiB }: Host) => freeMiB - (promisedMiB.get(refKey(ref)) ?? 0);
    const [first, ...others] = hosts;
    return first && others.reduce((best, host) => (free(host) > free(best) ? host : best), first);
  }

  /** Why this host cannot take the machine. */
  #objection({ connectionState, inMaintenance, datastores, networks }: Host, wanted: Wanted): string | undefined {
    const sees = (seen: readonly Ref[], ref: Ref) => seen.some((one) => sameRef(one, ref));
    if (connectionState !== 'connected') return `is ${connectionState}`;
    if (inMaintenance) return 'is in maintenance mode';
    const { datastore } = wanted;
    if (datastore !== undefined && !sees(datastores, datastore))
      return `does not see the datastore ${this.#nameOf(datastore)}`;
    const missing = (wanted.networks ?? []).find((network) => !sees(networks, network));
    return missing && `does not see the network ${this.#nameOf(missing)}`;
  }

  /** The cluster of the pool. Undefined on a standalone host, and if the account may not read the configuration. */
  async #clusterOf(pool: Ref, call: CallContext): Promise<Cluster | undefined> {
    const toOwner = typed(TraversalSpec, { name: 'owner', type: pool.type, path: 'owner', skip: false });
    const spec = {
      // All of configurationEx: its declared type has no drsConfig, so vCenter refuses a path to it.
      propSet: [{ type: 'ClusterComputeResource', pathSet: ['name', 'configurationEx'] }],
      objectSet: [{ obj: pool, skip: true, selectSet: [toOwner] }],
    };
    const objects = await retrieveProperties(this.#session, spec, call);
    const cluster = objects.find(({ obj }) => obj.type === 'ClusterComputeResource');
    const rules = clusterRulesIn(cluster);
    return cluster && rules && { ...rules, ref: cluster.obj };
  }

  async #hostsOf(cluster: Ref, call: CallContext): Promise<readonly Host[]> {
    const toHosts = typed(TraversalSpec, { name: 'hosts', type: cluster.type, path: 'host', skip: false });
    const spec = {
      propSet: [{ type: 'HostSystem', pathSet: HOST_PATHS }],
      objectSet: [{ obj: cluster, skip: true, selectSet: [toHosts] }],
    };
    const objects = await retrieveProperties(this.#session, spec, call);
    return objects.filter(({ obj }) => obj.type === 'HostSystem').map(hostOf);
  }
}

function hostOf(content: ObjectContent): Host {
  const value = (path: string) => propertyIn(content, path);
  return {
    ref: content.obj,
    name: textOf(value('name')) ?? content.obj.value,
    connectionState: textOf(value(CONNECTION_STATE)) ?? 'not readable',
    inMaintenance: value(MAINTENANCE) === true,
    freeMiB: (numberOf(value(MEMORY_SIZE)) ?? 0) / MIB - (numberOf(value(MEMORY_USED_MIB)) ?? 0),
    datastores: refsOf(value('datastore')),
    networks: refsOf(value('network')),
  };
}

function unreadableGroup(hostGroup: string | undefined, pool: string): VsphereError {
  const message = `the host group "${hostGroup}" cannot be looked for: ${pool} is in no cluster, or the account may not read the cluster's configuration`;
  return new VsphereError('HostGroupNotFound', message, 'NotSent');
}

function groupIn({ groups }: Cluster, hostGroup: string): readonly Ref[] | undefined {
  return groups.find((candidate) => candidate.kind === 'Hosts' && candidate.name === hostGroup)?.members;
}

function missingGroup({ name }: Cluster, hostGroup: string): VsphereError {
  const message = `cluster ${name} has no DRS host group "${hostGroup}": make it, or correct hostGroup of the failure domain`;
  return new VsphereError('HostGroupNotFound', message, 'NotSent');
}

function noHost(
  { name }: Cluster,
  hostGroup: string | undefined,
  judged: readonly { readonly host: Host; readonly objection: string | undefined }[],
): VsphereError {
  const reasons = judged.slice(0, MOST_REASONS).map(({ host, objection }) => `${host.name} ${objection}`);
  const more = judged.length > MOST_REASONS ? `; and ${judged.length - MOST_REASONS} more` : '';
  const why = judged.length === 0 ? 'it has none' : `${reasons.join('; ')}${more}`;
  const message =
    hostGroup === undefined
      ? `DRS is off in the cluster ${name}, and none of its hosts fits: ${why}; make one fit, or turn DRS on`
      : `none of the hosts of the DRS host group "${hostGroup}" of cluster ${name} fits: ${why}; make one fit`;
  return new VsphereError('NoCompatibleHost', message, 'NotSent');
}
