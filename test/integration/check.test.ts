import { beforeAll, describe, expect, test } from 'vitest';
import { freePort, type Vcsim } from '../envtest/real-parts';
import {
  accountOf,
  buildIfDue,
  type Environment,
  expectOnlyReads,
  manifestOf,
  simulator,
  vmOperator,
  watched,
} from './command';

beforeAll(buildIfDue);

describe('check', () => {
  test('every check is ok on a vCenter that is set up correctly, and nothing is changed', async () => {
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
      ...['ok login', 'ok version', 'ok inventory', 'ok placement', 'ok privileges', 'ok resource'],
      ...['ok datastore', 'ok network', 'ok template'],
    ]);
    expect(stdout).toMatch(/\n\nAll is well\.\n$/);
    expect(stdout).toContain('template /vcqaDC/vm/vm-operator/vm-operator-template');
    expect(exitCode).toBe(0);
    const { account, methods } = await watched(vcsim);
    expect(await vmOperator(['check', '-f', '-'], account, manifestOf())).toMatchObject({ exitCode: 0 });
    expectOnlyReads(methods);
  });

  test('a failed check names the remedy, and checks that depend on it are skipped', async () => {
    const vcsim = await simulator();
    const wrongPin = Array.from({ length: 32 }, () => 'AA').join(':');

    const password = await check(vcsim, { VC_PASS: 'wrong' });
    expect(password.statuses).toMatchObject({
      trust: 'ok',
      login: 'failed',
      inventory: 'skipped',
      privileges: 'skipped',
    });
    expect(password.messages).toContain('correct VC_USER and VC_PASS');

    const pin = await check(vcsim, { VC_FINGERPRINTS: wrongPin });
    expect(pin.statuses).toMatchObject({ certificate: 'ok', trust: 'failed', login: 'skipped' });
    expect(pin.messages).toContain('VC_FINGERPRINTS');

    const untrusted = await check(vcsim, { VC_CA_FILE: undefined });
    expect(untrusted.statuses).toMatchObject({ certificate: 'ok', trust: 'failed', login: 'skipped' });
    const [fingerprint] = /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(untrusted.messages) ?? [];
    expect(await check(vcsim, { VC_CA_FILE: undefined, VC_FINGERPRINTS: fingerprint })).toMatchObject({ exitCode: 0 });

    const port = await check(vcsim, { VC_HOST: `127.0.0.1:${await freePort()}` });
    expect(port.statuses).toMatchObject({ name: 'ok', connection: 'failed', certificate: 'skipped', login: 'skipped' });
    expect(port.messages).toContain('check host and port in VC_HOST');

    const name = await check(vcsim, { VC_HOST: 'no-such-host.invalid' });
    expect(name.statuses).toMatchObject({ name: 'failed', connection: 'skipped', privileges: 'skipped' });
    expect(name.messages).toContain('correct VC_HOST');

    const settings = await check(vcsim, { VC_USER: undefined });
    expect(settings.statuses).toMatchObject({ settings: 'failed', name: 'skipped' });
    expect(settings.messages).toContain('set VC_USER and VC_PASS');

    const template = await check(vcsim, {}, manifestOf({ template: 'doesNotExist' }));
    expect(template.statuses).toMatchObject({ inventory: 'ok', placement: 'failed', privileges: 'ok' });
    expect(template.messages).toContain('correct spec.template');

    const manifest = await check(vcsim, {}, manifestOf({ cpu: 0 }));
    expect(manifest.statuses).toMatchObject({ manifests: 'failed', inventory: 'ok', placement: 'skipped' });
    expect(manifest.messages).toContain('spec.cpu is 0: give at least 1');

    for (const { exitCode } of [password, pin, untrusted, port, name, settings, template, manifest])
      expect(exitCode).toBe(1);
  });

  test('warns if certificates are not verified', async () => {
    const vcsim = await simulator();
    const { exitCode, stdout } = await vmOperator(['check', '--insecure'], {
      ...accountOf(vcsim),
      VC_CA_FILE: undefined,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^warning +trust +--insecure/m);
  });

  test('ends with 2 for an invalid command line', async () => {
    expect(await vmOperator(['check', '--colour'], {})).toMatchObject({
      exitCode: 2,
      stderr: "vm-operator: Unknown option '--colour': see vm-operator check --help",
    });
  });
});

test.each(['plan', 'check'])('%s --help shows flags and exit codes', async (command) => {
  const { exitCode, stdout } = await vmOperator([command, '--help'], {});
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Usage: vm-operator ${command} `);
  expect(stdout).toMatch(/Exit codes\n {2}0 /);
});

interface Checked {
  readonly exitCode: number | undefined;
  /** Status of each check: the last one of its lines that is not ok, else ok. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Messages and remedies of failures and warnings. */
  readonly messages: string;
}

async function check(vcsim: Vcsim, environment: Environment, manifest?: string): Promise<Checked> {
  const args = ['check', '-o', 'json', ...(manifest === undefined ? [] : ['-f', '-'])];
  const { exitCode, stdout } = await vmOperator(args, { ...accountOf(vcsim), ...environment }, manifest);
  const checks: { check: string; status: string; message: string; remedy?: string }[] = JSON.parse(stdout).checks;
  const statuses: Record<string, string> = {};
  for (const { check: name, status } of checks)
    if (status !== 'ok' || statuses[name] === undefined) statuses[name] = status;
  const problems = checks.filter(({ status }) => status === 'failed' || status === 'warning');
  return { exitCode, statuses, messages: problems.map(({ message, remedy }) => `${message} -> ${remedy}`).join('\n') };
}
