/** The smallest world for a plan over failure domains: machines that are made, go on, and are removed at once. */
import { revisionOf, slotKey } from '../../../src/api/identity';
import { FINALIZER, type VmGroup } from '../../../src/api/vm-group';
import type { Action } from '../../../src/vmgroup/model/action';
import type { Fault } from '../../../src/vmgroup/model/fault';
import type { Observation, Replica } from '../../../src/vmgroup/model/observation';
import type { DomainPlacement } from '../../../src/vmgroup/model/placement';
import { plan } from '../../../src/vmgroup/plan/plan';
import type { VirtualMachine } from '../../../src/vsphere/port';
import { aFault, anObservation, aReplica, asSeen } from './observation';

export interface WorldDomain {
  readonly name: string;
  /** The most machines that fit. */
  readonly most?: number;
  /** Its names are not found. */
  readonly isLost?: boolean;
}

/** A domain of a placement, with a pool of its own. */
export function aDomain(name: string, isLost = false): DomainPlacement {
  const problem = { reason: 'ClusterNotFound', field: 'f', message: `failure domain "${name}" is lost` } as const;
  return isLost
    ? { name, problems: [problem] }
    : { name, resourcePool: { type: 'ResourcePool', value: `pool-${name}` }, problems: [] };
}

/** A replica in a domain; undefined: in none. */
export function inDomain(
  group: VmGroup,
  ordinal: number,
  failureDomain: string | undefined,
  { revision, ...machine }: Partial<VirtualMachine> & { readonly revision?: string } = {},
): Replica {
  const slot = { ordinal, ...(revision !== undefined && { revision }) };
  return { ...aReplica(group, slot, machine), ...(failureDomain !== undefined && { failureDomain }) };
}

/** These replicas, in a group that has these domains. */
export function seenIn(
  domains: readonly DomainPlacement[],
  group: VmGroup,
  replicas: readonly Replica[],
  rest: Partial<Observation> = {},
): Observation {
  const { placement } = anObservation(group);
  return anObservation(group, { replicas, placement: { ...placement, domains }, ...rest });
}

export class SpreadWorld {
  replicas: readonly Replica[] = [];
  nowMs = 1_000_000;
  /** Clones that a domain refused for want of room. */
  refused = 0;
  readonly #full = new Map<string, Fault>();
  readonly #faults = new Map<string, Fault>();
  #born = 0;

  constructor(
    public group: VmGroup,
    public domains: readonly WorldDomain[],
  ) {}

  get observed(): Observation {
    const metadata = { ...this.group.metadata, finalizers: [FINALIZER] };
    const group = { ...this.group, metadata };
    const domains = this.domains.map(({ name, isLost }) => aDomain(name, isLost));
    const { resourcePool: _, ...placement } = anObservation(group).placement;
    const ofAll = domains.every(({ problems }) => problems.length > 0) ? domains.flatMap((one) => one.problems) : [];
    const seen = this.replicas.map(({ slot, machine, failureDomain }) => ({
      ...asSeen(group, slot, machine),
      ...(failureDomain !== undefined && { failureDomain }),
    }));
    return anObservation(group, {
      now: { wallMs: Date.UTC(2026, 0, 1) + this.nowMs, monotonicMs: this.nowMs },
      placement: { ...placement, problems: ofAll, domains },
      replicas: seen.sort((a, b) => a.slot.ordinal - b.slot.ordinal),
      faults: new Map(this.#faults),
      ...(this.#full.size > 0 && { fullDomains: new Map(this.#full) }),
    });
  }

  /** Machines in each domain of the group. */
  get counts(): ReadonlyMap<string, number> {
    const counts = new Map(this.domains.map(({ name }) => [name, 0]));
    for (const { failureDomain = '' } of this.replicas)
      if (counts.has(failureDomain)) counts.set(failureDomain, (counts.get(failureDomain) ?? 0) + 1);
    return counts;
  }

  get skew(): number {
    const all = [...this.counts.values()];
    return Math.max(...all) - Math.min(...all);
  }

  apply(action: Action): void {
    switch (action.kind) {
      case 'Clone':
        this.#clone(action);
        return;
      case 'PowerOn':
        this.#change(action.replica, 'poweredOn');
        return;
      case 'Shutdown':
      case 'PowerOff':
        this.#change(action.replica, 'poweredOff');
        return;
      case 'Destroy':
        this.replicas = this.replicas.filter(({ machine }) => machine.ref.value !== action.replica.machine.ref.value);
        return;
      default:
        throw new Error(`this world knows no ${action.kind}`);
    }
  }

  /** Plans and carries out, and waits where there is nothing to do yet. `each`: after every plan. */
  converge(each: (actions: readonly Action[], before: Observation) => void = () => undefined): void {
    for (let round = 0; round < 300; round += 1) {
      const { observed } = this;
      const { actions, requeueAtMs } = plan(observed);
      each(actions, observed);
      for (const action of actions) this.apply(action);
      if (actions.length > 0) continue;
      // Retries get slower: after some rounds nothing new comes of them.
      if (requeueAtMs === undefined || round > 100) return;
      this.nowMs = requeueAtMs;
    }
    throw new Error('no end in sight');
  }

  #clone({ slot, failureDomain }: Extract<Action, { kind: 'Clone' }>): void {
    const domain = this.domains.find(({ name }) => name === failureDomain);
    if (domain === undefined || domain.isLost) throw new Error(`no clone can go to ${failureDomain}`);
    if ((this.counts.get(domain.name) ?? 0) >= (domain.most ?? Number.POSITIVE_INFINITY)) {
      this.refused += 1;
      const retryAt = { wallMs: 0, monotonicMs: this.nowMs + 60_000 };
      const fault = aFault(this.group, { class: 'Capacity', retryAt, failedAtMs: this.nowMs });
      this.#full.set(domain.name, fault);
      this.#faults.set(slotKey(slot), { ...fault, failureDomain: domain.name });
      return;
    }
    this.#full.delete(domain.name);
    this.#faults.delete(slotKey(slot));
    this.#born += 1;
    const ref = { type: 'VirtualMachine', value: `vm-${this.#born}` };
    const made = aReplica(this.group, slot, { ref, powerState: 'poweredOff' });
    this.replicas = [...this.replicas, { ...made, failureDomain: domain.name }];
  }

  #change(replica: Replica, powerState: 'poweredOn' | 'poweredOff'): void {
    this.replicas = this.replicas.map((candidate) =>
      candidate.machine.ref.value === replica.machine.ref.value
        ? { ...candidate, machine: { ...candidate.machine, powerState } }
        : candidate,
    );
  }

  /** Whether each machine is of the current revision and in a domain that the group has. */
  get isUpdated(): boolean {
    const revision = revisionOf(this.group.spec);
    const names = this.domains.map(({ name }) => name);
    return this.replicas.every(
      ({ slot, failureDomain }) =>
        slot.revision === revision && failureDomain !== undefined && names.includes(failureDomain),
    );
  }
}
