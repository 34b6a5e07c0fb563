/** The examples do what their texts say. That real servers take them is in test/integration. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../package.json';
import { policyOf } from '../../src/api/policy';
import { problemsOfVCenter } from '../../src/constructs/vcenter-problems';
import { readManifests } from '../../src/operator/commands/manifest/read-manifests';
import {
  EXAMPLES,
  type KubernetesObject,
  type Manifests,
  objectsIn,
  runTypeScriptExample,
} from '../support/example-app';
import { ROOT } from './command';

const folders = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const textOf = (...file: readonly string[]) => readFileSync(path.join(EXAMPLES, ...file), 'utf8');

const findObject = (objects: readonly KubernetesObject[], kind: string, name?: string) =>
  objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name));

describe('each example', () => {
  test.for(folders)('%s has a README, and a row in the list of examples', (folder) => {
    expect(textOf(folder, 'README.md')).toMatch(/^# .+\n\n/);
    expect(textOf('README.md')).toContain(`| [${folder}](${folder}) |`);
  });

  test('names only files that are there', () => {
    const missing = ['.', ...folders].flatMap((folder) =>
      [...textOf(folder, 'README.md').matchAll(/\]\(([^)#]+)/g)]
        .map(([, target = '']) => path.join(folder, target))
        .filter((target) => !existsSync(path.join(EXAMPLES, target))),
    );
    expect(missing).toEqual([]);
  });
});

describe('the TypeScript app', () => {
  /** What each app promises, of the objects in each file that it writes. */
  const PROMISES: Readonly<Record<string, (files: Manifests) => void>> = {
    'first-group': (files) => {
      expect(files.get('shop')).toEqual(objectsIn(textOf('first-group', 'web.yaml')));
    },

    'group-per-environment': (files) => {
      expect([...files.keys()]).toEqual(['production', 'test']);
      const [[production], [forTest]] = [files.get('production') ?? [], files.get('test') ?? []];
      expect(production).toMatchObject({
        metadata: { name: 'web', namespace: 'production' },
        spec: { replicas: 6, deletionPolicy: 'Orphan' },
      });
      expect(forTest).toMatchObject({
        metadata: { name: 'web', namespace: 'test' },
        spec: { replicas: 1, deletionPolicy: 'Delete' },
      });
    },

    autoscaler: (files) => {
      const [group, autoscaler] = files.get('shop') ?? [];
      expect(group).toMatchObject({ kind: 'VmGroup', metadata: { name: 'workers', namespace: 'shop' } });
      expect(group?.spec).not.toHaveProperty('replicas');
      expect(autoscaler).toMatchObject({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { namespace: 'shop' },
        spec: {
          scaleTargetRef: { apiVersion: group?.apiVersion, kind: group?.kind, name: group?.metadata.name },
          metrics: [{ type: 'External' }],
        },
      });
    },

    'cloud-init-from-secret': (files) => {
      const platform = files.get('platform') ?? [];
      expect(files.get('shop')).toEqual(objectsIn(textOf('cloud-init-from-secret', 'web.yaml')));
      expect(findObject(platform, 'Deployment')).toBeDefined();
      for (const written of objectsIn(textOf('cloud-init-from-secret', 'secret-access.yaml'))) {
        expect(findObject(platform, written.kind, written.metadata.name)).toMatchObject(written);
      }
    },

    'limits-per-namespace': (files) => {
      const limits = files.get('limits') ?? [];
      const policy = findObject(limits, 'ValidatingAdmissionPolicy', 'vm-groups-small');
      for (const words of ['give at most 4', 'give at most 16', 'give at most 5', '/dc/vm/templates/*', 'small-*'])
        expect(JSON.stringify(policy?.spec)).toContain(words);
      expect(findObject(limits, 'ValidatingAdmissionPolicyBinding')).toMatchObject({
        spec: {
          policyName: 'vm-groups-small',
          validationActions: ['Deny'],
          matchResources: { namespaceSelector: { matchLabels: { 'vm-size': 'small' } } },
        },
      });
    },

    'several-vcenters': (files) => {
      const [deployment] = (files.get('platform') ?? []).filter(({ kind }) => kind === 'Deployment');
      expect(JSON.stringify(deployment)).not.toContain('vc-creds');
      for (const region of ['east', 'west']) {
        const [vcenter, namespace] = files.get(`region-${region}`) ?? [];
        expect(vcenter).toMatchObject({
          kind: 'VCenter',
          spec: {
            credentials: { secretRef: { name: `vcenter-${region}` } },
            namespaceSelector: { matchLabels: { region } },
          },
        });
        expect(namespace).toMatchObject({ metadata: { name: `shop-${region}`, labels: { region } } });
        const [group, ...others] = files.get(`shop-${region}`) ?? [];
        expect(group).toMatchObject({ kind: 'VmGroup', metadata: { namespace: `shop-${region}` } });
        expect(group?.spec).not.toHaveProperty('vcenterRef');
        expect(others).toEqual([]);
      }
    },

    'high-availability': (files) => {
      const platform = files.get('platform') ?? [];
      const selector = {
        matchLabels: {
          'app.kubernetes.io/name': 'codeconnect-vm-operator',
          'app.kubernetes.io/component': 'operator',
        },
      };
      expect(findObject(platform, 'Deployment')).toMatchObject({
        spec: {
          replicas: 2,
          template: {
            metadata: { labels: selector.matchLabels },
            spec: {
              containers: [{ args: expect.arrayContaining(['--leader-elect']) }],
              topologySpreadConstraints: [
                { topologyKey: 'topology.kubernetes.io/zone' },
                { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector },
              ],
            },
          },
        },
      });
      expect(findObject(platform, 'PodDisruptionBudget')).toMatchObject({
        metadata: { namespace: 'codeconnect-vm-operator-system' },
        spec: { maxUnavailable: 1, selector },
      });
      expect(findObject(platform, 'NetworkPolicy')).toBeDefined();
    },
  };

  test.for(folders.filter((folder) => existsSync(path.join(EXAMPLES, folder, 'main.ts'))))(
    '%s makes what it promises',
    async (folder) => {
      const promise = PROMISES[folder];
      if (promise === undefined) throw new Error(`Say in PROMISES what examples/${folder}/main.ts makes.`);
      expect(parse(textOf(folder, 'cdk8s.yaml'))).toEqual({ language: 'typescript', app: 'npx tsx main.ts' });
      promise(await runTypeScriptExample(folder));
    },
  );
});

