import { deadline, systemClock } from '../../../src/time/clock';
import type { OperatorProcess } from '../../envtest/real-parts';

const WITHIN_MS = 60_000;
const forever = new AbortController().signal;

/** What a process names itself in its Leases, from its log: it tells that as it begins to wait for the first one. */
export async function identityOf({ log }: OperatorProcess): Promise<string> {
  const found = Promise.withResolvers<string>();
  const look = (line: string) => {
    const identity = /"identity":"([^"]+)"/.exec(line)?.[1];
    if (identity !== undefined) found.resolve(identity);
  };
  const late = () => new Error(`the log of the process names no identity:\n${log.last(15)}`);
  const limit = deadline(systemClock, WITHIN_MS, forever, late);
  limit.signal.addEventListener('abort', () => found.reject(limit.signal.reason));
  const remove = log.onLine(look);
  log.all().forEach(look);
  try {
    return await found.promise;
  } finally {
    remove();
    limit.done();
  }
}
