import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Target } from './target';

const CORPUS = path.join(__dirname, 'corpus');

/** What is kept for a target: name of a file and its text. */
export function corpusOf({ name, ending }: Target): readonly (readonly [string, string])[] {
  const folder = path.join(CORPUS, name);
  return readdirSync(folder)
    .filter((file) => file.endsWith(`.${ending}`))
    .sort()
    .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]);
}

/** Keeps a text. Returns the name of its file, which begins with `found-`. */
export function keep({ name, ending }: Target, text: string): string {
  const folder = path.join(CORPUS, name);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `found-${hash('sha256', text).slice(0, 10)}.${ending}`);
  writeFileSync(file, text);
  return path.relative(process.cwd(), file);
}