describe('the YAML', () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.yaml') && /^kind: VmGroup$/m.test(textOf(file)),
  );
  const read = (...names: readonly string[]) =>
    readManifests({
      files: names.map((name) => path.join(EXAMPLES, name)),
      namespace: 'default',
      standardInput: async function* () {},
    });

  test.for(files)('%s is a VmGroup that `vm-operator plan` takes', async (file) => {
    expect(await read(file)).toHaveLength(1);
  });

  test('vcenter-tenant has a group that names its VCenter, in a namespace that this one selects', () => {
    const [vcenter] = objectsIn(textOf('vcenter-tenant', 'vcenter.yaml'));
    const [group] = objectsIn(textOf('vcenter-tenant', 'web.yaml'));
    expect(problemsOfVCenter(vcenter)).toEqual([]);
    expect(group).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: { vcenterRef: { name: vcenter?.metadata.name } },
    });
    expect(vcenter?.spec).toMatchObject({ namespaceSelector: { matchExpressions: [{ values: ['shop'] }] } });
  });

  test('rolling-update keeps all replicas available: one more may exist, none may be away', async () => {
    const [manifest] = await read('rolling-update/web.yaml');
    if (manifest === undefined) throw new Error('rolling-update/web.yaml holds no VmGroup');
    expect(policyOf(manifest.spec)).toMatchObject({
      update: 'RollingUpdate',
      maxSurge: 1,
      maxUnavailable: 0,
      readiness: 'IPAddress',
      minReadyMs: 30_000,
    });
  });

  test('the user-data of cloud-init-from-secret is a cloud-config', () => {
    const text = textOf('cloud-init-from-secret', 'user-data.yaml');
    expect(text).toMatch(/^#cloud-config\n/);
    expect(parse(text)).toEqual({ write_files: [expect.objectContaining({ path: '/etc/motd' })], packages: ['nginx'] });
  });
});

