import { leaseNameOf } from '../../../src/operator/manager/leadership';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import type { VCenterName, VCenterRules } from '../vcenter-administrator';
import type { TenantRulesHistory } from './tenant-rules-history';
import type { Watched, Watcher } from './watcher';

/** A wait whose answer is lost is missed only after this time. */
const LOST_WAIT_MS = 70_000;

/**
 * R15: no clone is sent from a template, into a folder or pool, or onto a datastore that is not allowed. For a moment the
 * operator may not know that somebody has moved or renamed one of them.
 */
export class AllowListWatcher implements Watcher {
  /** Name and parent of each object, to tell a move from other changes. */
  readonly #places = new Map<string, string>();
  #movedMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly watched: Watched & { readonly name: VCenterName },
    private readonly rules: TenantRulesHistory,
  ) {
    const { machines, entities } = watched.vcenter.truth;
    for (const { ref } of [...machines.values(), ...entities.values()]) this.#noteMove(ref);
  }

  truthChanged(ref: ManagedObjectReference): void {
    if (this.#noteMove(ref)) this.#movedMs = this.watched.clock.monotonicMs();
  }

  /** Whether the object has another name or parent than before. */
  #noteMove(ref: ManagedObjectReference): boolean {
    const { truth } = this.watched.vcenter;
    const machine = truth.machines.get(refKey(ref));
    const object = machine?.isTemplate === true ? machine : truth.entities.get(refKey(ref));
    if (object === undefined) return false;
    const place = `${refKey(object.parent)} ${object.name}`;
    const before = this.#places.get(refKey(ref));
    this.#places.set(refKey(ref), place);
    return before !== undefined && before !== place;
  }

  callArrives(process: OperatorProcess, call: SeenCall, lease: string): void {
    if (call.method !== 'CloneVM_Task' || lease !== leaseNameOf(this.watched.name)) return;
    const { clock, slackMs } = this.watched;
    if (clock.monotonicMs() - this.#movedMs < slackMs + LOST_WAIT_MS) return;
    const known = this.rules.knownTo(process, this.watched.name);
    const whys = known?.map(({ allowed }) => this.#refused(call, allowed));
    if (whys?.every((why) => why !== undefined) !== true) return;
    this.watched.violated(
      `R15: ${process.name} sends a clone (${call.operationId}) that is not allowed: ${whys.at(-1)}`,
    );
  }

  #refused({ self, parameters }: SeenCall, allowed: VCenterRules['allowed'] = {}): string | undefined {
    const { truth } = this.watched.vcenter;
    const { folder, spec } = parameters as ParametersOf<'CloneVM_Task'>;
    const template = truth.machines.get(refKey(self));
    const datastores = spec.location.datastore === undefined ? template?.datastores : [spec.location.datastore];
    const holder = truth.entities.get(refKey(folder))?.parent;
    return (
      this.#outside('templates', [self], allowed.templates) ??
      this.#outside('resourcePools', spec.location.pool && [spec.location.pool], allowed.resourcePools) ??
      this.#outside('folders', holder && [holder], allowed.folders) ??
      this.#outside('datastores', datastores, allowed.datastores)
    );
  }

  /** An object that is gone by now has no path, and the clone fails. */
  #outside(kind: string, refs: readonly ManagedObjectReference[] = [], patterns?: readonly string[]) {
    if (patterns === undefined) return undefined;
    const paths = refs.map((ref) => this.#pathOf(ref)).filter((path) => path !== undefined);
    const outside = paths.find((path) => !patterns.some((pattern) => fits(path, pattern)));
    return outside && `${outside} is none of allowed.${kind}, which are ${JSON.stringify(patterns)}`;
  }

  #pathOf(ref: ManagedObjectReference): string | undefined {
    const { truth } = this.watched.vcenter;
    const object = truth.machines.get(refKey(ref)) ?? truth.entities.get(refKey(ref));
    if (object === undefined) return undefined;
    const above = truth.entities.has(refKey(object.parent)) ? this.#pathOf(object.parent) : '';
    return `${above}/${object.name}`;
  }
}

/** For the patterns that are drawn: `*` within a name, `**` at the end. */
function fits(path: string, pattern: string): boolean {
  const source = pattern.replaceAll('**', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '.+');
  return new RegExp(`^${source}$`).test(path);
}
