import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from './binaries/lock';
import { startOperator } from './real-parts';

/** A program that serves its probe address. `--stubborn` ignores SIGTERM, `--broken` ends at once. */
const PROGRAM = `
const at = process.argv.indexOf('--health-probe-bind-address');
console.log('settings', process.env.VC_HOST, process.env.VC_FOLDER, process.env.NOT_FOR_IT);
if (process.argv.includes('--broken')) { console.error('no such flag'); process.exit(2); }
process.on('SIGTERM', () => { if (!process.argv.includes('--stubborn')) process.exit(0); });
const port = process.argv[at + 1]?.split(':')[1] ?? 0;
require('node:http').createServer((request, response) => response.end()).listen(port, '127.0.0.1');
`;
const never = new AbortController().signal;
const vcsim = { host: '127.0.0.1:1', user: 'u', password: 'p', caFile: '/ca' };
const LEASH = path.join(__dirname, 'real-parts', 'leash.mts');

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-operator-'));
  program = path.join(folder, 'program.js');
  await writeFile(program, PROGRAM);
});
afterAll(() => rm(folder, { recursive: true }));

describe('startOperator', () => {
  test('is ready when /readyz answers 200, and stops at SIGTERM', async () => {
    process.env.NOT_FOR_IT = 'secret of the tests';
    const environment = { VC_FOLDER: 'my-folder' };
    const operator = await startOperator({ program, kubeconfig: '/k', vcsim, environment }, never);
    await operator.ready(10_000, never);
    expect(operator.log.all()).toEqual(['settings 127.0.0.1:1 my-folder undefined']);
    expect(await operator.stop()).toBe('exit code 0');
    expect(isAlive(operator.processId)).toBe(false);
  });

  test('fails with the last lines of the log if the program ends before it is ready', async () => {
    const operator = await startOperator({ program, kubeconfig: '/k', vcsim, flags: ['--broken'] }, never);
    await expect(operator.ready(10_000, never)).rejects.toMatchObject({
      code: 'ProcessEnded',
      message: expect.stringMatching(/ended with exit code 2 before it was ready:[\s\S]*no such flag/),
    });
  });

  test('kills with SIGKILL, and reports that', async () => {
    const operator = await startOperator({ program, kubeconfig: '/k', vcsim, flags: ['--stubborn'] }, never);
    expect(await operator.kill()).toBe('SIGKILL');
    expect(await operator.ended).toBe('SIGKILL');
    expect(isAlive(operator.processId)).toBe(false);
  });
});

test('the leash ends its program when its parent process has ended', async () => {
  const leash = spawn(process.execPath, [LEASH, process.execPath, program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [started] = await once(leash, 'message');
  expect(started).toMatchObject({ kind: 'Started' });
  // After its first line the program handles SIGTERM.
  if (leash.stdout !== null) await once(leash.stdout, 'data');
  leash.disconnect();
  await once(leash, 'exit');
  expect(isAlive(started.processId)).toBe(false);
});
