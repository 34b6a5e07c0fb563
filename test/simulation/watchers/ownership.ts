import { Annotation, groupKey } from '../../../src/api/vm-group';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import { MODEL_ACCOUNT, type ModelMachine, type SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import { BY_HAND } from '../spec';
import { GROUP_AGE_MS, isMutation, ownerOf, type Watched, type Watcher } from './watcher';

/** The answer to a wait that hangs is missed only after this time, and until then the marks are those of before. */
const LOST_WAIT_MS = 70_000;

/**
 * R1: a machine without the marks of this cluster and one of its groups is not changed, and is not destroyed with a folder,
 * unless a person has set Adopt on a group, or a group asks for the machines in the folder of those made by hand. R15: for a
 * machine of another cluster that is not enough. An exception is a machine that lost its marks, or came into a folder,
 * between the last read and the call. For a destroy the last read is a live one. For a change of the configuration there is no
 * such window: the call names the version that was read, and vCenter refuses any other.
 */
export class OwnershipWatcher implements Watcher {
  /** Machines that have our marks, or had them until `lostMs`. */
  readonly #ours = new Map<string, { lostMs: number | undefined }>();
  /** The UID of the group whose marks each machine was seen with last. */
  readonly #groupOf = new Map<string, string>();
  readonly #foreign = new Map<string, { readonly sinceMs: number }>();
  /** Until when each group, by namespace/name, was set to Adopt; infinite while it still is. */
  readonly #adoptingUntilMs = new Map<string, number>();

  constructor(private readonly watched: Watched) {
    for (const machine of watched.vcenter.machines) this.#learn(machine);
  }

  truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    const { clock, vcenter } = this.watched;
    const machine = vcenter.truth.machines.get(refKey(ref));
    if (machine !== undefined) this.#learn(machine);
    const foreign = this.#foreign.get(refKey(ref));
    if (change !== 'Gone' || foreign === undefined) return;
    this.#foreign.delete(refKey(ref));
    if (clock.monotonicMs() - foreign.sinceMs > this.watched.flightMs)
      this.watched.violated(`R1: the foreign ${ref.type} ${ref.value} was removed`);
  }

  groupsChanged(): void {
    const adopting = this.watched.users.list().flatMap((group) => {
      const { annotations, namespace, name } = group.metadata;
      // The folder of the original operator counts for its machines, which have no marks.
      return [
        ...(group.spec.adopt === undefined ? [] : [BY_HAND]),
        ...(annotations?.[Annotation.Adopt] === 'Adopt' ? [groupKey(group)] : []),
        ...(annotations?.[Annotation.Legacy] === 'Adopt' ? [`${namespace}-${name}`] : []),
      ];
    });
    const nowMs = this.watched.clock.monotonicMs();
    for (const [key, untilMs] of this.#adoptingUntilMs) this.#adoptingUntilMs.set(key, Math.min(untilMs, nowMs));
    for (const key of adopting) this.#adoptingUntilMs.set(key, Number.POSITIVE_INFINITY);
  }

  /** Something that is not ours, and must stay. */
  guard(ref: ManagedObjectReference): void {
    this.#foreign.set(refKey(ref), { sinceMs: this.watched.clock.monotonicMs() });
  }

  /** The owner of a machine is about to remove it: that is no violation. */
  forget(ref: ManagedObjectReference): void {
    this.#foreign.delete(refKey(ref));
  }

  callArrives(_process: OperatorProcess, call: SeenCall): void {
    const { method, self, operationId } = call;
    if (self.type !== 'VirtualMachine' || !isMutation(call) || method === 'CloneVM_Task') return;
    const { clock, vcenter, slackMs, flightMs } = this.watched;
    const machine = vcenter.truth.machines.get(refKey(self));
    if (machine === undefined) return;
    const ours = this.#ours.get(refKey(self));
    const cluster = ownerOf(machine)?.cluster;
    const isAdoption = method === 'ReconfigVM_Task' && ours === undefined;
    if (isAdoption && cluster !== undefined && cluster !== this.watched.clusterId) {
      this.watched.violated(`R15: ${method} on ${self.value}, which is of another cluster (${operationId})`);
      return;
    }
    if (method === 'ReconfigVM_Task' && this.#mayBeAdopted(machine)) return;
    if (method === 'ReconfigVM_Task' && isOfAnotherVersion(machine, call)) return;
    const windowMs = method === 'ReconfigVM_Task' ? 0 : method === 'Destroy_Task' ? flightMs : slackMs + LOST_WAIT_MS;
    if (ours !== undefined && (ours.lostMs === undefined || clock.monotonicMs() - ours.lostMs <= windowMs)) return;
    const why = ours === undefined ? 'never had our marks' : 'has lost our marks';
    this.watched.violated(`R1: ${method} on ${self.value}, which ${why} (${operationId})`);
  }

  /** R1: no group takes a machine over from another one that lives. Marks that a person has changed are nobody's write. */
  #checkTaken(machine: ModelMachine): void {
    const { users, clusterId } = this.watched;
    const owner = ownerOf(machine);
    const key = refKey(machine.ref);
    const before = this.#groupOf.get(key);
    if (owner?.cluster !== clusterId) return;
    this.#groupOf.set(key, owner.groupUid);
    if (before === undefined || before === owner.groupUid) return;
    const living = users.list().find(({ metadata }) => metadata.uid === before);
    if (living !== undefined)
      this.watched.violated(
        `R1: ${machine.name} was taken over by ${owner.group} from ${groupKey(living)}, which lives`,
      );
  }

  #mayBeAdopted(machine: ModelMachine): boolean {
    const { clock, vcenter } = this.watched;
    const folder = vcenter.truth.entities.get(refKey(machine.parent))?.name;
    const keys = [ownerOf(machine)?.group ?? '', folder ?? ''];
    return keys.some((key) => clock.monotonicMs() - (this.#adoptingUntilMs.get(key) ?? -Infinity) <= GROUP_AGE_MS);
  }

  #learn(machine: ModelMachine): void {
    const { clock, clusterId } = this.watched;
    const key = refKey(machine.ref);
    const isOurs = ownerOf(machine)?.cluster === clusterId;
    const known = this.#ours.get(key);
    if (isOurs) this.#ours.set(key, { lostMs: undefined });
    else if (known !== undefined) known.lostMs ??= clock.monotonicMs();
    this.#checkTaken(machine);
    // A machine that was adopted is ours from then on.
    if (isOurs) this.#foreign.delete(key);
    // Also one that a person keeps without our marks.
    const isOthers = machine.madeBy !== MODEL_ACCOUNT.userName || known !== undefined;
    const { otherClusterId } = this.watched;
    const hasOperator = otherClusterId !== undefined && ownerOf(machine)?.cluster === otherClusterId;
    if (hasOperator) this.#foreign.delete(key);
    const isForeign = !isOurs && !hasOperator && isOthers && machine.busy === undefined;
    if (isForeign && !this.#foreign.has(key)) this.#foreign.set(key, { sinceMs: clock.monotonicMs() });
  }
}

/** Such a change is refused. */
function isOfAnotherVersion({ changes }: ModelMachine, { parameters }: SeenCall): boolean {
  const { spec } = parameters as ParametersOf<'ReconfigVM_Task'>;
  return spec.changeVersion !== undefined && spec.changeVersion !== String(changes);
}
