import { LEASE_NAME } from '../../../src/operator/manager/leadership';
import type { SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import { isMutation, type WatchedWorld, type Watcher } from './watcher';

/** The longest lease that is drawn. A restored Lease names a former holder until the next one writes it. */
const LEASE_MS = 60_000;

/** R6: of several processes only the holder of the Lease changes vCenter. */
export class FencingWatcher implements Watcher {
  constructor(private readonly watched: WatchedWorld) {}

  callLeaves(process: OperatorProcess, call: SeenCall, lease: string): void {
    this.#check(process, call, lease, 'sends');
  }

  callArrives(process: OperatorProcess, call: SeenCall, lease: string): void {
    // A late request may arrive after its sender has released the Lease. The sender saw it as lost, so this is no bug.
    if (call.fate !== 'RequestLate') this.#check(process, call, lease, 'has sent');
  }

  #check(process: OperatorProcess, call: SeenCall, lease: string, what: string): void {
    if (!isMutation(call)) return;
    const { users, clock, restoredAtMs, administrator } = this.watched;
    if (clock.monotonicMs() - restoredAtMs < LEASE_MS) return;
    if (lease === LEASE_NAME && administrator?.isAdmitted)
      this.watched.violated(`R6: ${process.name} ${what} ${call.method} by the environment, but a VCenter is admitted`);
    const holder = users.holderOf(lease);
    // A Lease that its holder has released may have had the call in flight.
    if (!process.isElected || holder === process.identity || (holder === '' && what !== 'sends')) return;
    this.watched.violated(
      `R6: ${process.name} ${what} ${call.method}, but the Lease ${lease} is held by ${holder || 'nobody'}`,
    );
  }
}
