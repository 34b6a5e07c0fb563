/** The package as a user gets it: packed, installed into an app of the official cdk8s template, and put to work there. */
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { name, version } from '../../package.json';
import { buildIsDue, buildProduct, REPOSITORY } from '../demo/show/product';
import { runCommand, runToSuccess } from '../envtest/run-command';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const EXAMPLES = path.join(REPOSITORY, 'examples');
const CDK8S = path.join(REPOSITORY, 'node_modules', '.bin', 'cdk8s');
const LARGEST_PACKAGE_BYTES = 1_500_000;
/** Without the look for a newer cdk8s-cli, which prints an alarming trace on a machine without internet. */
const environment = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NO_COLOR: '1' };

interface PackedPackage {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let app: string;
let packed: PackedPackage;

beforeAll(async () => {
  if (await buildIsDue()) await buildProduct(forever);
  folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  const answer = await runToSuccess(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    { cwd: REPOSITORY },
    forever,
  );
  [packed] = JSON.parse(answer);
  app = await mkdtemp(path.join(folder, 'app-'));
  // Its last steps want schemas from the internet; where that is missing, what it made until then is the whole template.
  await runCommand(CDK8S, ['init', 'typescript-app'], { cwd: app, environment }, forever);
  await inApp('npm', 'install', '--no-audit', '--no-fund', path.join(folder, packed.filename));
  return () => rm(folder, { recursive: true, force: true });
}, 600_000);

const inApp = (command: string, ...args: string[]) => runToSuccess(command, args, { cwd: app, environment }, forever);

/** Synthesizes what main.ts of the app says by now, into a folder of this name. */
async function synthesized(output: string): Promise<string> {
  await inApp('npx', 'cdk8s', 'synth', '--output', output);
  return path.join(app, output);
}

describe('the tarball', () => {
  test('is small, and holds constructs, types, CRDs, the command, texts and examples, and nothing else', () => {
    expect(packed.size).toBeLessThan(LARGEST_PACKAGE_BYTES);
    const places = packed.files.map((file) =>
      file.path.replace(/^(lib\/(imports|src\/constructs)|docs|examples)\/.*/, '$1'),
    );
    expect([...new Set(places)].sort()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'crds/vcenter.yaml',
        'crds/vmgroup.yaml',
        'docs',
        'examples',
        'lib/imports',
        'lib/kubectl-vg.js',
        'lib/package.json',
        'lib/src/api/guest-secret-role.d.ts',
        'lib/src/api/guest-secret-role.js',
        'lib/src/api/run-flags.d.ts',
        'lib/src/api/run-flags.js',
        'lib/src/api/text-rule.d.ts',
        'lib/src/api/text-rule.js',
        'lib/src/constructs',
        'lib/src/kubernetes/lease-timings.d.ts',
        'lib/src/kubernetes/lease-timings.js',
        'lib/vm-operator.cdx.json',
        'lib/vm-operator.js',
        'lib/vm-operator.js.LEGAL.txt',
        'package.json',
      ].sort(),
    );
    expect(packed.files.filter((file) => /test/.test(file.path))).toEqual([]);
  });

  test('brings no package along: it works with the cdk8s and constructs of the app', async () => {
    const installed = JSON.parse(await readFile(path.join(app, 'node_modules', name, 'package.json'), 'utf8'));
    expect(installed.dependencies).toBeUndefined();
    expect(Object.keys(installed.peerDependencies)).toEqual(['cdk8s', 'constructs']);
    await expect(stat(path.join(app, 'node_modules', name, 'node_modules'))).rejects.toThrow('ENOENT');
  });
});

