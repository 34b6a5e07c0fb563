/** `npm run bench -- vsphere`: decoding, calls, and a large inventory. */
import { printTable, type Row } from '../table';
import { benchCalls } from './calls';
import { benchDecode } from './decode';
import { benchInventory } from './inventory';

const LATENCY_GOAL_MS = 5;
const MEMORY_GOAL_BYTES = 1_536;

export async function benchVsphere(): Promise<void> {
  const decode = await benchDecode();
  const what = `decode 5,000 machines × 9 properties (${(decode.bytes / 2 ** 20).toFixed(1)} MiB)`;
  const decoded = (other: number): readonly Row[] => [{ what, ours: decode.oursMs, other, unit: 'ms', better: 'Less' }];
  if (decode.govmomiMs === undefined)
    process.stdout.write('SKIPPED: no Go on this machine, so no govmomi to compare with\n\n');
  else printTable('vsphere', 'govmomi', decoded(decode.govmomiMs));
  const calls = await benchCalls();
  printTable('vsphere', 'node-vsphere-soap', [
    ...decoded(decode.soapMs),
    { what: 'calls over one connection', ours: calls.ours, other: calls.soap, unit: '/s', better: 'More' },
  ]);
  for (const machines of [10_000, 50_000]) {
    const { loadMs, loadCpuMs, bytesPerMachine, cpuMsPer1000Changes, latencyMs } = await benchInventory(machines);
    const name = machines.toLocaleString('en');
    printTable(`inventory of ${name} machines`, 'goal', [
      {
        what: 'heap per machine without its name',
        ours: bytesPerMachine,
        other: MEMORY_GOAL_BYTES,
        unit: 'B',
        better: 'Less',
      },
      {
        what: 'last byte to typed change, median',
        ours: latencyMs.median,
        other: LATENCY_GOAL_MS,
        unit: 'ms',
        better: 'Less',
      },
      {
        what: 'last byte to typed change, 99 %',
        ours: latencyMs.p99,
        other: LATENCY_GOAL_MS,
        unit: 'ms',
        better: 'Less',
      },
    ]);
    const load = `load: ${loadMs.toFixed(0)} ms, ${loadCpuMs.toFixed(0)} ms of CPU`;
    process.stdout.write(`${load}; 1,000 change events: ${cpuMsPer1000Changes.toFixed(1)} ms of CPU\n\n`);
  }
}
