/** R6, judged from outside: what each vCenter got from which process, beside who held its Lease when. */

/** A change that a vCenter was asked for. */
export interface Mutation {
  readonly vcenter: string;
  /** The identity of the process in its Leases. */
  readonly process: string;
  readonly method: string;
  /** When the whole request had arrived. */
  readonly atMs: number;
}

/** A process took the Lease of a vCenter. */
export interface Term {
  readonly vcenter: string;
  readonly process: string;
  /** When it sent the request that took the Lease; the clock is that of the mutations. */
  readonly acquiredMs: number;
}

/**
 * - AfterSuccessor: a process changed something after its successor had changed something: two writers
 * - AfterHandOver: it did after its successor had taken the Lease, but before that one changed something
 * - NeverHeld: it had not taken the Lease at all
 */
export type OffenceKind = 'AfterSuccessor' | 'AfterHandOver' | 'NeverHeld';

export interface Offence {
  readonly kind: OffenceKind;
  readonly mutation: Mutation;
}

export interface Verdict {
  readonly offences: readonly Offence[];
  /** Times that a Lease went from a process that had made changes to another one that made changes. */
  readonly handOvers: number;
}

/** Both lists are in the order of arrival; that of different vCenters does not matter. */
export function judge(mutations: readonly Mutation[], terms: readonly Term[]): Verdict {
  const trials = [...Map.groupBy(mutations, ({ vcenter }) => vcenter)].map(([vcenter, own]) =>
    judgeOne(
      own,
      terms.filter((term) => term.vcenter === vcenter),
    ),
  );
  return {
    offences: trials.flatMap(({ offences }) => offences),
    handOvers: trials.reduce((sum, { handOvers }) => sum + handOvers, 0),
  };
}

function judgeOne(mutations: readonly Mutation[], terms: readonly Term[]): Verdict {
  const offences: Offence[] = [];
  const busy = new Set<number>();
  /** The latest term in which a change was made. */
  let current = 0;
  for (const mutation of mutations) {
    const { process, atMs } = mutation;
    const isHis = (term: Term) => term.process === process && term.acquiredMs <= atMs;
    const index = terms.findIndex((term, at) => at >= current && isHis(term));
    if (index < 0) {
      offences.push({ kind: terms.some(isHis) ? 'AfterSuccessor' : 'NeverHeld', mutation });
      continue;
    }
    const next = terms.slice(index + 1).find((term) => term.process !== process);
    if (next !== undefined && next.acquiredMs <= atMs) {
      // A later term of his own makes this change a good one.
      const again = terms.findLastIndex((term, at) => at > index && isHis(term));
      if (again < 0) offences.push({ kind: 'AfterHandOver', mutation });
      else current = again;
    }
    current = Math.max(current, index);
    busy.add(current);
  }
  const working = terms.filter((_, index) => busy.has(index));
  const handOvers = working.filter((term, index) => index > 0 && working[index - 1]?.process !== term.process).length;
  return { offences, handOvers };
}
