import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findMutants, type SourceFile } from './find-mutants';
import type { Mutant } from './mutant';
import { loadParser } from './syntax';

export interface MutatedFile extends SourceFile {
  readonly mutants: readonly Mutant[];
}

/** The mutants of these files, numbered through: the same files in the same order give the same numbers. */
export async function allMutants(root: string, files: readonly string[]): Promise<readonly MutatedFile[]> {
  const parse = await loadParser();
  let firstId = 1;
  return files.map((file) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    const mutants = findMutants({ file, source }, parse, firstId);
    firstId += mutants.length;
    return { file, source, mutants };
  });
}
