import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { buildIsDue, buildProduct } from '../demo/show/product';
import { startHttpProxy } from '../envtest/proxies/http-proxy';
import { targetOf } from '../envtest/proxies/tcp-gate';
import {
  freePort,
  OPERATOR_PROGRAM,
  type OperatorProcess,
  serviceAccountKubeconfig,
  startVcsim,
  type Vcsim,
} from '../envtest/real-parts';
import { type CommandResult, runCommand } from '../envtest/run-command';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;

type Environment = Readonly<Record<string, string | undefined>>;

beforeAll(async () => {
  if (await buildIsDue()) await buildProduct(forever);
});

const manifestOf = (spec: Record<string, unknown> = {}): string =>
  JSON.stringify({
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name: 'web', namespace: 'default' },
    spec: { cpu: 1, memory: 1, replicas: 2, template: 'vm-operator-template', ...spec },
  });

/** The built command as a user runs it. Nothing of this process's environment lends it rights. */
function vmOperator(args: readonly string[], environment: Environment, input = ''): Promise<CommandResult> {
  const { PATH, TMPDIR } = process.env;
  const all: Environment = { PATH, TMPDIR, ...environment };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return runCommand(process.execPath, [OPERATOR_PROGRAM, ...args], { environment: given, input }, forever);
}

const accountOf = ({ host, user, password, caFile }: Pick<Vcsim, 'host' | 'user' | 'password' | 'caFile'>) => ({
  ...{ VC_HOST: host, VC_USER: user, VC_PASS: password, VC_CA_FILE: caFile },
});

/** A vCenter behind a door of its own, which writes down what goes through: vim25 methods, in order. */
interface Watched {
  readonly account: Environment;
  readonly methods: string[];
}

async function watched(vcsim: Vcsim): Promise<Watched> {
  const methods: string[] = [];
  const door = await startHttpProxy({
    target: { ...targetOf(vcsim.url), ca: await readFile(vcsim.caFile, 'utf8') },
    onRequest: ({ body }) => {
      const method = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1];
      if (method !== undefined) methods.push(method);
    },
  });
  onTestFinished(() => door.close());
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-door-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const caFile = path.join(folder, 'door.pem');
  await writeFile(caFile, door.cert);
  return { account: { ...accountOf(vcsim), VC_HOST: door.host, VC_CA_FILE: caFile }, methods };
}

/** The same for the API server: a kubeconfig with the operator's rights, and the HTTP methods that came by it. */
async function watchedApiServer(
  here: Installation,
): Promise<{ readonly kubeconfig: string; readonly verbs: string[] }> {
  const verbs: string[] = [];
  const door = await startHttpProxy({
    target: { ...targetOf(here.server.url), ca: here.server.caPem },
    onRequest: ({ method }) => void verbs.push(method),
  });
  onTestFinished(() => door.close());
  const { namespace, serviceAccount: name } = here.facts;
  const original = await serviceAccountKubeconfig(here.server, { namespace, name }, forever);
  const config = parse(await readFile(original, 'utf8'));
  config.clusters[0].cluster = {
    server: `https://${door.host}`,
    'certificate-authority-data': Buffer.from(door.cert).toString('base64'),
  };
  const kubeconfig = path.join(here.server.folder, 'kubeconfig-by-the-door');
  await writeFile(kubeconfig, stringify(config));
  return { kubeconfig, verbs };
}

/** All that a look at vCenter takes: a session, views and collectors that end with it, and reads. */
const LOOKING =
  /^(RetrieveServiceContent|Log(in|out)|Create(ContainerView|ListView|PropertyCollector|Filter)|ModifyListView|Destroy(View|PropertyCollector|PropertyFilter)|(Cancel)?WaitForUpdates(Ex)?|(Continue)?RetrieveProperties(Ex)?|FetchUserPrivilegeOnEntities|CurrentTime)$/;

function expectOnlyLooks(methods: readonly string[]): void {
  expect(methods.filter((method) => !LOOKING.test(method))).toEqual([]);
  expect(methods).toContain('Login');
  expect(methods.at(-1)).toBe('Logout');
}

const unownedMachines = async (operator: OperatorProcess): Promise<string | undefined> => {
  const answer = await fetch(`${operator.metricsUrl}/metrics`);
  return /^vm_operator_unowned_machines\{.*\} (\d+)$/m.exec(await answer.text())?.[1];
};

