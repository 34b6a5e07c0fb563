/** Changes a value of JSON into another one, in ways that hurt who walks through it. */
import type { Random } from '../../src/time/random';
import { pick } from './target';

type Make = (random: Random) => unknown;

const VALUES: readonly Make[] = [
  ...[
    'x',
    '',
    'two',
    'abc',
    '\u001b[2J',
    'a\nb',
    '\u202e',
    '\ud83d',
    '-1',
    '101%',
    '25%',
    'Orphan',
    'soon',
    '9999-12-31T23:59:59Z',
  ].map((text) => () => text),
  ...[0, 1, 7, -1, 0.5, 500, 501, 50_000_000, 2 ** 31, -(2 ** 53), 1e308, true, false, null].map(
    (value) => () => value,
  ),
  () => [],
  () => ({}),
  (random) => many(random, (index) => index),
  (random) => many(random, () => ({})),
  (random) => many(random, (index) => ({ name: `n${index}`, network: 'x' })),
  (random) => Object.fromEntries(many(random, (index) => [`k${index}`, index] as const)),
  (random) => nested(Math.ceil(10 ** (random() * 3)), (inner) => [inner]),
  (random) => nested(Math.ceil(10 ** (random() * 3)), (inner) => ({ a: inner })),
  (random) => pick(Object.keys(DEPTHS), random),
  (random) =>
    pick(['x', '\u009b', '$(vm.name)', '/', '%2f', 'a.', '🙂'], random).repeat(Math.ceil(10 ** (random() * 5))),
  () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": 2, "length": 3}'),
];

function many<T>(random: Random, make: (index: number) => T): readonly T[] {
  return Array.from({ length: Math.ceil(10 ** (random() * random() * 5)) }, (_, index) => make(index));
}

function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let left = depth; left > 0; left -= 1) value = around(value);
  return value;
}

/** Deeper than a process can write: an API server takes JSON of 10000 levels. Stands for it until the text is written. */
const DEPTHS: Readonly<Record<string, string>> = {
  '@lists@': `${'['.repeat(9_000)}${']'.repeat(9_000)}`,
  '@objects@': `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
};

function withDepths(json: string): string {
  return json.replace(/"(@\w+@)"/g, (whole, name: string) => DEPTHS[name] ?? whole);
}

/** One to four changes anywhere inside. */
function changedValue(value: unknown, random: Random): unknown {
  let result = value;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) result = changedOnce(result, random);
  return result;
}

function changedOnce(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) return pick(VALUES, random)(random);
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.2) return [...value, pick(VALUES, random)(random)];
    const at = Math.floor(random() * value.length);
    return value.with(at, changedOnce(value[at], random));
  }
  const entries = Object.entries(value);
  const [name, inner] = entries.length === 0 ? ['new', undefined] : pick(entries, random);
  if (random() < 0.1) return Object.fromEntries(entries.filter(([other]) => other !== name));
  if (random() < 0.1)
    return { ...value, [pick(['new', '__proto__', 'a\u001b[2Jb', '0'], random)]: pick(VALUES, random)(random) };
  return { ...value, [name]: changedOnce(inner, random) };
}

/** Another stored object, as JSON, made of one that is known. What is no object becomes its spec. */
export function changedObject(text: string, random: Random): string {
  try {
    const changed = changedValue(JSON.parse(text), random);
    const isObject = typeof changed === 'object' && changed !== null && !Array.isArray(changed);
    return withDepths(JSON.stringify(isObject ? changed : { spec: changed }));
  } catch (error) {
    // It is too deep to be written by this process.
    if (error instanceof RangeError) return text;
    throw error;
  }
}
