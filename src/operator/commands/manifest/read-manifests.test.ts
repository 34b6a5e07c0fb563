import { describe, expect, test } from 'vitest';
import { vmGroupCrd } from '../../../../imports/vmgroup-crd';
import { aGroup } from '../../../../test/support/builders/observation';
import { Annotation } from '../../../api/vm-group';
import { ManifestError } from './manifest-error';
import { parseManifests, problemsOfChange, readManifests } from './read-manifests';

const HEAD = 'apiVersion: vm.codeconnect.vmworld.com/v1alpha1\nkind: VmGroup\n';
const SPEC = 'spec: { cpu: 1, memory: 1, replicas: 2, template: ubuntu }\n';
const web = `${HEAD}metadata: { name: web }\n${SPEC}`;

function parsed(text: string) {
  const problems: string[] = [];
  const manifests = parseManifests('web.yaml', text, 'shop', problems);
  return { manifests, problems };
}

/** The problems of a VmGroup web with this spec. */
const problemsOf = (spec: Record<string, unknown>): readonly string[] =>
  parsed(
    JSON.stringify({
      apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
      kind: 'VmGroup',
      metadata: { name: 'web' },
      spec: { cpu: 1, memory: 1, replicas: 1, template: 'ubuntu', ...spec },
    }),
  ).problems;

describe('a manifest', () => {
  test.each([
    ['octal numbers', 'cpu: 010', { cpu: 8 }],
    ['words for flags', 'paused: yes', { paused: true }],
    ['merge keys', '<<: { cpu: 2 }', { cpu: 2 }],
    ['dates and times, which stay texts', 'template: 2026-01-02', { template: '2026-01-02' }],
    ['hours, which stay texts', 'template: 12:30', { template: '12:30' }],
  ])('is read as kubectl reads it: %s', (_, line, wanted) => {
    const given = Object.entries({ cpu: 1, memory: 1, template: 'ubuntu' }).filter(([name]) => !line.startsWith(name));
    const rest = given.filter(([name]) => !(line.startsWith('<<') && name === 'cpu'));
    const spec = rest.map(([name, value]) => `  ${name}: ${value}\n`).join('');
    const { manifests, problems } = parsed(`${HEAD}metadata: { name: web }\nspec:\n${spec}  ${line}\n`);
    expect(problems).toEqual([]);
    expect(manifests[0]?.spec).toMatchObject(wanted);
  });

  test('with null for a field has left it out, as for the API server; in a list it is wrong', () => {
    const spec = { placement: { datastore: null }, networks: null, replicas: null, powerState: null };
    expect(problemsOf(spec)).toEqual([]);
    const { manifests } = parsed(`${web.trimEnd().slice(0, -1)}, placement: , paused: }`);
    expect(manifests[0]?.spec).toMatchObject({ paused: false });
    expect(manifests[0]?.spec).not.toHaveProperty('placement');
    expect(problemsOf({ networks: [null] })).toEqual([expect.stringContaining('spec.networks[0]')]);
    expect(problemsOf({ cpu: null })).toEqual([expect.stringContaining('spec.cpu')]);
  });

  test('gets the defaults that the API server would fill in, also in nested objects', () => {
    const { manifests, problems } = parsed(
      `${web.trimEnd().slice(0, -1)}, updateStrategy: { rollingUpdate: { maxSurge: 1 } } }`,
    );
    expect(problems).toEqual([]);
    expect(manifests).toEqual([
      {
        source: 'web.yaml:1',
        name: 'web',
        namespace: 'shop',
        labels: {},
        annotations: {},
        spec: {
          ...{ cpu: 1, memory: 1, replicas: 2, template: 'ubuntu' },
          ...{ powerState: 'PoweredOn', deletionPolicy: 'Delete', paused: false },
          ...{ minReadySeconds: 0, progressDeadlineSeconds: 1800 },
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: 1, maxUnavailable: 1 },
            resizePolicy: 'PowerCycle',
          },
        },
        defaulted: expect.toSatisfy((paths: readonly string[]) =>
          [
            ...['deletionPolicy', 'minReadySeconds', 'paused', 'powerState', 'progressDeadlineSeconds'],
            ...['updateStrategy.resizePolicy', 'updateStrategy.rollingUpdate.maxUnavailable', 'updateStrategy.type'],
          ].every((path, index) => [...paths].sort()[index] === path),
        ),
      },
    ]);
  });

  test('keeps its own namespace, labels and the annotations that the operator knows', () => {
    const { manifests } = parsed(
      `${HEAD}metadata: { name: web, namespace: bank, labels: { a: b }, annotations: { ${Annotation.Retry}: d, c: e } }\n${SPEC}`,
    );
    expect(manifests).toMatchObject([
      { namespace: 'bank', labels: { a: 'b' }, annotations: { [Annotation.Retry]: 'd' } },
    ]);
    expect(Object.keys(manifests[0]?.annotations ?? {})).toHaveLength(1);
  });

  test('may be one of several documents, or in a List; empty documents are skipped', () => {
    const api = `${HEAD}metadata: { name: api }\n${SPEC}`;
    expect(parsed(`---\n${web}---\n---\n# nothing\n---\n${api}`).manifests.map(({ source }) => source)).toEqual([
      'web.yaml:2',
      'web.yaml:10',
    ]);
    const list = `kind: List\napiVersion: v1\nitems:\n- ${web.replaceAll('\n', '\n  ')}\n`;
    expect(parsed(list).manifests.map(({ name }) => name)).toEqual(['web']);
  });
});

