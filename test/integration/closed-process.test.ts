/** What a signal or a bug makes the real process tell of itself (R10). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { imageNodeFlags } from '../envtest/real-parts';
import { buildIfDue } from './command';
import { Installation } from './installation';

const binaries = inject('binaries');
beforeAll(buildIfDue);

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-signal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('SIGUSR1 opens no debugger in an operator that is started by its program', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.operator();
  process.kill(operator.processId, 'SIGUSR1');
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  expect((await fetch(`${operator.probesUrl}/readyz`)).status).toBe(200);
  expect(operator.log.all().join('\n')).not.toContain('Debugger');
});

test('the flags of the image leave no debugger to open, not even before our code runs', async () => {
  const script = "console.log('started'); setTimeout(() => console.log('done'), 1_000)";
  const told = async (...withFlags: string[]) => {
    const child = spawn(process.execPath, [...withFlags, '--inspect-port=0', '-e', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk));
    await once(child.stdout, 'data');
    child.kill('SIGUSR1');
    await once(child, 'close');
    return text;
  };
  expect(await told(...imageNodeFlags())).toBe('started\ndone\n');
  // It is the flag that does it.
  expect(await told()).toContain('Debugger listening');
});

test('R10: a process that ends by a bug logs the message and the place, and writes no file', async () => {
  const folder = await aFolder();
  const bug = path.join(folder, 'bug.cjs');
  const thrown = "Object.assign(new Error('a mistake'), { request: { headers: 'password of nobody' } })";
  await writeFile(bug, `process.on('SIGUSR2', () => setImmediate(() => { throw ${thrown}; }));`);
  const here = await Installation.start(binaries);
  const operator = await here.operator({ environment: { NODE_OPTIONS: `--require=${bug}` } });
  const before = await readdir('.');
  process.kill(operator.processId, 'SIGUSR2');
  expect(await operator.ended).toBe('exit code 1');
  const log = operator.log.all();
  expect(JSON.parse(log.at(-1) ?? '')).toMatchObject({
    level: 'error',
    msg: 'uncaught exception, this is a bug',
    error: 'a mistake',
    at: expect.arrayContaining([expect.stringContaining('bug.cjs')]),
  });
  expect(log.join('\n')).not.toContain('password of nobody');
  expect(await readdir('.')).toEqual(before);
});

test('R10: a diagnostic report that an administrator asks for does not hold the environment', async () => {
  const folder = await aFolder();
  const here = await Installation.start(binaries);
  const operator = await here.operator({
    environment: { NODE_OPTIONS: `--report-on-signal --report-directory=${folder}`, PASSWORD: 'password of nobody' },
  });
  process.kill(operator.processId, 'SIGUSR2');
  const reports = async () =>
    (await readdir(folder)).filter((name) => name.startsWith('report.') && name.includes(`.${operator.processId}.`));
  const read = async () => readFile(path.join(folder, (await reports())[0] ?? ''), 'utf8').catch(() => '');
  await here.until('a whole report', async () => ((await read()).trimEnd().endsWith('}') ? [] : ['not yet']));
  expect(await read()).not.toContain('password of nobody');
});
