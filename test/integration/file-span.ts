import { afterAll, afterEach } from 'vitest';
import type { Span } from './installation';

/** The time of all tests of a file, or of the `describe` that it is called in: for servers that they share. */
export function fileSpan(): Span {
  const ends: (() => Promise<void>)[] = [];
  const tellings: (() => void)[] = [];
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') for (const tell of tellings) tell();
  });
  afterAll(async () => {
    const failures: unknown[] = [];
    for (const end of ends.reverse()) await end().catch((error: unknown) => failures.push(error));
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('\n'));
  });
  return { atEnd: (end) => void ends.push(end), atFailure: (tell) => void tellings.push(tell) };
}