describe('a mistake is reported with file, line, field, value and remedy', () => {
  test.each([
    ['not YAML', 'a: [', /^web\.yaml:1: is not YAML that can be read: /],
    ['not a mapping', '- 1', 'web.yaml:1: is not a mapping: write apiVersion, kind, metadata and spec of a VmGroup'],
    [
      'another kind',
      'kind: Secret\nmetadata: { name: creds }',
      'web.yaml:1: Secret creds: kind is "Secret": only VmGroup can be planned; leave it out',
    ],
    [
      'another version',
      web.replace('v1alpha1', 'v2'),
      'web.yaml:1: VmGroup web: apiVersion is "vm.codeconnect.vmworld.com/v2": give vm.codeconnect.vmworld.com/v1alpha1',
    ],
    [
      'a value out of range',
      web.replace('cpu: 1', 'cpu: 0'),
      'web.yaml:1: VmGroup web: spec.cpu is 0: give at least 1',
    ],
    [
      'an unknown field',
      web.replace('cpu', 'cpus'),
      /^web\.yaml:1: VmGroup web: spec\.cpus is no field of VmGroup: correct its name or leave it out/,
    ],
  ])('%s', (_, text, problem) => {
    expect(parsed(text).problems).toContainEqual(
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    );
    expect(parsed(text).manifests).toEqual([]);
  });

  test('all mistakes of all files are reported together', async () => {
    const options = { files: ['-', 'no-such-file.yaml'], namespace: 'shop' };
    const reading = readManifests({
      ...options,
      standardInput: async function* () {
        yield `${web}---\n${web}---\nkind: Pod`;
      },
    });
    await expect(reading).rejects.toThrow(ManifestError);
    await expect(reading).rejects.toMatchObject({
      code: 'InvalidManifest',
      problems: [
        'standard input:6: VmGroup shop/web is in standard input:1 already; leave one of them out',
        'standard input:11: kind is "Pod": only VmGroup can be planned; leave it out',
        'no-such-file.yaml: there is no such file: correct the name after -f',
      ],
    });
  });
});

test.each([
  [{ progressDeadlineSeconds: 5, minReadySeconds: 5 }, 'spec.progressDeadlineSeconds is 5'],
  [{ powerOff: { mode: 'Hard', timeoutSeconds: 5 } }, 'spec.powerOff.timeoutSeconds is 5'],
  [{ guest: { cloudInit: { userData: {} } } }, 'spec.guest.cloudInit.userData is {}'],
])('a broken rule of the CRD is reported with the field: %j', (spec, problem) => {
  expect(problemsOf(spec)).toEqual([expect.stringContaining(`web.yaml:1: VmGroup web: ${problem}`)]);
});

describe('a change of a stored group', () => {
  const changed = (stored: Parameters<typeof aGroup>[0]) =>
    parsed(web).manifests.flatMap((manifest) => problemsOfChange(manifest, aGroup(stored)));

  test('is refused for a field that cannot be changed once set', () => {
    expect(changed({ placement: { cluster: 'c1' } })).toEqual([]);
    expect(changed({ vcenterRef: { name: 'east' }, placement: { datacenter: 'dc1', folder: 'f' } })).toEqual([
      'web.yaml:1: VmGroup shop/web: spec.vcenterRef.name is left out: keep "east", it cannot be changed once set; or create a new group instead',
      'web.yaml:1: VmGroup shop/web: spec.placement.datacenter is left out: keep "dc1", it cannot be changed once set; or create a new group instead',
      'web.yaml:1: VmGroup shop/web: spec.placement.folder is left out: keep "f", it cannot be changed once set; or create a new group instead',
    ]);
  });

  test('is checked by all rules of the CRD that compare with the stored object', () => {
    const rules = [...JSON.stringify(vmGroupCrd).matchAll(/"rule":"([^"]*oldSelf[^"]*)"/g)].map(([, rule]) => rule);
    expect(rules).toEqual([
      // A longer name is refused for new groups only, and names do not change.
      expect.stringContaining('self.metadata.name.size()'),
      expect.stringContaining('oldSelf.placement.datacenter'),
      expect.stringContaining('oldSelf.placement.folder'),
      expect.stringContaining('oldSelf.vcenterRef.name'),
      expect.stringContaining('oldSelf.disks.rootSizeGiB'),
      expect.stringContaining('self.sizeGiB >= oldSelf.sizeGiB'),
    ]);
  });

  test('is refused where a disk would get smaller, and not where one is left out', () => {
    const change = (disks: string, stored: Parameters<typeof aGroup>[0]) =>
      parsed(web.replace(/ }\s*$/, `, disks: ${disks} }\n`)).manifests.flatMap((manifest) =>
        problemsOfChange(manifest, aGroup(stored)),
      );
    const data = (sizeGiB: number) => ({ name: 'data', sizeGiB });
    const stored = { disks: { rootSizeGiB: 40, extra: [{ name: 'gone', sizeGiB: 1 }, data(20)] } };
    expect(change('{ rootSizeGiB: 40, extra: [{ name: data, sizeGiB: 21 }] }', stored)).toEqual([]);
    expect(change('{ rootSizeGiB: 39, extra: [{ name: data, sizeGiB: 19 }] }', stored)).toEqual([
      'web.yaml:1: VmGroup shop/web: spec.disks.rootSizeGiB is 39: give 40 or more, because no disk can shrink',
      'web.yaml:1: VmGroup shop/web: spec.disks.extra[0].sizeGiB is 19: give 20 or more, because no disk can shrink',
    ]);
    expect(change('{}', stored)).toEqual([
      expect.stringContaining('spec.disks.rootSizeGiB is left out: give 40 or more'),
    ]);
  });
});

