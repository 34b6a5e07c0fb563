/**
 * The process that is measured: one connection whose inventory the parent's server fills. Started with --expose-gc.
 * Arguments: port, fingerprint, machines. Messages: Loaded, then Changed after each batch of changes that was ordered.
 */

import { systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { connectVCenter, staticCredentials } from '../../../src/vsphere';

export interface LoadedMessage {
  readonly kind: 'Loaded';
  readonly ms: number;
  readonly cpuMs: number;
  readonly heapBytes: number;
  readonly nameBytes: number;
  readonly machines: number;
}

export interface ChangedMessage {
  readonly kind: 'Changed';
  readonly cpuMs: number;
  /** From right before the answer's last byte was written to the typed change in a listener. */
  readonly latencyMs: readonly number[];
}

const [port = '', fingerprint = '', expected = ''] = process.argv.slice(2);

/** Far beyond the edits of views that follow a sync. */
const SETTLED_MS = 1_000;

function heapBytes(): number {
  // Twice: what the first finds dead may hold on to more.
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const connection = connectVCenter({
  server: { host: '127.0.0.1', port: Number(port) },
  trust: { fingerprints: [fingerprint] },
  credentials: staticCredentials({ userName: 'u', password: 'p' }),
  watchedExtraConfigKeys: ['codeconnect.uid'],
  clock: systemClock,
  random: seededRandom(1),
});

const before = { heap: heapBytes(), cpu: cpuMs(), ms: systemClock.monotonicMs() };
let latencyMs: number[] = [];
let awaited = Number.POSITIVE_INFINITY;
let startCpuMs = 0;

connection.onInventoryChange(({ after }) => {
  const sent = /^at-(\d+)-/.exec(after?.name ?? '')?.[1];
  if (sent === undefined) return;
  latencyMs.push(Number(process.hrtime.bigint() - BigInt(sent)) / 1e6);
  if (latencyMs.length < awaited) return;
  process.send?.({ kind: 'Changed', cpuMs: cpuMs() - startCpuMs, latencyMs } satisfies ChangedMessage);
});
connection.onStatus((status) => {
  if (status.kind !== 'Ready') return;
  const loaded = { ms: systemClock.monotonicMs() - before.ms, cpuMs: cpuMs() - before.cpu };
  // Not in the middle of the last answer: what is measured is what stays.
  systemClock.setTimer(SETTLED_MS, () => tellLoaded(loaded));
});

function tellLoaded(loaded: { readonly ms: number; readonly cpuMs: number }): void {
  const machines = [...connection.inventory.virtualMachines()];
  if (machines.length !== Number(expected)) throw new Error(`${machines.length} machines of ${expected}`);
  const nameBytes = machines.reduce((sum, { name }) => sum + name.length, 0);
  machines.length = 0;
  const message: LoadedMessage = {
    kind: 'Loaded',
    ...loaded,
    heapBytes: heapBytes() - before.heap,
    nameBytes,
    machines: Number(expected),
  };
  process.send?.(message);
}
process.on('message', ({ changes }: { readonly changes: number }) => {
  latencyMs = [];
  awaited = changes;
  startCpuMs = cpuMs();
  process.send?.({ kind: 'Armed' });
});
process.on('disconnect', () => process.exit(0));
void connection.run(new AbortController().signal);
