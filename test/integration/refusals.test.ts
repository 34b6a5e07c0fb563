import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIsDue, buildProduct } from '../demo/show/product';
import { OPERATOR_PROGRAM } from '../envtest/real-parts';
import { Installation } from './installation';

const binaries = inject('binaries');
const run = promisify(execFile);

/** Runs vm-operator to its end. Returns the exit code and what it wrote to standard error. */
async function refusal(args: string[], env: Record<string, string>): Promise<readonly [number, string]> {
  try {
    await run(process.execPath, [OPERATOR_PROGRAM, ...args], { env: { PATH: process.env.PATH ?? '', ...env } });
    return [0, ''];
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return [code, stderr];
  }
}

const SETTINGS = { VC_HOST: '127.0.0.1:9', VC_USER: 'u', VC_PASS: 'p' };

beforeAll(async () => {
  if (await buildIsDue()) await buildProduct(new AbortController().signal);
});

test.each([
  ['a missing host', ['run'], {}, 'vm-operator: VC_HOST is not set'],
  ['an unknown flag', ['run', '--colour'], SETTINGS, "vm-operator: Unknown option '--colour'"],
  ['an unknown command', ['walk'], SETTINGS, 'vm-operator: unknown command "walk"'],
  ['a malformed host', ['run'], { ...SETTINGS, VC_HOST: 'a b' }, 'vm-operator: VC_HOST "a b": not a host name'],
  ['a missing kubeconfig', ['run'], { ...SETTINGS, KUBECONFIG: '/does/not/exist' }, 'vm-operator: '],
])('%s ends with one line and exit code 2', async (_what, args, env, start) => {
  const [code, stderr] = await refusal(args, { HOME: '/nonexistent', ...env });
  expect(stderr.startsWith(start), stderr).toBe(true);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});

test('with an untrusted certificate it logs the fingerprint once and keeps running; with this pin it connects', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.unreadyOperator({ environment: { VC_CA_FILE: undefined } });
  await here.apply('web', {});
  await here.until('ERROR with the remedy', async () => {
    const status = (await here.group('web'))?.status;
    return status?.phase === 'ERROR' && status.lastMessage?.includes('VC_FINGERPRINTS') ? [] : [JSON.stringify(status)];
  });
  const message = (await here.group('web'))?.status?.lastMessage ?? '';
  const [pin = ''] = /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(message) ?? [];
  expect(operator.log.last(100).split(pin)).toHaveLength(2);
  await operator.stop();
  await here.operator({ environment: { VC_CA_FILE: undefined, VC_FINGERPRINTS: pin } });
  await here.untilRunning('web', 1);
});

test('R10: a refused login is in the status, and the password is not in status or log', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.unreadyOperator({ environment: { VC_PASS: 'hunter2-wrong' } });
  await here.apply('web', {});
  await here.until('ERROR about the login', async () => {
    const status = (await here.group('web'))?.status;
    return status?.phase === 'ERROR' && JSON.stringify(status).includes('InvalidCredentials')
      ? []
      : [JSON.stringify(status)];
  });
  expect(operator.log.last(200)).not.toContain('hunter2');
  expect(JSON.stringify(await here.group('web'))).not.toContain('hunter2');
  await operator.stop();
});

test('-insecure works as in the original operator', async () => {
  const here = await Installation.start(binaries);
  await here.operator({ flags: ['-insecure'], environment: { VC_CA_FILE: undefined } });
  await here.apply('web', {});
  await here.untilRunning('web', 1);
});
