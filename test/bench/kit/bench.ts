/**
 * `npm run bench -- kit`: the time of a synth of many groups, the sizes of the package and of the bundled operator, and the
 * start time and memory of the operator.
 */
import { readFile, stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { sleep, systemClock } from '../../../src/time/clock';
import { installProduct } from '../../demo/show/install-product';
import { buildIsDue, buildProduct, REPOSITORY } from '../../demo/show/product';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { silentProgress } from '../../envtest/binaries/progress';
import { imageNodeFlags, OPERATOR_PROGRAM, startApiServer, startOperator, startVcsim } from '../../envtest/real-parts';
import { runToSuccess } from '../../envtest/run-command';
import { GROUPS, SYNTHS, synthMs } from './synth';

const STARTS = 5;
const REST_MS = 60_000;
const forever = new AbortController().signal;

export async function benchKit(): Promise<void> {
  if (await buildIsDue()) await buildProduct(forever);
  for (const [what, make] of SYNTHS)
    say(
      `synth of ${GROUPS} groups with ${what}`,
      `${seconds(Math.min(...[1, 2, 3].map(() => synthMs(make))))} (best of 3)`,
    );
  const packed = await runToSuccess(
    'npm',
    ['pack', '--dry-run', '--ignore-scripts', '--json'],
    { cwd: REPOSITORY },
    forever,
  );
  const [{ size, unpackedSize }]: [{ size: number; unpackedSize: number }] = JSON.parse(packed);
  say('package', `${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)}`);
  say('bundled operator', kilobytes((await stat(OPERATOR_PROGRAM)).size));
  await benchProcess();
}

async function benchProcess(): Promise<void> {
  const options = { environment: process.env, clock: systemClock, progress: silentProgress };
  const binaries = await findBinaries(options, forever);
  const server = await startApiServer(binaries, {}, forever);
  try {
    const vcsim = await startVcsim(binaries, { strict: 'Off' }, forever);
    try {
      const { operatorKubeconfig: kubeconfig } = await installProduct(server, vcsim, forever);
      const starts: number[] = [];
      for (let count = 1; count <= STARTS; count += 1) {
        const begin = performance.now();
        const operator = await startOperator({ kubeconfig, vcsim, nodeFlags: imageNodeFlags() }, forever);
        await operator.ready(30_000, forever);
        starts.push(performance.now() - begin);
        if (count === STARTS) {
          await sleep(systemClock, REST_MS, forever);
          say('operator, VmRSS a minute after it is ready', await residentMemory(operator.processId));
        }
        await operator.stop();
      }
      starts.sort((one, other) => one - other);
      say(
        'operator, start to ready',
        `median ${seconds(starts[Math.floor(STARTS / 2)] ?? 0)}, worst ${seconds(starts.at(-1) ?? 0)}`,
      );
    } finally {
      await vcsim.stop();
    }
  } finally {
    await server.stop();
  }
}

async function residentMemory(processId: number): Promise<string> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return `${(kibibytes / 1024).toFixed(0)} MiB`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

function say(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(46)} ${figure}\n`);
}
