import { sleep, systemClock } from '../../src/time/clock';
import type { SeenMachine } from '../envtest/real-parts';
import type { Installation } from './installation';

const LOOK_EVERY_MS = 100;

/**
 * Reads all machines of vCenter every 100 ms, and notes what must never exist: two machines with the same name or the same
 * instanceUuid, or more machines of a group than it may have.
 */
export class DuplicateWatch {
  readonly seen: string[] = [];
  looks = 0;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  constructor(
    private readonly here: Pick<Installation, 'machines'>,
    private readonly most: number,
  ) {
    this.#done = this.#run();
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#look((await this.here.machines()).filter(({ group }) => group !== undefined));
      await sleep(systemClock, LOOK_EVERY_MS, this.#stop.signal).catch(() => undefined);
    }
  }

  #look(machines: readonly SeenMachine[]): void {
    this.looks += 1;
    for (const of of [({ name }: SeenMachine) => name, ({ instanceUuid = '' }: SeenMachine) => instanceUuid]) {
      for (const [value, same] of Map.groupBy(machines, of)) {
        if (same.length > 1) this.seen.push(`${value} ${same.length} times`);
      }
    }
    for (const [group, own] of Map.groupBy(machines, (machine) => machine.group)) {
      if (own.length > this.most) this.seen.push(`${group} has ${own.length} machines`);
    }
  }
}
