import type { Clock } from '../../../src/time/clock';
import type { ApiServer, OperatorProcess, VCenterWindow, Vcsim } from '../../envtest/real-parts';
import type { InstallFacts } from './install-manifests';
import type { Kubectl } from './kubectl';
import type { Synthesized } from './product';

/** Everything that runs after the preparation. */
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

/** What was started. It is stopped in reverse order. */
export class Teardown {
  private readonly stops: (() => Promise<unknown>)[] = [];

  add(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  /** Stops everything, even if one stop fails. Resolves with the failures. */
  async run(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (let stop = this.stops.pop(); stop !== undefined; stop = this.stops.pop()) {
      await stop().catch((error: unknown) => failures.push(error));
    }
    return failures;
  }
}
