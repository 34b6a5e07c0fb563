import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command';

const LEFT_OUT = new Set(['node_modules', 'lib', 'dist', '.git']);

/** The Markdown pages of the project, as paths from its root. */
export function pages(folder = '.'): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.has(name))
    .flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return pages(path);
      return entry.isFile() && path.endsWith('.md') ? [path] : [];
    })
    .sort();
}

export function pageText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The text with code blanked out, blocks and spans: what stands there is no Markdown. */
export function withoutCode(text: string): string {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  return text.replace(/^( *)```[\s\S]*?^\1```/gm, blank).replace(/`[^`\n]*`/g, blank);
}

/** The words in backticks in the first cell of each row, of the tables of a page whose first column is headed so. */
export function tableWords(head: RegExp, path: string): readonly string[] {
  return pageText(path)
    .split(/\n\n+/)
    .map((block) => block.split('\n'))
    .filter(([first = '']) => head.test(firstCell(first)))
    .flatMap(([, , ...rows]) => rows.flatMap((row) => wordsOf(firstCell(row))));
}

/** The words in backticks in each cell of each row, of the tables of a page whose first columns are headed so. */
export function tableRows(head: readonly string[], path: string): readonly (readonly (readonly string[])[])[] {
  return pageText(path)
    .split(/\n\n+/)
    .map((block) => block.split('\n'))
    .filter(([first = '']) => first.startsWith(`| ${head.join(' | ')} |`))
    .flatMap(([, , ...rows]) =>
      rows.map((row) =>
        row
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map(wordsOf),
      ),
    );
}

function firstCell(row: string): string {
  return /^\| (.*?)(?<!\\) \|/.exec(row)?.[1] ?? '';
}

function wordsOf(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}
