/** What the proxy does to which calls. */

/** A vim25 fault: its type, and its fields as XML. */
export interface FaultSpec {
  readonly type: string;
  readonly fieldsXml?: string;
  readonly text?: string;
}

export type Failure =
  /** The call waits this long, then goes its way. */
  | { readonly kind: 'Latency'; readonly ms: number }
  /** Not forwarded: vCenter refuses the call. */
  | { readonly kind: 'SoapFault'; readonly fault: FaultSpec }
  /** vCenter takes the call, and its task fails, with nothing done. For tasks on a machine or template that is off. */
  | { readonly kind: 'TaskFault'; readonly fault: FaultSpec }
  /** A lost request: the connection breaks before anything is forwarded. */
  | { readonly kind: 'ResetBefore' }
  /** A lost reply: carried out, then the connection breaks. */
  | { readonly kind: 'ResetAfter' }
  /** The answer breaks off half-way. */
  | { readonly kind: 'Truncate' }
  /** The answer comes in pieces, this many milliseconds apart. */
  | { readonly kind: 'SlowBody'; readonly pieces: number; readonly pauseMs: number }
  /** Not forwarded: something in between answers with a page. */
  | { readonly kind: 'Status'; readonly status: number; readonly html: string }
  /** Nothing more happens to the call, before it is forwarded or after it was carried out. `held` is told so once. */
  | { readonly kind: 'Hold'; readonly at: 'Request' | 'Answer'; readonly held: () => void }
  /** The session ends right before the call. */
  | { readonly kind: 'ExpireSession' };

export interface Rule {
  /** SOAP methods. Absent: all. */
  readonly methods?: readonly string[];
  /** Matching calls to let pass first. Default 0. */
  readonly after?: number;
  /** Of the matching calls, only each n-th. Default 1. */
  readonly every?: number;
  /** How often it strikes before it is done. Default: until it is removed. */
  readonly times?: number;
  /** Drawn for each call that it would strike: from 0 to 1. Default 1. */
  readonly chance?: number;
  readonly failure: Failure;
}

interface Standing {
  readonly rule: Rule;
  matched: number;
  struck: number;
}

export class RuleBook {
  readonly #standing = new Set<Standing>();

  constructor(private readonly random: () => number) {}

  /** The returned function removes the rule. */
  add(rule: Rule): () => void {
    const standing = { rule, matched: 0, struck: 0 };
    this.#standing.add(standing);
    return () => this.#standing.delete(standing);
  }

  clear(): void {
    this.#standing.clear();
  }

  /** What is to be done to this call; of several rules the oldest that strikes. All of them count the call. */
  strike(method: string): Failure | undefined {
    let failure: Failure | undefined;
    for (const standing of this.#standing) {
      const { methods, after = 0, every = 1, times = Number.POSITIVE_INFINITY, chance = 1 } = standing.rule;
      if (methods !== undefined && !methods.includes(method)) continue;
      standing.matched += 1;
      const due = standing.matched > after && (standing.matched - after) % every === 0 && standing.struck < times;
      if (failure !== undefined || !due || this.random() >= chance) continue;
      standing.struck += 1;
      failure = standing.rule.failure;
    }
    return failure;
  }
}
