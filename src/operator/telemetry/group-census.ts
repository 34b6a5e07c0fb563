import { Phase } from '../../api/conditions';
import type { VmGroup } from '../../api/vm-group';
import type { Fault } from '../../vmgroup/model/fault';

/** A group that this process reconciles, and the name of the vCenter that it belongs to. */
export interface LedGroup {
  readonly vcenter: string;
  readonly group: VmGroup;
}

/** Without a status, or with one that another version wrote. */
const OTHER = 'None';
export const PHASES = [...Object.values(Phase), OTHER] as const;
export const REPLICA_STATES = ['desired', 'current', 'updated', 'ready', 'available', 'stopped'] as const;
export const FAULT_CLASSES: readonly Fault['class'][] = ['Retryable', 'Capacity', 'NeedsUser'];

/** What the groups of one vCenter sum up to. Each map has all its words, also with 0. */
export interface Census {
  readonly groups: ReadonlyMap<string, number>;
  /**
   * Of the groups that shall run: by the spec (desired), and as in the status. Of those that shall be powered off: by the spec
   * (stopped), so that a machine that is not to be ready is not missed.
   */
  readonly replicas: ReadonlyMap<string, number>;
  /** Replicas with a fault. */
  readonly faults: ReadonlyMap<string, number>;
}

class Tally implements Census {
  readonly groups = zeros(PHASES);
  readonly replicas = zeros(REPLICA_STATES);
  readonly faults = zeros(FAULT_CLASSES);

  add({ spec, status }: VmGroup): void {
    add(this.groups, this.groups.has(status?.phase ?? OTHER) ? (status?.phase ?? OTHER) : OTHER, 1);
    if (spec.powerState === 'PoweredOff') add(this.replicas, 'stopped', spec.replicas);
    else {
      add(this.replicas, 'desired', spec.replicas);
      add(this.replicas, 'current', status?.currentReplicas);
      add(this.replicas, 'updated', status?.updatedReplicas);
      add(this.replicas, 'ready', status?.readyReplicas);
      add(this.replicas, 'available', status?.availableReplicas);
    }
    for (const { fault } of status?.replicas ?? []) if (fault !== undefined) add(this.faults, fault.class, 1);
  }
}

/** Counts the groups by their status, as people read it. `vcenters`: those that are told also without any group. */
export function censusOf(groups: Iterable<LedGroup>, vcenters: Iterable<string> = []): ReadonlyMap<string, Census> {
  const census = new Map<string, Tally>();
  const of = (vcenter: string) => {
    const known = census.get(vcenter) ?? new Tally();
    census.set(vcenter, known);
    return known;
  };
  for (const vcenter of vcenters) of(vcenter);
  for (const { vcenter, group } of groups) of(vcenter).add(group);
  return census;
}

function zeros(words: readonly string[]): Map<string, number> {
  return new Map(words.map((word) => [word, 0]));
}

/** A word that is not counted is left out: a stored status must not make series without limit (R14). */
function add(counts: Map<string, number>, word: string, count = 0): void {
  const known = counts.get(word);
  if (known !== undefined) counts.set(word, known + count);
}
