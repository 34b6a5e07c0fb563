/** R14: in `kubectl get vg -A -o yaml` what one namespace wrote keeps no other namespace from being planned. */
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readEachManifest } from './read-manifests';

const GOOD = ['bank', 'shop'].map((namespace) => group(namespace, 'web'));

function group(namespace: string, name: string, spec: object = {}, annotations: object = {}) {
  return {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { annotations, name, namespace, uid: 'u', resourceVersion: '1' },
    spec: { cpu: 1, memory: 1, replicas: 2, template: 'ubuntu', ...spec },
  };
}

const FORMS: Readonly<Record<string, (items: readonly object[]) => string>> = {
  'one line of JSON': (items) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  'JSON in many lines': (items) => JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, 4),
  'a List in YAML': (items) =>
    stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, { indentSeq: false }),
  'documents in YAML': (items) => items.map((item) => stringify(item)).join('---\n'),
};

async function read(text: string, mostKept?: number) {
  const standardInput = async function* () {
    for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
  };
  const { manifests, problems } = await readEachManifest(
    { files: ['-'], namespace: 'default', standardInput },
    mostKept,
  );
  return { names: manifests.map(({ namespace, name }) => `${namespace}/${name}`), problems };
}

describe.each(Object.entries(FORMS))('R14: in %s', (form, write) => {
  const [first, second] = GOOD;
  const between = (...evil: readonly object[]) => read(write([first ?? {}, ...evil, second ?? {}]));

  test('17 groups with 250 KB of annotations are planned beside the others', async () => {
    const large = Array.from({ length: 17 }, (_, index) => group('evil', `g${index}`, {}, { x: 'x'.repeat(250_000) }));
    const { names, problems } = await between(...large);
    expect(problems).toEqual([]);
    expect(names).toHaveLength(19);
  });

  test.each<[string, object, RegExp]>([
    ['of an earlier schema', group('evil', 'old', { replicas: 10_000 }), /VmGroup old: spec\.replicas is 10000/],
    ['of 66 levels', group('evil', 'deep', { x: nested(66) }), /is not YAML that can be read: Nested deeper than 64/],
    ['of 40 levels', group('evil', 'deep', { x: nested(40) }), /VmGroup deep: the manifest is nested deeper than 32/],
    ['of another kind', { kind: 'Secret', metadata: { name: 's' } }, /Secret s: kind is "Secret": only VmGroup/],
    ['too large', group('evil', 'big', { template: 'x'.repeat(5 * 2 ** 20) }), /has more than 4 MiB: it cannot be/],
  ])('one %s is told, and the others are planned', async (_, evil, problem) => {
    const { names, problems } = await between(evil);
    expect(names).toEqual(['bank/web', 'shop/web']);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^standard input:\d+: /);
    if (form !== 'documents in YAML' && /levels$|large/.test(_)) expect(problems[0]).toMatch(/item 2 of the List|deep/);
  });

  test('150 that are wrong cost no other its plan: 100 problems are told, and how many more there are', async () => {
    const wrong = Array.from({ length: 150 }, (_, index) => group('evil', `g${index}`, { cpu: 0 }));
    const { names, problems } = await between(...wrong);
    expect(names).toEqual(['bank/web', 'shop/web']);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('and 50 more problems: correct these first');
  });
});

test('R14: what does not fit into the memory is told by name, and what is small still fits', async () => {
  const large = [1, 2, 3].map((index) =>
    group('evil', `g${index}`, { guest: { cloudInit: { userData: { value: 'x'.repeat(60_000) } } } }),
  );
  const { names, problems } = await read(stringify({ kind: 'List', items: [...large, ...GOOD] }), 131_072);
  expect(names).toEqual(['evil/g1', 'evil/g2', 'bank/web', 'shop/web']);
  expect(problems).toEqual([
    expect.stringMatching(/: VmGroup evil\/g3 does not fit beside those before it, which fill 0\.125 MiB: plan it by/),
  ]);
});

test('an item that is too large is told by the name that kubectl writes', async () => {
  const big = group('evil', 'big', { template: 'x\n'.repeat(3 * 2 ** 20) }, { name: 'bank/web' });
  const { problems } = await read(FORMS['a List in YAML']?.([...GOOD, big]) ?? '');
  expect(problems).toEqual([expect.stringMatching(/: VmGroup evil\/big, item 3 of the List: has more than 4 MiB/)]);
});

test('texts of others make no part of their own: a line at the margin is none of theirs', async () => {
  const evil = 'a\n---\nkind: Secret\n- apiVersion: v1\nitems:\n- x\n';
  for (const write of Object.values(FORMS)) {
    const { names, problems } = await read(write([group('evil', 'g', { template: evil }, { note: evil }), ...GOOD]));
    expect(names).toEqual(expect.arrayContaining(['bank/web', 'shop/web']));
    expect(problems.length).toBeLessThanOrEqual(1);
  }
});

function nested(levels: number): unknown {
  return JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
}
