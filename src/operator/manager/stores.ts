/** What this process knows of the API server: VmGroups, VCenters, namespaces, and who holds the Leases. */
import { isDeepStrictEqual } from 'node:util';
import { keptGroup } from '../../api/kept-group';
import { readableVCenter } from '../../api/readable-vcenter';
import { VCENTER_RESOURCE, type VCenter } from '../../api/vcenter';
import { API_GROUP, VM_GROUP_RESOURCE, type VmGroup } from '../../api/vm-group';
import {
  type ApiServer,
  type Change,
  historyOf,
  isApiError,
  type KubernetesObject,
  LeaseNews,
  Reflector,
  ResourceClient,
  type ResourceType,
} from '../../kubernetes';
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import type { Labels } from '../../vcenter/label-selector';
import type { VCenterWorld } from '../../vcenter/selection';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';
import {
  FOLDER_INDEX,
  FOLDER_NAME_INDEX,
  folderIndex,
  folderNameIndex,
  TEMPLATE_INDEX,
  templateIndex,
  UID_INDEX,
  uidIndex,
} from './group-api';

const NAMESPACES = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' } as const;
const NO_LABELS = {};

export interface StoresOptions {
  readonly server: ApiServer;
  /** Empty: all. */
  readonly watchNamespaces: readonly string[];
  readonly hasImplicit: boolean;
  readonly flags: Pick<Flags, 'leaderElect'>;
  /** Namespace of the Leases. */
  readonly namespace: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export class Stores {
  readonly groups: Reflector<VmGroup>;
  readonly groupClient: ResourceClient<VmGroup>;
  readonly vcenters: Reflector<VCenter>;
  readonly vcenterClient: ResourceClient<VCenter>;
  /** Needed only once there is a VCenter object: an account that may not list them can serve (env). */
  readonly namespaces: Reflector<KubernetesObject>;
  readonly leases: LeaseNews;
  readonly world: VCenterWorld;
  readonly #isElected: boolean;
  readonly #server: ApiServer;
  /** Lists of VCenters and namespaces under way since the API server went back in time. */
  #rereads = 0;
  readonly #onReread = new Set<() => void>();

  constructor({ server, watchNamespaces, hasImplicit, flags, namespace, clock, random, logger }: StoresOptions) {
    this.#isElected = flags.leaderElect;
    this.#server = server;
    const common = { clock, random, log: logger.named('kubernetes') };
    this.groupClient = new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE);
    this.groups = new Reflector<VmGroup>({
      ...{ ...common, client: this.groupClient, namespaces: watchNamespaces, transform: keptGroup },
      indexes: {
        ...{ [TEMPLATE_INDEX]: templateIndex, [UID_INDEX]: uidIndex },
        ...{ [FOLDER_INDEX]: folderIndex, [FOLDER_NAME_INDEX]: folderNameIndex },
      },
    });
    this.vcenterClient = new ResourceClient<VCenter>(server, VCENTER_RESOURCE);
    this.vcenters = new Reflector<VCenter>({
      ...{ ...common, client: this.vcenterClient, transform: readableVCenter, mayBeAbsent: true },
    });
    this.namespaces = new Reflector<KubernetesObject>({
      ...{ ...common, client: new ResourceClient<KubernetesObject>(server, NAMESPACES), transform: keptNamespace },
    });
    this.leases = new LeaseNews({ ...common, server, namespace });
    const { vcenters, namespaces } = this;
    const isOutdated = () => this.#rereads > 0;
    this.world = {
      vcenters: vcenters.store,
      hasImplicit,
      get isOutdated() {
        return isOutdated();
      },
      labelsOf: (name) => {
        const namespace = namespaces.store.get(name);
        return namespace && (namespace.metadata.labels ?? NO_LABELS);
      },
    };
  }

  /**
   * Why VmGroups or VCenters have not been listed yet; undefined once they have. R15: while VCenters may not be listed nothing
   * is served, not even (env): nobody would know what they allow to whom.
   */
  get unlisted(): string | undefined {
    return whyUnlisted(this.groups, VM_GROUP_RESOURCE) ?? whyUnlisted(this.vcenters, VCENTER_RESOURCE);
  }

