/** All mutants of one room, and what became of each. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { allMutants } from './all-mutants';
import type { Command } from './command';
import { type Compiler, startCompiler } from './compiles';
import { type Equivalent, isListed } from './equivalent';
import type { Mutant } from './mutant';
import { mutatedSource } from './mutated-source';
import type { MutatedRoom } from './rooms';
import { sampleOf } from './sample';
import { tryMutants } from './watched-run';

export type Fate =
  | 'KilledByTest'
  /** It hangs. */
  | 'KilledByTime'
  /** It does not compile. */
  | 'KilledByTypes'
  /** No test comes by. */
  | 'NotCovered'
  | 'Survived';

export interface Measured {
  readonly room: MutatedRoom;
  readonly fates: ReadonlyMap<Mutant, Fate>;
  readonly equivalent: number;
  /** Tests that cannot judge, with the reason. */
  readonly unfit: readonly string[];
  /** Slow tests, and to how many mutants they were not put. */
  readonly leftOut: readonly string[];
}

export async function measure(
  root: string,
  room: MutatedRoom,
  command: Command,
  listed: readonly Equivalent[],
): Promise<Measured> {
  const files = filesOf(root, room).filter((file) => command.files.length === 0 || command.files.includes(file));
  const mutated = await allMutants(root, files);
  const all = mutated.flatMap(({ mutants }) => mutants);
  const drawn = command.sample === undefined ? all : sampleOf(all, command.sample, command.seed);
  const wanted = drawn.filter((mutant) => !isListed(mutant, listed));
  const sources = new Map(mutated.map(({ file, source }) => [file, source]));
  const compiler = await startCompiler(root);
  const compiling = wanted.filter((mutant) => compilesMutant(compiler, sources, mutant));
  compiler.close();
  const ids = compiling.map(({ id }) => id);
  const { entries, hung } = await tryMutants({
    root,
    files,
    ids,
    tests: testsOf(root, room.tests),
    nearTests: testsOf(root, room.tests.slice(0, 1)),
  });
  const killed = new Set(entries.flatMap((entry) => (entry.kind === 'Killed' ? [entry.id] : [])));
  const covered = new Set(
    entries.flatMap((entry) => (entry.kind === 'Covered' || entry.kind === 'Static' ? entry.ids : [])),
  );
  const triedByTests = new Set(ids);
  const fateOf = ({ id }: Mutant): Fate => {
    if (!triedByTests.has(id)) return 'KilledByTypes';
    if (hung.has(id)) return 'KilledByTime';
    if (killed.has(id)) return 'KilledByTest';
    return covered.has(id) ? 'Survived' : 'NotCovered';
  };
  return {
    room,
    fates: new Map(wanted.map((mutant) => [mutant, fateOf(mutant)])),
    equivalent: drawn.length - wanted.length,
    unfit: entries.flatMap((entry) => (entry.kind === 'Unfit' ? [`${entry.test}: ${entry.why}`] : [])),
    leftOut: entries.flatMap((entry) => (entry.kind === 'LeftOut' ? [`${entry.test}: ${entry.count}`] : [])),
  };
}

function compilesMutant(compiler: Compiler, sources: ReadonlyMap<string, string>, mutant: Mutant): boolean {
  return compiler.compiles(mutant.file, mutatedSource(sources.get(mutant.file) ?? '', mutant));
}

export function filesOf(root: string, { folder, files }: MutatedRoom): readonly string[] {
  const found = namesIn(root, folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return found.filter((name) => files?.includes(name) ?? true).map((name) => `${folder}/${name}`);
}

export function testsOf(root: string, places: readonly string[]): readonly string[] {
  return places.flatMap((place) => {
    if (place.endsWith('.ts')) return [place];
    return namesIn(root, place)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${place}/${name}`);
  });
}

function namesIn(root: string, folder: string): readonly string[] {
  return readdirSync(path.join(root, folder)).sort();
}
