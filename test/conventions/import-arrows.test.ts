import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { ROOM_PARENTS, ROOMS, type Room } from './rooms';
import { placeOf, type SourceFile, sourceFiles } from './source-files';

const files = sourceFiles(...ROOM_PARENTS);

test('every source file is in a room', () => {
  const homeless = files.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path);
  expect(
    homeless,
    'These files are in no room. Move them into one, or add a room to test/conventions/rooms.ts and to the design.',
  ).toEqual([]);
});

test('every room has files', () => {
  const inhabited = new Set(files.map(({ path }) => roomOf(path)?.folder));
  // A renamed folder would else be checked by nobody. These two are built by later issues.
  const planned = new Set(['src/vcenter']);
  expect(
    ROOMS.map(({ folder }) => folder).filter((folder) => !inhabited.has(folder) && !planned.has(folder)),
    'These rooms hold no file. Correct their folder in test/conventions/rooms.ts.',
  ).toEqual([]);
});

test.for(ROOMS.map((room) => [room.folder, room] as const))('%s imports only what its row allows', ([, room]) => {
  const strangers = files
    .filter(({ path }) => roomOf(path) === room)
    .flatMap((file) => importsOf(file).filter(({ target }) => !mayImport(room, target)))
    .map(({ place, target }) => `${place} imports ${target}`);
  expect(
    strangers,
    `${room.folder} may import ${['itself', 'src/time', ...room.imports].join(', ')}` +
      `${room.packages === undefined ? '' : ` and the packages ${room.packages.join(', ') || '(none)'}`}. ` +
      'Take the thing as a parameter behind an interface of its own, or move it to where both may reach it. ' +
      'If the design itself is to change: test/conventions/rooms.ts.',
  ).toEqual([]);
});

test.each(['src', 'crds', 'charts', 'docs', 'test'])('no files of %s import each other in a circle', (parent) => {
  expect(
    circlesAmong(sourceFiles(parent)),
    'Move what both need into a file of its own, or hand it over as a parameter.',
  ).toEqual([]);
});

/** The deepest room that holds it. */
function roomOf(path: string): Room | undefined {
  return ROOMS.filter(({ folder }) => path.startsWith(`${folder}/`)).sort(
    (a, b) => b.folder.length - a.folder.length,
  )[0];
}

/** Sets of files that reach each other by imports, types included (Tarjan's strongly connected components). */
function circlesAmong(sources: readonly SourceFile[]): readonly string[] {
  const byModule = new Map(sources.map((file) => [file.path.replace(/(\/index)?\.ts$/, ''), file]));
  const order = new Map<SourceFile, number>();
  const lowest = new Map<SourceFile, number>();
  const stack: SourceFile[] = [];
  const circles: string[] = [];
  const visit = (file: SourceFile): number => {
    const number = order.size;
    order.set(file, number);
    let low = number;
    stack.push(file);
    for (const { target } of importsOf(file)) {
      const next = byModule.get(target.replace(/\/index$/, ''));
      if (next === undefined) continue;
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
    }
    lowest.set(file, low);
    if (low === number) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1) circles.push(circle.map(({ path }) => path).join(' <-> '));
    }
    return low;
  };
  for (const file of sources) if (!order.has(file)) visit(file);
  return circles;
}

interface Import {
  readonly place: string;
  /** Path from the root for files of ours, else the name of the package. */
  readonly target: string;
}

/** Every static import and export, type-only ones too, every `import(…)` and `require(…)`. */
function importsOf(file: SourceFile): readonly Import[] {
  // Not `'require(…` inside a string, as bundled code has it.
  const specifiers = /(?<!['"])\b(?:from\s*|import\s*\(?\s*|require\s*\(\s*)(['"])([^'"\n]+)\1/g;
  return [...file.code.matchAll(specifiers)].map((match) => {
    const specifier = match[2] ?? '';
    return {
      place: placeOf(file, match.index),
      target: specifier.startsWith('.')
        ? posix.join(posix.dirname(file.path), specifier).replace(/\.[jt]s$/, '')
        : specifier,
    };
  });
}

function mayImport(room: Room, target: string): boolean {
  if (isTarget(target, ['src/time', ...room.imports])) return true;
  // Its own files, and not those of a room inside it.
  if (isTarget(target, [room.folder]) && roomOf(`${target}.ts`) === room) return true;
  // What is left of ours is forbidden.
  if (target === '..' || target === '.' || isIn(target, '..')) return false;
  if (
    target === 'package.json' ||
    ['test', ...ROOM_PARENTS].some((folder) => target === folder || isIn(target, folder))
  ) {
    return false;
  }
  if (isBuiltin(target)) return true;
  return room.packages === undefined || room.packages.some((name) => target === name || isIn(target, name));
}

function isTarget(target: string, allowed: readonly string[]): boolean {
  return allowed.some((folder) => target === folder || isIn(target, folder));
}

function isIn(target: string, folder: string): boolean {
  return target.startsWith(`${folder}/`);
}
