/** Which calls fail in the proxy, and how. */

/** A vim25 fault: its type, and its fields as XML. */
export interface FaultSpec {
  readonly type: string;
  readonly fieldsXml?: string;
  readonly text?: string;
}

export type Failure =
  /** The call is forwarded after this time. */
  | { readonly kind: 'Latency'; readonly ms: number }
  /** Not forwarded: vCenter refuses the call. */
  | { readonly kind: 'SoapFault'; readonly fault: FaultSpec }
  /** vCenter accepts the call, and its task fails with nothing done. Only for tasks on a machine that is powered off. */
  | { readonly kind: 'TaskFault'; readonly fault: FaultSpec }
  /** A lost request: the connection breaks before anything is forwarded. */
  | { readonly kind: 'ResetBefore' }
  /** A lost reply: the connection breaks after vCenter has done the call. */
  | { readonly kind: 'ResetAfter' }
  /** The connection breaks in the middle of the answer. */
  | { readonly kind: 'Truncate' }
  /** The answer comes in pieces, this many milliseconds apart. */
  | { readonly kind: 'SlowBody'; readonly pieces: number; readonly pauseMs: number }
  /** Not forwarded: the proxy answers with a page. */
  | { readonly kind: 'Status'; readonly status: number; readonly html: string }
  /** The call hangs before it is forwarded, or after vCenter has done it. `held` is called then. */
  | { readonly kind: 'Hold'; readonly at: 'Request' | 'Answer'; readonly held: () => void }
  /** The session ends right before the call. */
  | { readonly kind: 'ExpireSession' };

export interface Rule {
  /** SOAP methods. Default: all. */
  readonly methods?: readonly string[];
  /** Number of matching calls that pass first. Default: 0. */
  readonly after?: number;
  /** Only each n-th of the matching calls fails. Default: 1. */
  readonly every?: number;
  /** Number of calls that fail. Default: no limit. */
  readonly times?: number;
  /** Probability, from 0 to 1, that a call which should fail does fail. Default: 1. */
  readonly chance?: number;
  readonly failure: Failure;
}

interface ActiveRule {
  readonly rule: Rule;
  matched: number;
  failed: number;
}

export class RuleBook {
  readonly #active = new Set<ActiveRule>();

  constructor(private readonly random: () => number) {}

  /** Adds a rule. The returned function removes it. */
  add(rule: Rule): () => void {
    const active = { rule, matched: 0, failed: 0 };
    this.#active.add(active);
    return () => this.#active.delete(active);
  }

  clear(): void {
    this.#active.clear();
  }

  /** How this call fails: by the oldest of the rules that apply. All rules count the call. */
  failureFor(method: string): Failure | undefined {
    let failure: Failure | undefined;
    for (const active of this.#active) {
      const { methods, after = 0, every = 1, times = Number.POSITIVE_INFINITY, chance = 1 } = active.rule;
      if (methods !== undefined && !methods.includes(method)) continue;
      active.matched += 1;
      const due = active.matched > after && (active.matched - after) % every === 0 && active.failed < times;
      if (failure !== undefined || !due || this.random() >= chance) continue;
      active.failed += 1;
      failure = active.rule.failure;
    }
    return failure;
  }
}
