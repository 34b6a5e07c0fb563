import type { VmGroupSpec } from '../../imports/vmgroup';

/** How long a guest may take to shut down unless spec.powerOff.timeoutSeconds says otherwise. */
const POWER_OFF_TIMEOUT_SECONDS = 300;

/** When a replica counts as ready; each includes the earlier. */
export type Readiness = 'PoweredOn' | 'ToolsRunning' | 'IPAddress';

/** One of the adapters of a replica: `index` counts the entries of spec.networks, of which there are `count`. */
export interface WantedAdapter {
  readonly index: number;
  readonly count: number;
}

/** Which of several equally healthy replicas is removed first when there are too many. */
export type RemovalOrder = 'Newest' | 'Oldest' | 'HighestOrdinal';

/** A value that a guest has to set: guestinfo.KEY. */
export interface GuestInfoValue {
  /** Without `guestinfo.`. */
  readonly key: string;
  readonly value: string;
}

/** How changes of a group are carried out: the optional fields of its spec with their defaults, as numbers to plan by. */
export interface GroupPolicy {
  readonly readiness: Readiness;
  /** With the readiness IPAddress: the adapter whose addresses count. Undefined: every adapter. */
  readonly readinessAdapter?: WantedAdapter;
  /** What guests have to set, in addition. Absent: nothing. */
  readonly guestInfo?: readonly GuestInfoValue[];
  readonly minReadyMs: number;
  readonly progressDeadlineMs: number;
  readonly update: 'RollingUpdate' | 'OnDelete';
  /** Replicas beyond spec.replicas while outdated ones are replaced. */
  readonly maxSurge: number;
  /** Replicas that may be unavailable at once. 0 only together with a maxSurge above 0. */
  readonly maxUnavailable: number;
  readonly resize: 'HotAddOnly' | 'PowerCycle' | 'Replace';
  readonly removalOrder: RemovalOrder;
  readonly powerOff: { readonly mode: 'Hard' | 'Soft' | 'TrySoft'; readonly timeoutMs: number };
  readonly spread: Spread;
}

/** How evenly replicas are spread over failure domains. */
export interface Spread {
  /** Largest difference of the numbers of replicas in two domains, which matters where `waits`. */
  readonly maxSkew: number;
  /** A replica that would exceed it waits (DoNotSchedule); else it goes to another domain. */
  readonly waits: boolean;
}

/** The policy of a spec. A percentage is of spec.replicas: maxSurge is rounded up, maxUnavailable down. */
export function policyOf(spec: VmGroupSpec): GroupPolicy {
  const { readiness, updateStrategy, scaleDown, powerOff, replicas, placement } = spec;
  const { maxSkew = 1, whenUnsatisfiable } = placement?.spread ?? {};
  const { maxSurge: surge = 0, maxUnavailable: unavailable = 1 } = updateStrategy?.rollingUpdate ?? {};
  const maxSurge = share(surge, replicas, Math.ceil);
  const maxUnavailable = share(unavailable, replicas, Math.floor);
  return {
    readiness: readiness?.type ?? 'PoweredOn',
    ...readinessAdapterOf(spec),
    ...(readiness?.guestInfo?.length && { guestInfo: readiness.guestInfo }),
    minReadyMs: spec.minReadySeconds * 1000,
    progressDeadlineMs: spec.progressDeadlineSeconds * 1000,
    update: updateStrategy?.type ?? 'RollingUpdate',
    maxSurge,
    // If both were 0, nothing could ever be replaced. As in a Deployment, one replica may be unavailable then.
    maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable,
    resize: updateStrategy?.resizePolicy ?? 'PowerCycle',
    removalOrder: scaleDown?.order ?? 'Newest',
    powerOff: {
      mode: powerOff?.mode ?? 'TrySoft',
      timeoutMs: (powerOff?.timeoutSeconds ?? POWER_OFF_TIMEOUT_SECONDS) * 1000,
    },
    spread: { maxSkew, waits: whenUnsatisfiable === 'DoNotSchedule' },
  };
}

/** A stored spec may name a network that it does not have: then no address counts. */
function readinessAdapterOf({ readiness, networks = [] }: VmGroupSpec): Pick<GroupPolicy, 'readinessAdapter'> {
  const wanted = readiness?.network;
  if (wanted === undefined) return {};
  return { readinessAdapter: { index: networks.findIndex(({ name }) => name === wanted), count: networks.length } };
}

function share(value: number | string, of: number, round: (share: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * of) / 100);
}