  async whenSynced(signal: AbortSignal): Promise<void> {
    await Promise.all([this.groups.whenSynced(signal), this.vcenters.whenSynced(signal)]);
  }

  /** Lists again. Resolves when lists that are sent from now on are in the stores. */
  async listAgain(signal: AbortSignal): Promise<void> {
    await Promise.all([this.groups.listAgain(signal), this.vcenters.listAgain(signal)]);
    if (this.world.vcenters.size > 0 && this.namespaces.synced) await this.namespaces.listAgain(signal);
  }

  /**
   * Whether a namespace is being deleted, or is gone: its Roles may be gone before its groups are. False while this is not
   * known.
   */
  readonly isEnding = (name: string): boolean => {
    const { synced, store } = this.namespaces;
    const namespace = store.get(name);
    return namespace === undefined ? synced : namespace.metadata.deletionTimestamp !== undefined;
  };

  /** Of each namespace; undefined while not all are known. */
  namespaceLabels(): readonly Labels[] | undefined {
    if (!this.namespaces.synced) return undefined;
    return [...this.namespaces.store.list()].map(({ metadata: { labels = NO_LABELS } }) => labels);
  }

  /** Called when `world.isOutdated` has passed: groups that were not given a vCenter meanwhile may get one. */
  onReread(listener: () => void): void {
    this.#onReread.add(listener);
  }

  run(signal: AbortSignal): readonly Promise<void>[] {
    const stopListening = historyOf(this.#server).onWentBack(() => void this.#reread(signal));
    signal.addEventListener('abort', stopListening, { once: true });
    const followed = [this.groups, this.vcenters, this.namespaces, ...(this.#isElected ? [this.leases] : [])];
    return followed.map((one) => one.run(signal));
  }

  /** Each resource is listed by itself: until all are, what is known is a mix of before and after a restore of etcd. */
  async #reread(signal: AbortSignal): Promise<void> {
    this.#rereads += 1;
    const { vcenters, namespaces } = this;
    try {
      await Promise.all([vcenters.listAgain(signal), namespaces.synced ? namespaces.listAgain(signal) : undefined]);
    } catch {
      return; // The process ends.
    }
    this.#rereads -= 1;
    if (this.#rereads === 0) for (const listener of this.#onReread) listener();
  }
}

/** For anybody to read, so without the server's words: those are in the log. */
function whyUnlisted(
  { synced, readError }: Pick<Reflector<KubernetesObject>, 'synced' | 'readError'>,
  { kind, plural }: ResourceType,
): string | undefined {
  if (synced) return undefined;
  const waiting = `the ${kind}s have not been listed yet`;
  if (!isApiError(readError, 'Forbidden')) return waiting;
  return `${waiting}: the operator may not; grant it list and watch on ${plural}.${API_GROUP}, as the install manifests do`;
}

/** Of a namespace only its labels are of interest, and whether it is being deleted; and there may be thousands. */
function keptNamespace({ metadata }: KubernetesObject): KubernetesObject {
  const { name, uid, resourceVersion, labels, deletionTimestamp } = metadata;
  const rest = {
    ...(labels !== undefined && { labels }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
  };
  return { metadata: { name, uid, resourceVersion, ...rest } };
}

/** Whether the labels of a namespace are others now, or are known now: one without labels may be selected too. */
export function labelsChanged({ before, after }: Change<KubernetesObject>): boolean {
  if (before === undefined || after === undefined) return true;
  return !isDeepStrictEqual(before.metadata.labels, after.metadata.labels);
}

/** Whether groups may belong to another vCenter now, or be treated otherwise there. Not by a new status. */
export function rulesChanged({ before, after }: Change<VCenter>): boolean {
  if (before === undefined || after === undefined) return true;
  const rulesOf = ({ metadata, spec }: VCenter) => [metadata.deletionTimestamp, metadata.finalizers, spec];
  return !isDeepStrictEqual(rulesOf(before), rulesOf(after));
}
