import { ConditionReason } from '../../api/reasons';
import {
  type Amount,
  amountOf,
  amountOfSize,
  type Excess,
  excessOf,
  inUnit,
  minus,
  NOTHING_USED,
  plus,
  type Usage,
} from '../model/limits';
import { sizeOf } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import type { LimitedStep, LimitReason, Shortage } from '../model/room';

interface Refused {
  readonly step: LimitedStep;
  readonly reason: LimitReason;
  readonly excess: Excess;
  readonly need: Amount;
  readonly freed: Amount;
}

/**
 * The room that limits leave to a plan, which takes it step by step (R15). Once a step does not fit, no later one takes of what
 * it lacks: replicas get room in the order of their numbers.
 */
export class RoomLeft {
  readonly #observed: Observation;
  #used: Usage | undefined;
  readonly #refused: Refused[] = [];

  constructor(observed: Observation) {
    this.#observed = observed;
    this.#used = observed.room?.used;
  }

  /** Takes the room of a step if it fits. `freed`: what goes before it comes. */
  take(step: LimitedStep, need: Amount, freed: Amount = NOTHING_USED): boolean {
    const { room, group } = this.#observed;
    if (room === undefined || this.#used === undefined) return true;
    if (room.isUncertain) return false;
    const { perVM, perNamespace, total } = room.limits;
    const refuse = (reason: LimitReason, excess: Excess) => {
      this.#refused.push({ step, reason, excess, need, freed });
      return false;
    };
    // A machine that exists may have any size.
    const large = step === 'Adopt' ? undefined : excessOf(perVM, NOTHING_USED, amountOfSize(sizeOf(group)));
    if (large !== undefined) return refuse(ConditionReason.PerVMLimit, large);
    const without = { namespace: minus(this.#used.namespace, freed), total: minus(this.#used.total, freed) };
    const own = excessOf(perNamespace, without.namespace, need);
    if (own !== undefined) return refuse(ConditionReason.NamespaceQuota, own);
    const all = excessOf(total, without.total, need);
    if (all !== undefined) return refuse(ConditionReason.TotalQuota, all);
    const before = this.#refused.find(({ excess }) => inUnit(minus(need, freed), excess.field) > 0);
    if (before !== undefined) return refuse(before.reason, before.excess);
    // What goes is there until then: nothing else counts on its room.
    const more = positive(minus(need, freed));
    this.#used = { namespace: plus(this.#used.namespace, more), total: plus(this.#used.total, more) };
    return true;
  }

  /** What did not fit. `staying`: the group's machines that do not go by themselves. */
  shortage(staying: readonly Replica[]): Shortage | undefined {
    const [first] = this.#refused;
    if (first === undefined) return undefined;
    const { step, reason, excess, need, freed } = first;
    const alike = this.#refused.filter((refused) => refused.step === step && refused.reason === reason);
    const asked = alike.reduce((sum, refused) => sum + inUnit(refused.need, excess.field), 0);
    const own = staying.map(({ machine }) => amountOf(machine)).reduce(plus, NOTHING_USED);
    const alone = inUnit(plus(minus(own, freed), need), excess.field) > excess.limit;
    const isLarge = reason === ConditionReason.PerVMLimit;
    const used = excess.used + inUnit(freed, excess.field);
    return {
      ...{ step, reason, asked, excess: { ...excess, used } },
      replicas: alike.length,
      // What a replica has that is replaced is there for its successor.
      ...(!isLarge && { waitsFor: positive(minus(need, freed)) }),
      needsPerson: isLarge || alone,
    };
  }
}

function positive({ vms, cpu, memoryMiB }: Amount): Amount {
  return { vms: Math.max(0, vms), cpu: Math.max(0, cpu), memoryMiB: Math.max(0, memoryMiB) };
}