describe('GitOps', () => {
  const [source, kustomization] = ['source.yaml', 'shop.yaml'].map((file) => objectsIn(textOf('flux', file))[0]);
  const [application] = objectsIn(textOf('argo-cd', 'application.yaml'));
  const [settings] = objectsIn(textOf('argo-cd', 'argocd-cm.yaml'));

  /** The VmGroups in a folder of an example, as health checks name them. */
  const groupsIn = (...folder: readonly string[]) =>
    readdirSync(path.join(EXAMPLES, ...folder))
      .flatMap((file) => objectsIn(textOf(...folder, file)))
      .filter(({ kind }) => kind === 'VmGroup')
      .map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, ...metadata }));

  test('Flux: the Kustomization reads a folder of its source, and waits for every group in it', () => {
    expect(source).toMatchObject({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' });
    expect(kustomization).toMatchObject({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { namespace: source?.metadata.namespace },
      spec: {
        sourceRef: { kind: 'GitRepository', name: source?.metadata.name },
        path: './groups/shop',
        healthChecks: groupsIn('flux', 'groups/shop'),
        healthCheckExprs: [{ apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup' }],
      },
    });
  });

  test('Argo CD: the Application reads a folder of groups, and the health check is the one for VmGroup', () => {
    expect(application).toMatchObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { namespace: 'argocd' },
      spec: { source: { path: 'groups/shop' }, destination: { namespace: 'shop' } },
    });
    expect(groupsIn('argo-cd', 'groups/shop')).toHaveLength(1);
    expect(settings).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace: 'argocd' },
      data: { 'resource.customizations.health.vm.codeconnect.vmworld.com_VmGroup': expect.any(String) },
    });
  });
});

test('the apps in Java and Go name the version of the package', () => {
  const named = {
    'java/pom.xml': `<artifactId>vm-operator</artifactId>\n      <version>${version}</version>`,
    'java/README.md': `-Dfile=vm-operator-${version}.jar -DpomFile=vm-operator-${version}.pom`,
    'go/go.mod': `vm.codeconnect.vmworld.com/constructs/codeconnectvmoperator v${version}`,
  };
  for (const [file, text] of Object.entries(named)) expect(textOf(file), file).toContain(text);
});

test('the group of README in Python is that in TypeScript', () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, python = ''] = /^```python\n(.*?)^```$/ms.exec(readme) ?? [];
  const [, fields = ''] = /^new VmGroup\(chart, 'web', \{\n(.*?)^\}\);$/ms.exec(textOf('first-group', 'main.ts')) ?? [];
  expect(fields).toContain('cpu: 2');
  const inPython = fields
    .replace("{ name: 'web' }", "VmGroupMetadata(name: 'web')")
    .replaceAll(': ', '=')
    .replaceAll("'", '"')
    .replace(/,?\s+/g, ', ');
  expect(python.replace(/,?\s+/g, ', ')).toContain(`VmGroup(chart, "web"${inPython.replace(/, $/, ')')}`);
});

test("README's construct and VmGroup are those of examples/first-group", () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(readme)?.[1];
  expect(block('ts')).toBe(textOf('first-group', 'main.ts'));
  expect(block('yaml')).toBe(textOf('first-group', 'web.yaml'));
});
