import { zstdDecompressSync } from 'node:zlib';
import { decisionLine, packDecision, readDecision } from '../../../src/vmgroup/decisions/decision-line';
import { decisionMark } from '../../../src/vmgroup/decisions/decision-mark';
import type { Decision } from '../../../src/vmgroup/model/decision';
import { replay } from '../../../src/vmgroup/preview/replay';
import { MODEL_ACCOUNT } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import { GUEST_CANARY } from '../spec';
import type { WatchedWorld, Watcher } from './watcher';

/** Replaying takes longer than deciding. Another seed replays others. */
const EVERY = 16;

/** R5, R10: a decision that is kept is decided and reported in the same way when it is replayed, and holds no secret. */
export class DecisionWatcher implements Watcher {
  readonly #marks = new Map<string, string>();
  #count = 0;

  constructor(private readonly watched: WatchedWorld) {}

  decided(process: OperatorProcess, decision: Decision): void {
    const { namespace, name } = decision.observed.group.metadata;
    const key = `${process.name} ${namespace}/${name}`;
    const mark = decisionMark(decision);
    if (this.#marks.get(key) === mark) return;
    this.#marks.set(key, mark);
    this.#count += 1;
    if (this.#count % EVERY === 0) this.#check(key, decision);
  }

  #check(key: string, decision: Decision): void {
    const packed = packDecision(decision, 0);
    const text = zstdDecompressSync(packed.packed).toString();
    for (const secret of [GUEST_CANARY, MODEL_ACCOUNT.password])
      if (text.includes(secret)) this.watched.violated(`R10: a secret in a decision of ${key}`);
    const { differences } = replay(readDecision(decisionLine(packed, '1.0.0')));
    for (const { field, from, to } of differences)
      this.watched.violated(
        `R5: replayed, ${key} has ${field} ${JSON.stringify(to)}, and it had ${JSON.stringify(from)}`,
      );
  }
}
