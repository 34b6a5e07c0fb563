import type { TestProject } from 'vitest/node';
import { systemClock } from '../../src/time/clock';
import { type Binaries, findBinaries } from '../envtest/binaries/find-binaries';
import { printedProgress } from '../envtest/binaries/progress';

declare module 'vitest' {
  interface ProvidedContext {
    /** Paths of the programs for startApiServer and startVcsim: `inject('binaries')`. */
    readonly binaries: Binaries;
  }
}

/**
 * Runs once before all integration tests: it finds the programs or builds them, which takes minutes the first time. Each
 * test starts the servers that it needs with the functions of test/envtest/real-parts.
 */
export default async function setup(project: TestProject): Promise<void> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt);
  const columns = process.stderr.isTTY ? process.stderr.columns : undefined;
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns });
  try {
    const options = { environment: process.env, clock: systemClock, progress };
    project.provide('binaries', await findBinaries(options, interrupted.signal));
  } finally {
    process.off('SIGINT', interrupt);
  }
}
