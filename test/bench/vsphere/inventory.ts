/** An inventory that a generated stream fills: its memory, the time and CPU to load it, and the cost of changes. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { median, percentile } from './figures';
import type { ChangedMessage, LoadedMessage } from './inventory-child';
import { startUpdateServer } from './update-server';

export interface InventoryFigures {
  readonly machines: number;
  readonly loadMs: number;
  readonly loadCpuMs: number;
  /** Heap of the inventory per machine, without names. */
  readonly bytesPerMachine: number;
  readonly cpuMsPer1000Changes: number;
  readonly latencyMs: { readonly median: number; readonly p99: number };
}

type Message = LoadedMessage | ChangedMessage | { readonly kind: 'Armed' };

/** Machines of the warm-up. Memory that the program needs anyway must not count as memory of machines. */
const WARM_MACHINES = 100;

export async function benchInventory(machines: number): Promise<InventoryFigures> {
  const [server, small] = await Promise.all([startUpdateServer(machines), startUpdateServer(WARM_MACHINES)]);
  const child = fork(
    path.join(__dirname, 'inventory-child.ts'),
    [small, server].flatMap(({ port, fingerprint, machines }) => [String(port), fingerprint, String(machines)]),
    { execArgv: ['--expose-gc', '--import', 'tsx'] },
  );
  try {
    const loaded = await next(child, 'Loaded');
    const changed = async (batches: number, each: number): Promise<ChangedMessage> => {
      const armed = next(child, 'Armed');
      child.send({ changes: batches * each });
      await armed;
      const end = next(child, 'Changed');
      for (let batch = 0; batch < batches; batch += 1) {
        server.change(each);
        // One answer per batch. The next batch starts when this one was read.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return end;
    };
    await changed(20, 50);
    const many = await changed(20, 50);
    const single: number[] = [];
    for (let turn = 0; turn < 200; turn += 1) single.push(...(await changed(1, 1)).latencyMs);
    return {
      machines,
      loadMs: loaded.ms,
      loadCpuMs: loaded.cpuMs,
      bytesPerMachine: (loaded.heapBytes - loaded.nameBytes) / machines,
      cpuMsPer1000Changes: many.cpuMs,
      latencyMs: { median: median(single), p99: percentile(single, 0.99) },
    };
  } finally {
    child.disconnect();
    server.close();
    small.close();
  }
}

function next<K extends Message['kind']>(child: ChildProcess, kind: K): Promise<Extract<Message, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the measured process ended with ${code}`));
    const onMessage = (message: unknown) => {
      if ((message as Message).kind !== kind) return;
      child.off('message', onMessage).off('exit', onExit);
      resolve(message as Extract<Message, { kind: K }>);
    };
    child.on('message', onMessage).on('exit', onExit);
  });
}
