import { Gauge, type Registry } from 'prom-client';
import { type Census, censusOf, type LedGroup } from './group-census';

export interface ObservedGroups {
  /** How many VmGroups the process knows. */
  readonly known: () => number;
  /** Those that it reconciles. */
  readonly led: () => Iterable<LedGroup>;
  /** The vCenters whose groups it reconciles. */
  readonly ledVCenters: () => Iterable<string>;
  /** How long the group has waited so far that waits longest to be ready for its last spec. */
  readonly longestSpecMs: () => number;
}

/**
 * What the groups sum up to, read when Prometheus asks. Told by the process that reconciles them only, so that a sum over
 * processes counts each once.
 */
export function observeGroups(registry: Registry, groups: ObservedGroups): void {
  const registers = [registry];
  new Gauge({
    name: 'vm_operator_vmgroups',
    help: 'VmGroups that the operator knows',
    registers,
    collect() {
      this.set(groups.known());
    },
  });
  new Gauge({
    name: 'vm_operator_spec_unready_longest_seconds',
    help: 'How long the VmGroup has waited so far that waits longest to be Ready for its last spec, of those that are led and do not wait for a person alone; 0: none waits',
    registers,
    collect() {
      this.set(groups.longestSpecMs() / 1000);
    },
  });
  const told = ['phase', 'state', 'class'] as const;
  const gauge = (
    name: string,
    help: string,
    label: (typeof told)[number],
    countsOf: (census: Census) => ReadonlyMap<string, number>,
  ) =>
    new Gauge({
      ...{ name, help, registers },
      labelNames: ['vcenter', label],
      collect() {
        this.reset();
        for (const [vcenter, census] of censusOf(groups.led(), groups.ledVCenters()))
          for (const [word, count] of countsOf(census)) this.set({ vcenter, [label]: word }, count);
      },
    });
  gauge('vm_operator_vmgroup_phase', 'VmGroups by status.phase; None: without one', 'phase', (census) => census.groups);
  gauge(
    'vm_operator_replicas',
    'Replicas of the VmGroups that shall run by state (desired, current, updated, ready, available), and of those that shall be powered off (stopped)',
    'state',
    (census) => census.replicas,
  );
  gauge(
    'vm_operator_replica_faults',
    'Replicas that have a fault now, by class (Retryable, Capacity, NeedsUser)',
    'class',
    (census) => census.faults,
  );
}