describe('plan', () => {
  test('tells what would be done for a new, a settled and a changed group, and changes nothing', async () => {
    const here = await Installation.start(binaries);
    const { account, methods } = await watched(here.vcsim);
    const { kubeconfig, verbs } = await watchedApiServer(here);
    const environment = { ...account, KUBECONFIG: kubeconfig };
    const plan = (spec: Record<string, unknown>, ...flags: readonly string[]) =>
      vmOperator(['plan', '-f', '-', ...flags], environment, manifestOf(spec));

    const fresh = await plan({});
    expect(fresh.stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'default/web  standard input:1, a new group',
      '',
      '  WHEN   ACTION         OBJECT                              WHY',
      '  now    add finalizer  default/web                         comes before all else: it holds a deleted group until its machines are gone',
      '  now    create folder  /vcqaDC/vm/vm-operator/default.web  the group has no folder',
      '  later  create         replica 0                           ordinal 0 is missing',
      '  later  create         replica 1                           ordinal 1 is missing',
      '',
      '  2 to create.',
      '',
      'Changes are due for 1 group. Nothing was changed.',
      '',
    ]);
    expect([fresh.exitCode, fresh.stderr]).toEqual([2, '']);
    expectOnlyLooks(methods);

    const operator = await here.operator();
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    const settled = await plan({});
    expect(settled).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do for 1 group.') });
    // What is stored is planned as well as what is in files.
    const stored = await here.run('get', 'vg', '-A', '-o', 'yaml');
    expect(await vmOperator(['plan', '-f', '-'], environment, stored)).toMatchObject({ exitCode: 0 });
    await operator.stop();

    const machines = await here.machinesOf('web');
    const changed = JSON.parse((await plan({ placement: { datastore: 'LocalDS_0' } }, '-o', 'json')).stdout);
    expect(changed).toMatchObject({
      changes: true,
      groups: [
        {
          state: 'Existing',
          specChanges: [{ field: 'spec.placement.datastore', to: 'LocalDS_0' }],
          summary: { Replace: 2, Create: 0 },
        },
      ],
    });
    const [group] = changed.groups;
    const steps: { object: string; why: string }[] = [...group.now, ...group.later];
    expect(steps.map(({ object }) => object).sort()).toEqual(machines.map(({ name }) => name).sort());
    for (const { why } of steps) expect(why).toMatch(/of an older revision \(\w{10} -> \w{10}\)/);
    const table = await plan({ placement: { datastore: 'LocalDS_0' } });
    expect(table).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('2 to replace.') });
    expectOnlyLooks(methods);
    expect(new Set(verbs)).toEqual(new Set(['GET']));
    expect(await here.machinesOf('web')).toEqual(machines);

    // What the API server would refuse about a change is an error, not a plan.
    await here.apply('web', { replicas: 2, placement: { datacenter: 'vcqaDC' } });
    const moved = await plan({ placement: { datacenter: 'elsewhere' } });
    expect(moved).toMatchObject({ exitCode: 1, stdout: '' });
    expect(moved.stderr).toContain(
      'spec.placement.datacenter is "elsewhere": keep "vcqaDC", it cannot be changed once set',
    );
  });

  test('plans as new groups where there is no kubeconfig, and says so', async () => {
    const vcsim = await simulator();
    const result = await vmOperator(['plan', '-f', '-'], accountOf(vcsim), manifestOf({ template: 'doesNotExist' }));
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain('not known whether it exists');
    expect(result.stdout).toContain('set KUBECONFIG to the path of a kubeconfig');
    expect(result.stdout).toMatch(/in the way {2}TemplateNotFound {2}template "doesNotExist" was not found/);
  });

  test.each([
    [
      'a manifest that the API server would refuse',
      manifestOf({ replicas: -1 }),
      {},
      'spec.replicas is -1: give at least 0',
    ],
    ['another kind', 'kind: Secret', {}, 'only VmGroup can be planned'],
    ['a setting that is missing', manifestOf(), { VC_HOST: undefined }, 'VC_HOST is not set'],
    ['a wrong password', manifestOf(), { VC_PASS: 'wrong' }, 'refuses the login of operator@vsphere.local'],
  ])('ends with 1 for %s', async (_, input, environment, message) => {
    const vcsim = await simulator();
    const result = await vmOperator(['plan', '-f', '-'], { ...accountOf(vcsim), ...environment }, input);
    expect(result).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(message) });
  });
});

async function simulator(): Promise<Vcsim> {
  const vcsim = await startVcsim(binaries, {}, forever);
  onTestFinished(() => vcsim.stop());
  return vcsim;
}

interface Checked {
  readonly exitCode: number | undefined;
  /** Status of each check, the worst of its lines. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Messages and remedies of what failed or warned. */
  readonly told: string;
}

async function check(vcsim: Vcsim, environment: Environment, manifest?: string): Promise<Checked> {
  const args = ['check', '-o', 'json', ...(manifest === undefined ? [] : ['-f', '-'])];
  const { exitCode, stdout } = await vmOperator(args, { ...accountOf(vcsim), ...environment }, manifest);
  const checks: { check: string; status: string; message: string; remedy?: string }[] = JSON.parse(stdout).checks;
  const statuses: Record<string, string> = {};
  for (const { check: name, status } of checks)
    if (status !== 'ok' || statuses[name] === undefined) statuses[name] = status;
  const told = checks.filter(({ status }) => status === 'failed' || status === 'warning');
  return { exitCode, statuses, told: told.map(({ message, remedy }) => `${message} -> ${remedy}`).join('\n') };
}

