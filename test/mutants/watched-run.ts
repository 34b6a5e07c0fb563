/** Runs the process of the tests, and starts it again where a mutant hangs it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Entry, Journal } from './journal';
import type { Work } from './work';

const LOOK_EVERY_MS = 1_000;
/** A process that writes nothing between so many looks hangs. Looks are counted, for a machine that sleeps does not look. */
const HANGS_AFTER_LOOKS = 45;

export type Ending = 'Exited' | 'Hung';

export interface Results {
  readonly entries: readonly Entry[];
  /** Mutants whose process had to be killed. */
  readonly hung: ReadonlySet<number>;
}

export interface Tried extends Omit<Work, 'journal' | 'static'> {
  /** The first of the tests, for the runs that static mutants have of their own. */
  readonly nearTests: readonly string[];
}

/** Resolves when all mutants were tried. Throws if the process fails without having tried anything. */
export async function tryMutants(work: Tried): Promise<Results> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vm-operator-mutants-'));
  const journal = new Journal(path.join(folder, 'journal'));
  const workFile = path.join(folder, 'work.json');
  const hung = new Set<number>();
  const toTheEnd = async (pending: () => Work) => {
    for (;;) {
      const before = journal.read().length;
      writeFileSync(workFile, JSON.stringify(pending()));
      if ((await run(workFile, journal)) === 'Exited') return;
      const entries = journal.read();
      if (entries.length === before) throw new Error('the process of the tests hangs without a mutant');
      const last = entries.findLast(({ kind }) => kind === 'On');
      if (last?.kind !== 'On') throw new Error('the process of the tests hangs before the first mutant');
      hung.add(last.id);
      journal.add({ kind: 'Killed', id: last.id, test: last.test });
      journal.add({ kind: 'StaticDone', id: last.id });
    }
  };
  try {
    await toTheEnd(() => ({ ...work, journal: journal.file, static: [] }));
    const left = () => staticLeft(journal.read(), work.ids);
    if (left().length > 0)
      await toTheEnd(() => ({ ...work, tests: work.nearTests, journal: journal.file, static: left() }));
    return { entries: journal.read(), hung };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function staticLeft(entries: readonly Entry[], wanted: readonly number[]): readonly number[] {
  const left = new Set(entries.flatMap((entry) => (entry.kind === 'Static' ? entry.ids : [])));
  for (const entry of entries) if (entry.kind === 'Killed' || entry.kind === 'StaticDone') left.delete(entry.id);
  const those = new Set(wanted);
  return [...left].filter((id) => those.has(id));
}

function run(workFile: string, journal: Journal): Promise<Ending> {
  const script = path.join(__dirname, 'run-tests.ts');
  const env = { ...process.env, VM_OPERATOR_MUTANTS: workFile, CI: '1' };
  // A group of its own, so that all of its processes can be killed.
  const child = spawn(process.execPath, [...process.execArgv, script], { detached: true, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  let ending: Ending = 'Exited';
  let [size, looks] = [-1, 0];
  const looking = setInterval(() => {
    const now = sizeOf(journal.file);
    looks = now === size ? looks + 1 : 0;
    size = now;
    if (looks < HANGS_AFTER_LOOKS || child.pid === undefined) return;
    ending = 'Hung';
    process.kill(-child.pid, 'SIGKILL');
  }, LOOK_EVERY_MS);
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      clearInterval(looking);
      if (ending === 'Exited' && code !== 0) reject(new Error(`the process of the tests failed: ${said}`));
      else resolve(ending);
    });
  });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
