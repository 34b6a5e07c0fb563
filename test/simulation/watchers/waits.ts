import type { SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import type { WatchedWorld, Watcher } from './watcher';

/** R3: a reconcile waits for the API server only, and a clone never powers on its machine. */
export class WaitWatcher implements Watcher {
  constructor(private readonly watched: WatchedWorld) {}

  callLeaves(_process: OperatorProcess, { method, parameters }: SeenCall): void {
    if (method !== 'CloneVM_Task') return;
    if ((parameters as { spec?: { powerOn?: boolean } }).spec?.powerOn !== false)
      this.watched.violated('R3: a clone with powerOn');
  }

  stepped(): void {
    for (const process of this.watched.processes) {
      if (process.clock.isDead || process.reconciling <= process.api.awaited) continue;
      this.watched.violated(
        `R3: ${process.reconciling} reconciles of ${process.name} wait, and only ${process.api.awaited} requests to the API server`,
      );
    }
  }
}