describe('check', () => {
  test('finds all well on a vCenter that is set up well, and changes nothing', async () => {
    const vcsim = await simulator();
    const { exitCode, stdout } = await vmOperator(['check', '-f', '-'], accountOf(vcsim), manifestOf());
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ +/).slice(0, 2).join(' '))
        .slice(0, -2),
    ).toEqual([
      ...['ok settings', 'ok manifests', 'ok name', 'ok connection', 'ok certificate', 'ok trust', 'ok clock'],
      ...['ok login', 'ok version', 'ok inventory', 'ok placement', 'ok privileges', 'ok resource', 'ok template'],
    ]);
    expect(stdout).toMatch(/\n\nAll is well\.\n$/);
    expect(stdout).toContain('template /vcqaDC/vm/vm-operator/vm-operator-template');
    expect(exitCode).toBe(0);
    const { account, methods } = await watched(vcsim);
    expect(await vmOperator(['check', '-f', '-'], account, manifestOf())).toMatchObject({ exitCode: 0 });
    expectOnlyLooks(methods);
  });

  test('names the remedy of each thing that is wrong, and skips what depends on it', async () => {
    const vcsim = await simulator();
    const wrongPin = Array.from({ length: 32 }, () => 'AA').join(':');

    const password = await check(vcsim, { VC_PASS: 'wrong' });
    expect(password.statuses).toMatchObject({
      trust: 'ok',
      login: 'failed',
      inventory: 'skipped',
      privileges: 'skipped',
    });
    expect(password.told).toContain('correct VC_USER and VC_PASS');

    const pin = await check(vcsim, { VC_FINGERPRINTS: wrongPin });
    expect(pin.statuses).toMatchObject({ certificate: 'ok', trust: 'failed', login: 'skipped' });
    expect(pin.told).toContain('VC_FINGERPRINTS');

    const untrusted = await check(vcsim, { VC_CA_FILE: undefined });
    expect(untrusted.statuses).toMatchObject({ certificate: 'ok', trust: 'failed', login: 'skipped' });
    const [fingerprint] = /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(untrusted.told) ?? [];
    expect(await check(vcsim, { VC_CA_FILE: undefined, VC_FINGERPRINTS: fingerprint })).toMatchObject({ exitCode: 0 });

    const port = await check(vcsim, { VC_HOST: `127.0.0.1:${await freePort()}` });
    expect(port.statuses).toMatchObject({ name: 'ok', connection: 'failed', certificate: 'skipped', login: 'skipped' });
    expect(port.told).toContain('check host and port in VC_HOST');

    const name = await check(vcsim, { VC_HOST: 'no-such-host.invalid' });
    expect(name.statuses).toMatchObject({ name: 'failed', connection: 'skipped', privileges: 'skipped' });
    expect(name.told).toContain('correct VC_HOST');

    const settings = await check(vcsim, { VC_USER: undefined });
    expect(settings.statuses).toMatchObject({ settings: 'failed', name: 'skipped' });
    expect(settings.told).toContain('set VC_USER and VC_PASS');

    const template = await check(vcsim, {}, manifestOf({ template: 'doesNotExist' }));
    expect(template.statuses).toMatchObject({ inventory: 'ok', placement: 'failed', privileges: 'ok' });
    expect(template.told).toContain('correct spec.template');

    const manifest = await check(vcsim, {}, manifestOf({ cpu: 0 }));
    expect(manifest.statuses).toMatchObject({ manifests: 'failed', inventory: 'ok', placement: 'skipped' });
    expect(manifest.told).toContain('spec.cpu is 0: give at least 1');

    for (const { exitCode } of [password, pin, untrusted, port, name, settings, template, manifest])
      expect(exitCode).toBe(1);
  });

  test('warns where certificates are not verified', async () => {
    const vcsim = await simulator();
    const { exitCode, stdout } = await vmOperator(['check', '--insecure'], {
      ...accountOf(vcsim),
      VC_CA_FILE: undefined,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^warning +trust +--insecure/m);
  });

  test('has the exit code 2 for a command line that cannot be used', async () => {
    expect(await vmOperator(['check', '--colour'], {})).toMatchObject({
      exitCode: 2,
      stderr: "vm-operator: Unknown option '--colour': see vm-operator check --help",
    });
  });
});

test.each(['plan', 'check'])('%s --help tells flags and exit codes', async (command) => {
  const { exitCode, stdout } = await vmOperator([command, '--help'], {});
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Usage: vm-operator ${command} `);
  expect(stdout).toMatch(/Exit codes\n {2}0 /);
});

test('machines whose VmGroup is gone are counted and logged, and left alone', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.operator();
  await here.apply('web', { replicas: 2 });
  await here.untilRunning('web', 2);
  expect(await unownedMachines(operator)).toBe('0');
  await here.run('annotate', 'vg/web', 'vm.codeconnect.vmworld.com/force-orphan=true');
  await here.run('delete', 'vg/web');
  await here.untilGone('web');
  await expect.poll(() => unownedMachines(operator)).toBe('2');
  await operator.stop();
  const successor = await here.operator({ flags: ['--log-format=json'] });
  await here.until('the log tells', async () =>
    /their VmGroups do not exist.*"count":2.*adopt=Adopt/.test(successor.log.last(100)) ? [] : [successor.log.last(5)],
  );
  expect(await here.machinesOf('web')).toHaveLength(2);
});
