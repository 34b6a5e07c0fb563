import { describe, expect, test } from 'vitest';
import { vmGroupCrd } from '../../../../imports/vmgroup-crd';
import { aGroup } from '../../../../test/support/builders/observation';
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
      },
    ]);
  });

  test('keeps its own namespace, labels and annotations', () => {
    const { manifests } = parsed(
      `${HEAD}metadata: { name: web, namespace: bank, labels: { a: b }, annotations: { c: d } }\n${SPEC}`,
    );
    expect(manifests).toMatchObject([{ namespace: 'bank', labels: { a: 'b' }, annotations: { c: 'd' } }]);
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
        'standard input:11: kind is "Pod": only VmGroup can be planned; leave it out',
        'no-such-file.yaml: there is no such file: correct the name after -f',
        'standard input:6: VmGroup shop/web is in standard input:1 already; leave one of them out',
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
    expect(changed({ placement: { datacenter: 'dc1', folder: 'f' } })).toEqual([
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
    ]);
  });
});
