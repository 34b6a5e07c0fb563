import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIsDue, buildProduct } from '../demo/show/product';
import { OPERATOR_PROGRAM } from '../envtest/real-parts';
import { Installation } from './installation';

const binaries = inject('binaries');
const run = promisify(execFile);

/** Runs vm-operator to its end: exit code and what it said on standard error. */
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
])('%s: one line with the remedy, exit code 2', async (_what, args, env, start) => {
  const [code, said] = await refusal(args, { HOME: '/nonexistent', ...env });
  expect(said.startsWith(start), said).toBe(true);
  expect(said.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});

test('an untrusted certificate: says once which fingerprint was shown, stays up, and runs with that as a pin', async () => {
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

test('a refused login: tried once, told in the status, and no password is repeated (R10)', async () => {
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

test('--insecure works as it did in the original', async () => {
  const here = await Installation.start(binaries);
  await here.operator({ flags: ['-insecure'], environment: { VC_CA_FILE: undefined } });
  await here.apply('web', {});
  await here.untilRunning('web', 1);
});
