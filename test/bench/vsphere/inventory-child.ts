/**
 * The process that is measured: one connection, whose inventory a server in the parent process fills. It is started with
 * --expose-gc. Arguments: port, fingerprint and number of machines, first of a small server for a warm-up, then of the
 * server that counts. Messages: Loaded, and then Changed after each batch of changes.
 */

import { systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { connectVCenter, staticCredentials, type VCenterConnection } from '../../../src/vsphere';

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
  /** From before the last byte of the answer was written, until a listener gets the typed change. */
  readonly latencyMs: readonly number[];
}

const [smallPort = '', smallFingerprint = '', , port = '', fingerprint = '', expected = ''] = process.argv.slice(2);

/** Longer than the edits of views after a sync. */
const QUIET_MS = 1_000;

function heapBytes(): number {
  // Twice, because objects that the first collection frees may hold others.
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function connect(toPort: string, itsFingerprint: string): VCenterConnection {
  return connectVCenter({
    server: { host: '127.0.0.1', port: Number(toPort) },
    trust: { fingerprints: [itsFingerprint] },
    credentials: staticCredentials({ userName: 'u', password: 'p' }),
    watchedExtraConfigKeys: ['codeconnect.uid'],
    clock: systemClock,
    random: seededRandom(1),
  });
}

/** Connects and syncs once, so that the code is loaded and compiled before the measurement. */
async function warmUp(): Promise<void> {
  const stopping = new AbortController();
  const connection = connect(smallPort, smallFingerprint);
  connection.onStatus(({ kind }) => {
    if (kind === 'Ready') systemClock.setTimer(QUIET_MS, () => stopping.abort());
  });
  await connection.run(stopping.signal);
}

let latencyMs: number[] = [];
let awaited = Number.POSITIVE_INFINITY;
let startCpuMs = 0;

function sendLoaded(
  connection: VCenterConnection,
  emptyHeapBytes: number,
  loaded: { readonly ms: number; readonly cpuMs: number },
): void {
  const machines = [...connection.inventory.virtualMachines()];
  if (machines.length !== Number(expected)) throw new Error(`${machines.length} machines of ${expected}`);
  const nameBytes = machines.reduce((sum, { name }) => sum + name.length, 0);
  machines.length = 0;
  const message: LoadedMessage = {
    kind: 'Loaded',
    ...loaded,
    heapBytes: heapBytes() - emptyHeapBytes,
    nameBytes,
    machines: Number(expected),
  };
  process.send?.(message);
}
async function main(): Promise<void> {
  await warmUp();
  const connection = connect(port, fingerprint);
  const before = { heap: heapBytes(), cpu: cpuMs(), ms: systemClock.monotonicMs() };
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
    // Later, because memory of the last answer must not count.
    systemClock.setTimer(QUIET_MS, () => sendLoaded(connection, before.heap, loaded));
  });

  await connection.run(new AbortController().signal);
}

process.on('message', ({ changes }: { readonly changes: number }) => {
  latencyMs = [];
  awaited = changes;
  startCpuMs = cpuMs();
  process.send?.({ kind: 'Armed' });
});
process.on('disconnect', () => process.exit(0));
void main();