describe('R14: a manifest by a stranger', () => {
  const reading = (...chunks: readonly string[]) =>
    readManifests({
      ...{ files: ['-'], namespace: 'shop' },
      standardInput: async function* () {
        yield* chunks;
      },
    });
  const told = async (text: string) =>
    reading(text).then(
      () => expect.unreachable('it is taken'),
      (error: unknown) => (error instanceof ManifestError ? error.problems : expect.unreachable(String(error))),
    );

  test('with 5000 unknown fields is told in 21 lines', async () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `  k${index}: 1\n`).join('');
    const problems = await told(
      `${HEAD}metadata: { name: web }\nspec:\n  cpu: 1\n  memory: 1\n  replicas: 1\n  template: x\n${keys}`,
    );
    expect(problems).toHaveLength(21);
    expect(problems[0]).toMatch(/^standard input:1: VmGroup web: spec\.k0 is no field of VmGroup/);
    expect(problems.at(-1)).toBe('standard input:1: VmGroup web: and 4980 more problems');
  });

  test.each<[string, string, RegExp]>([
    [
      'a billion laughs',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${'*a, '.repeat(10)}]\nc: &c [${'*b, '.repeat(10)}]\nd: &d [${'*c, '.repeat(10)}]\ne: [${'*d, '.repeat(10)}]`,
      /:4: is not YAML that can be read: Aliases stand for/,
    ],
    [
      'an alias inside its anchor',
      `${web}more: &m { again: *m }`,
      /:5: is not YAML that can be read: Unresolved alias/,
    ],
    ['200000 levels', '['.repeat(200_000), /:1: is not YAML that can be read: Nested deeper than 64 levels/],
    ['keys of keys', '? '.repeat(10_000), /:1: is not YAML that can be read: Nested deeper/],
    [
      '40 levels in a field',
      `${web.replace('cpu: 1', `cpu: ${'['.repeat(40)}${']'.repeat(40)}`)}`,
      /:1: VmGroup web: the manifest is nested deeper than 32 levels/,
    ],
    [
      'a name without end',
      web.replace('web', 'w'.repeat(500_000)),
      /^standard input:1: VmGroup w{63}: metadata\.name is "w{76}… \(500000 characters\): give at most 62/,
    ],
  ])('%s', async (_, text, problem) => {
    const problems = await told(text);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test('that is too large is not read to its end', async () => {
    let read = 0;
    const endless = readManifests({
      ...{ files: ['-'], namespace: 'shop' },
      standardInput: async function* () {
        for (;;) {
          read += 1;
          yield 'x'.repeat(1024 * 1024);
        }
      },
    });
    await expect(endless).rejects.toMatchObject({
      problems: ['-: has more than 1024 MiB: what follows the beginning is not read; plan fewer VmGroups at once'],
    });
    expect(read).toBe(1025);
  });

  test('with many documents is told up to 100 problems', async () => {
    const problems = await told('--- 1\n'.repeat(10_000));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('and 9900 more problems: correct these first');
  });

  test('commands no terminal, and makes no line of its own', async () => {
    const evil = JSON.stringify('evil\u001b[2J\nweb.yaml:1: all is well\u009b');
    const problems = await told(`${HEAD}metadata: { name: ${evil} }\nspec: { ${evil}: 1 }\n---\nkind: ${evil}\n`);
    expect(problems.join('\n')).toMatch(/^[ -~…\n]+$/);
    expect(problems.filter((line) => line.startsWith('web.yaml'))).toEqual([]);
  });
});