describe('an app of the official template', () => {
  test('compiles with it under the settings of the template, and its jest tests run', async () => {
    await writeFile(
      path.join(app, 'main.ts'),
      [
        "import { App, Chart, Size } from 'cdk8s';",
        "import { VmGroup } from 'codeconnect-vm-operator';",
        'export function webChart(app: App): Chart {',
        "  const chart = new Chart(app, 'shop');",
        "  new VmGroup(chart, 'web', {",
        "    metadata: { name: 'web' }, template: 'ubuntu', replicas: 3, cpu: 2, memory: Size.gibibytes(4),",
        '  });',
        '  return chart;',
        '}',
      ].join('\n'),
    );
    await writeFile(
      path.join(app, 'main.test.ts'),
      [
        "import { Testing } from 'cdk8s';",
        "import { webChart } from './main';",
        "test('web', () => {",
        '  expect(Testing.synth(webChart(Testing.app()))[0].spec).toEqual({ cpu: 2, memory: 4, replicas: 3, template: "ubuntu" });',
        '});',
      ].join('\n'),
    );
    await inApp('npx', 'tsc', '--noEmit');
    await inApp('npx', 'jest', '--updateSnapshot');
  }, 400_000);

  test('goes along with cdk8s-plus: its Secret gives user-data, its autoscaler takes the scale target', async () => {
    await writeFile(
      path.join(app, 'main.ts'),
      [
        "import { App, Chart, Size } from 'cdk8s';",
        "import { k8s, Secret } from 'cdk8s-plus-33';",
        "import { GuestData, VmGroup } from 'codeconnect-vm-operator';",
        "const chart = new Chart(new App(), 'shop', { namespace: 'shop' });",
        "const made = new Secret(chart, 'made', { metadata: { name: 'made' } });",
        "const given = Secret.fromSecretName(chart, 'given', 'given');",
        "const group = new VmGroup(chart, 'web', {",
        "  metadata: { name: 'web' }, template: 'ubuntu', replicas: 3, cpu: 2, memory: Size.gibibytes(4),",
        "  cloudInit: { userData: GuestData.fromSecret(made, 'a'), metadata: GuestData.fromSecret(given, 'b') },",
        '});',
        "new k8s.KubeHorizontalPodAutoscalerV2(chart, 'scaler', {",
        '  spec: { maxReplicas: 5, scaleTargetRef: group.scaleTarget() },',
        '});',
        'console.log(JSON.stringify([group.guestSecretNames, chart.toJson().map(({ kind }: { kind: string }) => kind)]));',
      ].join('\n'),
    );
    const answer = await inApp('npx', 'ts-node', 'main.ts');
    expect(JSON.parse(answer)).toEqual([
      ['given', 'made'],
      ['Secret', 'VmGroup', 'HorizontalPodAutoscaler'],
    ]);
  }, 400_000);

  test('written as an ES module finds names and types, too', async () => {
    const module = [
      "import { App, Chart, Size } from 'cdk8s';",
      "import { Amount, PowerState, UpdateStrategy, VmGroup } from 'codeconnect-vm-operator';",
      "const chart = new Chart(new App(), 'shop');",
      "const group: VmGroup = new VmGroup(chart, 'web', {",
      "  metadata: { name: 'web' }, template: 'ubuntu', replicas: 3, cpu: 2, memory: Size.gibibytes(4),",
      '  powerState: PowerState.POWERED_OFF,',
      '  updateStrategy: UpdateStrategy.rollingUpdate({ maxSurge: Amount.percent(25) }),',
      '});',
      'console.log(JSON.stringify([group.name, chart.toJson()[0].spec.powerState]));',
    ].join('\n');
    const file = path.join(app, 'esm.mts');
    await writeFile(file, module);
    const flags = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022', '--strict', '--types', 'node'];
    await inApp('npx', 'tsc', ...flags, file);
    expect(JSON.parse(await inApp('node', path.join(app, 'esm.mjs')))).toEqual(['web', 'PoweredOff']);
    await rm(file);
  });
});

describe('the TypeScript examples', () => {
  test('compile, synthesize and are applied to a real API server; the packed operator makes the machines of one', async () => {
    const here = await Installation.start(binaries);
    for (const namespace of ['shop', 'test', 'production', 'shop-east', 'shop-west'])
      await here.run('create', 'namespace', namespace);
    await here.run(
      'apply',
      '--validate=strict',
      '--dry-run=server',
      '-f',
      path.join(app, 'node_modules', name, 'crds'),
    );
    const mains = (await readdir(EXAMPLES, { recursive: true })).filter((file) => path.basename(file) === 'main.ts');
    for (const main of mains) {
      await copyFile(path.join(EXAMPLES, main), path.join(app, 'main.ts'));
      const dist = await synthesized(path.join('dist', path.dirname(main)));
      await here.run('apply', '--validate=strict', '--dry-run=server', '-f', dist);
      await here.run('apply', '--validate=strict', '-f', dist);
    }
    const groups = (await here.run('get', 'vg', '-A', '-o', 'jsonpath={.items[*].metadata.namespace}')).split(' ');
    // In shop web, and the workers of the autoscaler.
    expect(groups.sort()).toEqual(['production', 'shop', 'shop', 'shop-east', 'shop-west', 'test']);
    await here.run('delete', 'vg', '--all', '-A');
    // While there is one, the vCenter of the environment serves nobody.
    await here.run('delete', 'vcenter', '--all');

    // This one names a Secret, which the operator may read by the Role that the example makes, and by no other.
    const code = await readFile(path.join(EXAMPLES, 'cloud-init-from-secret', 'main.ts'), 'utf8');
    await writeFile(path.join(app, 'main.ts'), code.replace("'ubuntu'", "'vm-operator-template'"));
    const dist = await synthesized('dist/known-template');
    const userData = `--from-file=user-data=${path.join(EXAMPLES, 'cloud-init-from-secret', 'user-data.yaml')}`;
    await here.run('create', 'secret', 'generic', 'web-user-data', '-n', 'shop', userData);
    const program = path.join(app, 'node_modules', '.bin', 'vm-operator');
    expect(await inApp('npx', 'vm-operator', 'version')).toContain(version);
    expect(await inApp('npx', 'kubectl-vg', 'version')).toContain(version);
    await here.operator({ program });
    await here.run('apply', '-f', dist);
    await here.run('wait', '--for=condition=Ready', 'vg/web', '-n', 'shop', '--timeout=60s');
    expect((await here.machines()).filter(({ group }) => group === 'shop/web')).toHaveLength(3);
    await here.run('delete', 'vg', 'web', '-n', 'shop');
  }, 400_000);
});
