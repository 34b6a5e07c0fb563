import { isCurrent } from '../../api/slot-revision';
import { type AdapterAddress, adapterAddresses, hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type { Replica } from './observation';

/**
 * Which static addresses the machines of one group were given, as far as this process knows: by the spec while they were
 * current, or by a live read. It decides only what is tried first. That no address is given twice, a live read makes sure.
 */
export class HeldAddresses {
  readonly #byMachine = new Map<string, readonly AdapterAddress[]>();

  get byMachine(): ReadonlyMap<string, readonly AdapterAddress[]> {
    return this.#byMachine;
  }

  /** Takes over what the spec gives to those that are current, and forgets machines that are gone. */
  remember({ spec }: VmGroup, replicas: readonly Replica[]): void {
    const there = new Set(replicas.map(({ machine }) => machine.ref.value));
    for (const machine of this.#byMachine.keys()) if (!there.has(machine)) this.#byMachine.delete(machine);
    if (!hasStaticAddresses(spec)) return;
    for (const { slot, machine } of replicas)
      if (isCurrent(slot, spec)) this.#byMachine.set(machine.ref.value, adapterAddresses(spec, slot.ordinal));
  }

  /** A live read has told it. */
  learned(machine: string, adapters: readonly AdapterAddress[]): void {
    this.#byMachine.set(machine, adapters);
  }
}
