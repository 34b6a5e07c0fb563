import type { Clock } from '../../../src/time/clock';
import type { ApiServer, OperatorProcess, VCenterWindow, Vcsim } from '../../envtest/real-parts';
import type { InstallFacts } from './install-manifests';
import type { Kubectl } from './kubectl';
import type { Synthesized } from './product';

/** All that runs once the stage is set. */
export interface World {
  readonly clock: Clock;
  readonly server: ApiServer;
  readonly vcsim: Vcsim;
  readonly vcenter: VCenterWindow;
  readonly manifests: Synthesized;
  readonly facts: InstallFacts;
  readonly kubectl: Kubectl;
  readonly operator: OperatorProcess;
}

/** Things that were started, in order; the last goes first. */
export class Teardown {
  private readonly stops: (() => Promise<unknown>)[] = [];

  add(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  /** Stops everything, even when one of them fails to. Resolves with the failures. */
  async run(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (let stop = this.stops.pop(); stop !== undefined; stop = this.stops.pop()) {
      await stop().catch((error: unknown) => failures.push(error));
    }
    return failures;
  }
}
