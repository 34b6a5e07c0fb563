import type { VCenterSpecLimitsTotal } from '../../../src/api/vcenter';
import { leaseNameOf } from '../../../src/operator/manager/leadership';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { ModelMachine, SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import type { VCenterName, VCenterRules } from '../vcenter-administrator';
import type { TenantRulesHistory } from './tenant-rules-history';
import { ownerOf, type Watched, type Watcher } from './watcher';

/** A wait whose answer is lost is missed only after this time. */
const LOST_WAIT_MS = 70_000;

interface Amount {
  readonly vms: number;
  readonly cpu: number;
  readonly memoryGiB: number;
}

interface Size {
  readonly amount: Amount;
  /** Until when the machine had it; infinite while it has. */
  untilMs: number;
}

/**
 * R15: nothing is sent that makes our machines and running clones on a vCenter exceed its limits. What people add or resize
 * does not count for as long as the operator may not know of it. Lower limits shrink nothing.
 */
export class LimitWatcher implements Watcher {
  readonly #sizes = new Map<string, Size[]>();

  constructor(
    private readonly watched: Watched & { readonly name: VCenterName },
    private readonly rules: TenantRulesHistory,
  ) {}

  truthChanged(ref: ManagedObjectReference): void {
    const machine = this.watched.vcenter.truth.machines.get(refKey(ref));
    if (machine === undefined || ownerOf(machine) === undefined) return;
    const amount = amountOf(machine);
    const sizes = this.#sizes.get(refKey(ref)) ?? [];
    this.#sizes.set(refKey(ref), sizes);
    const last = sizes.at(-1);
    if (last?.amount.cpu === amount.cpu && last.amount.memoryGiB === amount.memoryGiB) return;
    if (last !== undefined) last.untilMs = this.watched.clock.monotonicMs();
    sizes.push({ amount, untilMs: Number.POSITIVE_INFINITY });
  }

  callArrives(process: OperatorProcess, call: SeenCall, lease: string): void {
    // Through the environment there are no limits.
    if (lease !== leaseNameOf(this.watched.name)) return;
    const asked = this.#asked(call);
    if (asked === undefined) return;
    const known = this.rules.knownTo(process, this.watched.name);
    if (known === undefined) return;
    const whys = known.map(({ limits }) => this.#excess(limits, asked));
    if (!whys.every((why) => why !== undefined)) return;
    this.watched.violated(`R15: ${process.name} sends ${call.method} (${call.operationId}): ${whys.at(-1)}`);
  }

  /** Undefined: it needs no room. */
  #asked({ method, self, parameters }: SeenCall): Asked | undefined {
    const { vcenter } = this.watched;
    if (method === 'CloneVM_Task') {
      const { config } = (parameters as ParametersOf<'CloneVM_Task'>).spec;
      const group = config?.extraConfig?.find(({ key }) => key === 'codeconnect.group')?.value;
      const target = { vms: 1, cpu: config?.numCPUs ?? 0, memoryGiB: Number(config?.memoryMB ?? 0) / 1024 };
      return { namespace: namespaceOf(String(group)), target, need: target };
    }
    const machine = method === 'ReconfigVM_Task' ? vcenter.truth.machines.get(refKey(self)) : undefined;
    const owner = machine && ownerOf(machine);
    if (machine === undefined || owner === undefined) return undefined;
    const { spec } = parameters as ParametersOf<'ReconfigVM_Task'>;
    const now = amountOf(machine);
    const cpu = spec.numCPUs ?? now.cpu;
    const memoryGiB = spec.memoryMB === undefined ? now.memoryGiB : Number(spec.memoryMB) / 1024;
    // It may have been made smaller by hand, which the operator does not know yet.
    const [least] = this.#sizesOf(machine).sort((a, b) => b.cpu + b.memoryGiB - a.cpu - a.memoryGiB);
    const known = least ?? now;
    const need = {
      vms: 0,
      cpu: Math.max(0, cpu - Math.max(now.cpu, known.cpu)),
      memoryGiB: Math.max(0, memoryGiB - Math.max(now.memoryGiB, known.memoryGiB)),
    };
    if (need.cpu === 0 && need.memoryGiB === 0) return undefined;
    return { namespace: namespaceOf(owner.group), target: { vms: 1, cpu, memoryGiB }, need };
  }

  #excess(limits: VCenterRules['limits'], { namespace, target, need }: Asked): string | undefined {
    const { perVM, perNamespace, total } = limits ?? {};
    const own = perNamespace && this.#used(namespace);
    const all = total && this.#used(undefined);
    return (
      excessOf('perVM', perVM, NOTHING, target) ??
      (own && excessOf(`perNamespace (${namespace})`, perNamespace, own, need)) ??
      (all && excessOf('total', total, all, need))
    );
  }

  /** In a namespace, or in all. */
  #used(namespace: string | undefined): Amount {
    const { vcenter, clusterId } = this.watched;
    const machines = new Map<string, ModelMachine>();
    for (const machine of vcenter.truth.machines.values()) machines.set(refKey(machine.ref), machine);
    for (const { state, making } of vcenter.tasks.all())
      if (making !== undefined && state === 'running') machines.set(refKey(making.ref), making);
    let sum = NOTHING;
    for (const machine of machines.values()) {
      const owner = ownerOf(machine);
      if (owner?.cluster !== clusterId || (namespace !== undefined && namespaceOf(owner.group) !== namespace)) continue;
      if (!this.#mustBeKnown(machine, owner.groupUid)) continue;
      const sizes = this.#sizesOf(machine);
      const least = (field: keyof Amount) => Math.min(...sizes.map((size) => size[field]));
      sum = { vms: sum.vms + 1, cpu: sum.cpu + least('cpu'), memoryGiB: sum.memoryGiB + least('memoryGiB') };
    }
    return sum;
  }

  /** What somebody has registered again may be news. Of what cannot be seen only its group knows. */
  #mustBeKnown({ ref, connectionState }: ModelMachine, groupUid: string): boolean {
    const { vcenter, users } = this.watched;
    if (vcenter.hand.registered.has(ref.value)) return false;
    const isSeen = connectionState === 'connected' && !vcenter.permissions.hides(ref);
    return isSeen || users.list().some(({ metadata }) => metadata.uid === groupUid);
  }

  /** That it has, and had recently. */
  #sizesOf(machine: ModelMachine): Amount[] {
    const sinceMs = this.watched.clock.monotonicMs() - this.watched.slackMs - LOST_WAIT_MS;
    const sizes = this.#sizes.get(refKey(machine.ref)) ?? [];
    const recent = sizes.filter(({ untilMs }) => untilMs >= sinceMs).map(({ amount }) => amount);
    return recent.length > 0 ? recent : [amountOf(machine)];
  }
}

interface Asked {
  readonly namespace: string;
  /** What the machine will have. */
  readonly target: Amount;
  /** What that adds. */
  readonly need: Amount;
}

const NOTHING: Amount = { vms: 0, cpu: 0, memoryGiB: 0 };

function excessOf(
  what: string,
  most: VCenterSpecLimitsTotal | undefined,
  used: Amount,
  need: Amount,
): string | undefined {
  for (const field of ['vms', 'cpu', 'memoryGiB'] as const) {
    const limit = most?.[field];
    if (limit !== undefined && need[field] > 0 && used[field] + need[field] > limit)
      return `limits.${what}.${field} is ${limit}, ${used[field]} is used and ${need[field]} is asked for`;
  }
  return undefined;
}

function amountOf({ numCpu, memoryMiB }: ModelMachine): Amount {
  return { vms: 1, cpu: numCpu, memoryGiB: memoryMiB / 1024 };
}

function namespaceOf(group: string): string {
  return group.split('/')[0] ?? '';
}
