import type { SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import { isMutation, type Watched, type Watcher } from './watcher';

/** R6: of several processes none changes vCenter but the one that holds the Lease. */
export class FencingWatcher implements Watcher {
  constructor(private readonly watched: Watched) {}

  callLeaves(process: OperatorProcess, call: SeenCall): void {
    this.#check(process, call, 'sends');
  }

  callArrives(process: OperatorProcess, call: SeenCall): void {
    // Its sender believed it lost, so nothing of it was under way when the lease was given back: physics, not a bug.
    if (call.fate !== 'RequestLate') this.#check(process, call, 'gets through with');
  }

  #check(process: OperatorProcess, call: SeenCall, what: string): void {
    if (!process.isElected || !isMutation(call)) return;
    const { leaseHolder } = this.watched.users;
    if (leaseHolder === process.identity || leaseHolder === '') return;
    this.watched.violated(`R6: ${process.name} ${what} ${call.method}, but another holds the lease`);
  }
}
