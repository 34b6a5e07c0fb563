import type { OperatorProcess } from '../../envtest/real-parts';

/** What a process names itself in its Leases, from its log: it tells that as it begins to wait for one. */
export function identityOf({ log }: OperatorProcess): string {
  for (const line of log.all()) {
    const found = /"identity":"([^"]+)"/.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  throw new Error(`the log of the process names no identity:\n${log.last(15)}`);
}
