/**
 * `npm run bench -- vcenters`: what is promised of several vCenters, measured with four simulators. A figure that breaks its
 * promise is marked, and the exit code is 1 then. BENCH_GROUPS is the number of groups per vCenter (default 50), BENCH_PARTS
 * names what is measured (default idle,hanging,take-over).
 */
import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../src/time/clock';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { openTcpGate, type TcpGate, targetOf } from '../../envtest/proxies/tcp-gate';
import { fillFleet, measureIdle } from './fleet';
import { measureHanging } from './hanging';
import { measureTakeOver } from './take-over';
import { World } from './world';

const SITES = ['one', 'two', 'three', 'four'];
const SIZE = { groups: Number(process.env.BENCH_GROUPS ?? 50), replicas: 10 };
const PARTS = (process.env.BENCH_PARTS ?? 'idle,hanging,take-over').split(',');
const forever = new AbortController().signal;

export async function benchVCenters(): Promise<void> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  const world = await World.start(binaries);
  const gates: TcpGate[] = [];
  try {
    for (const name of SITES)
      await world.addSite(name, {}, async ({ url, caFile }) => {
        const gate = await openTcpGate(targetOf(url));
        gates.push(gate);
        const caBundle = await readFile(caFile, 'utf8');
        return { endpoint: { host: '127.0.0.1', port: gate.port }, tls: { caBundle } };
      });
    const [, , , last] = gates;
    if (last === undefined) throw new Error('no gates');
    const operator = await world.operator();
    await world.untilConnected();
    await fillFleet(world, SIZE);
    const kept: boolean[] = [];
    if (PARTS.includes('idle')) kept.push(await measureIdle(world, operator));
    if (PARTS.includes('hanging')) kept.push(await measureHanging(world, last, SIZE));
    await operator.stop();
    if (PARTS.includes('take-over')) kept.push(await measureTakeOver(world));
    if (kept.includes(false)) process.exitCode = 1;
  } finally {
    await world.stop();
    for (const gate of gates) await gate.close();
  }
}
