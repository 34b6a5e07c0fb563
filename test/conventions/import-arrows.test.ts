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

function roomOf(path: string): Room | undefined {
  return ROOMS.find(({ folder }) => path.startsWith(`${folder}/`));
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
  if ([room.folder, 'src/time', ...room.imports].some((allowed) => target === allowed || isIn(target, allowed))) {
    return true;
  }
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

function isIn(target: string, folder: string): boolean {
  return target.startsWith(`${folder}/`);
}
