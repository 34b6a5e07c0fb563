import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command';

export interface SourceFile {
  /** Path from the root of the project, with forward slashes. */
  readonly path: string;
  /** The text without comments: line numbers stay, so a finding can be shown by them. */
  readonly code: string;
}

/** The TypeScript files of some folders, tests excluded: a test may reach for whatever it needs. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .sort()
      .map((path) => ({ path, code: withoutComments(readFileSync(join(ROOT, path), 'utf8')) })),
  );
}

/** Where in a file a match begins, as an editor takes it. */
export function placeOf(file: SourceFile, index: number): string {
  return `${file.path}:${file.code.slice(0, index).split('\n').length}`;
}

/** Blanks comments out. Strings come first in the pattern, so that `'https://…'` is no comment. */
function withoutComments(text: string): string {
  return text.replace(/('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (match, string) =>
    string === undefined ? match.replace(/[^\n]/g, ' ') : match,
  );
}
