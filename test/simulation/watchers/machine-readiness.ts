import type { VmGroupSpec } from '../../../src/api/vm-group';
import type { Clock } from '../../../src/time/clock';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { ModelMachine } from '../../fakes/vcenter';

type Level = NonNullable<VmGroupSpec['readiness']>['type'];

interface Since {
  /** When it became so; undefined if it never was. */
  readonly sinceMs: number;
  /** Until when it was so; infinite while it is. */
  untilMs: number;
}

/** Since when machines have been ready, at each level of readiness. */
export class MachineReadiness {
  readonly #known = new Map<string, Map<Level, Since>>();
  #jumped = false;
  readonly #offsetMs: number;

  constructor(private readonly clock: Clock) {
    this.#offsetMs = clock.wallMs() - clock.monotonicMs();
  }

  /** To be called at each change of a machine. */
  look(machine: ModelMachine): void {
    const nowMs = this.clock.monotonicMs();
    const levels = this.#known.get(refKey(machine.ref)) ?? new Map<Level, Since>();
    this.#known.set(refKey(machine.ref), levels);
    for (const level of ['PoweredOn', 'ToolsRunning', 'IPAddress'] as const) {
      const known = levels.get(level);
      const isSo = hasReached(machine, level);
      if (isSo && known?.untilMs !== Number.POSITIVE_INFINITY)
        levels.set(level, { sinceMs: nowMs, untilMs: Number.POSITIVE_INFINITY });
      else if (!isSo && known?.untilMs === Number.POSITIVE_INFINITY) known.untilMs = nowMs;
    }
  }

  forget(ref: ManagedObjectReference): void {
    this.#known.delete(refKey(ref));
  }

  /** Whether the machine has served for so long, and still does. */
  servedFor(machine: ModelMachine, spec: VmGroupSpec, ms: number): boolean {
    const since = this.#of(machine, spec);
    if (since?.untilMs !== Number.POSITIVE_INFINITY) return false;
    return this.clock.monotonicMs() - since.sinceMs >= this.#minReadyMs(spec) + ms;
  }

  /** Whether the machine serves, or did so within this time. */
  servedWithin(machine: ModelMachine, spec: VmGroupSpec, ms: number): boolean {
    const since = this.#of(machine, spec);
    if (since === undefined || this.clock.monotonicMs() - since.untilMs > ms) return false;
    return Math.min(since.untilMs, this.clock.monotonicMs()) - since.sinceMs >= this.#minReadyMs(spec);
  }

  #of({ ref }: ModelMachine, { readiness }: VmGroupSpec): Since | undefined {
    return this.#known.get(refKey(ref))?.get(readiness?.type ?? 'PoweredOn');
  }

  /** A process that has started since reads from the status for how long a machine is ready, by the wall clock. */
  #minReadyMs({ minReadySeconds }: VmGroupSpec): number {
    this.#jumped ||= Math.abs(this.clock.wallMs() - this.clock.monotonicMs() - this.#offsetMs) > 1_000;
    return this.#jumped ? 0 : minReadySeconds * 1_000;
  }
}

export function hasReached({ powerState, connectionState, guest }: ModelMachine, level: Level): boolean {
  if (powerState !== 'poweredOn' || connectionState !== 'connected') return false;
  if (level === 'PoweredOn') return true;
  return guest.toolsRunning && (level === 'ToolsRunning' || guest.ipAddresses.length > 0);
}
