/** One file with all of its mutants in it, each behind a question whether it is on: so nothing is transformed again between mutants. */
import type { Mutant } from './mutant';
import type { Span } from './syntax';

/** The global function that says whether a mutant is on; see `mutant-switch.ts`. */
export const SWITCH = '__vmOperatorMutantIsOn';

export function switchedSource(source: string, mutants: readonly Mutant[]): string {
  return rendered(source, { start: 0, end: source.length }, hostsOf(mutants));
}

interface Host extends Span {
  readonly mutants: readonly Mutant[];
}

function hostsOf(mutants: readonly Mutant[]): readonly Host[] {
  const hosts = new Map<string, Host>();
  for (const mutant of mutants) {
    const { start, end } = mutant.host;
    const key = `${start} ${end}`;
    hosts.set(key, { start, end, mutants: [...(hosts.get(key)?.mutants ?? []), mutant] });
  }
  return [...hosts.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The text of a span, where each host in it became a choice. Hosts are sorted, and lie in each other or apart. */
function rendered(source: string, { start, end }: Span, hosts: readonly Host[]): string {
  let text = '';
  let at = start;
  for (const host of hosts) {
    if (host.start < at || host.end > end) continue;
    const inside = hosts.filter((other) => other !== host && other.start >= host.start && other.end <= host.end);
    text += source.slice(at, host.start) + choice(source, host, rendered(source, host, inside));
    at = host.end;
  }
  return text + source.slice(at, end);
}

function choice(source: string, host: Host, original: string): string {
  const isBlock = host.mutants.some(({ kind }) => kind === 'block emptied');
  const ways = host.mutants.map((mutant) => {
    const { span, replacement, id } = mutant;
    const changed = source.slice(host.start, span.start) + replacement + source.slice(span.end, host.end);
    return isBlock ? `if (${SWITCH}(${id})) ${changed} else ` : `${SWITCH}(${id}) ? ${changed} : `;
  });
  return isBlock ? `{ ${ways.join('')}${original} }` : `(${ways.join('')}${original})`;
}
