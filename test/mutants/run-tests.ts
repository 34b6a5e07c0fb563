/** The process of the tests: vitest with one worker, where each file with mutants is replaced by `switched-source.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestSpecification, Vite, Vitest } from 'vitest/node';
import { allMutants } from './all-mutants';
import { Journal } from './journal';
import { switchedSource } from './switched-source';
import type { Work } from './work';

async function main(): Promise<void> {
  const workFile = process.env.VM_OPERATOR_MUTANTS ?? '';
  const work: Work = JSON.parse(readFileSync(workFile, 'utf8'));
  const vitest = await start(work);
  try {
    if (work.static.length === 0) await vitest.start();
    else await runEach(vitest, work, workFile);
  } finally {
    await vitest.close();
  }
}

/** Each mutant that is asked for while modules load has a process of its own, and a run that ends at the first failure. */
async function runEach(vitest: Vitest, work: Work, workFile: string): Promise<void> {
  const journal = new Journal(work.journal);
  const specs = await vitest.globTestSpecifications();
  for (const on of work.static) {
    writeFileSync(workFile, JSON.stringify({ ...work, on }));
    journal.add({ kind: 'On', id: on, test: 'while modules load' });
    await vitest.runTestSpecifications(specs);
    journal.add({ kind: 'StaticDone', id: on });
  }
}

async function start(work: Work): Promise<Vitest> {
  const { root, tests } = work;
  const { BaseSequencer, createVitest } = await import('vitest/node');
  const place = (spec: TestSpecification) => tests.indexOf(path.relative(root, spec.moduleId));
  class InOrder extends BaseSequencer {
    override async sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
      return [...specs].sort((a, b) => place(a) - place(b));
    }
  }
  return createVitest(
    'test',
    {
      root,
      config: false,
      watch: false,
      include: [...tests],
      reporters: [{}],
      maxWorkers: 1,
      // Files of tests share the modules of one process: loading them takes longer than most tests.
      isolate: false,
      bail: work.static.length === 0 ? 0 : 1,
      // Only against a hang.
      testTimeout: 5_000,
      hookTimeout: 5_000,
      dangerouslyIgnoreUnhandledErrors: true,
      // A file with mutants is another one in each run, and vitest would keep the first.
      fsModuleCache: false,
      update: false,
      runner: path.join(root, 'test/mutants/mutant-runner.ts'),
      setupFiles: [path.join(root, 'test/mutants/limit-properties.ts')],
      sequence: { sequencer: InOrder },
    },
    { plugins: [await switches(work)] },
  );
}

async function switches({ root, files }: Work): Promise<Vite.Plugin> {
  const mutants = await allMutants(root, files);
  const sources = new Map(
    mutants.map(({ file, source, mutants }) => [path.join(root, file), switchedSource(source, mutants)]),
  );
  return {
    name: 'vm-operator-mutants',
    enforce: 'pre',
    load: (id) => sources.get(id),
  };
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
