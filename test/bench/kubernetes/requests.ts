import { printTable, type Row } from '../table';
import { type Run, runContender } from './run-contender';
import type { WatchedProcess } from './server-cpu';

/** GETs one after the other, and 16 at a time, by both clients. */
export async function benchRequests(
  title: string,
  server: { readonly kubeconfig: string; readonly processes: readonly WatchedProcess[] },
  groups: number,
): Promise<void> {
  const rows: Row[] = [];
  const lines: string[] = [];
  for (const [task, how] of [
    ['requests', 'one after the other'],
    ['parallel-requests', '16 at a time'],
  ] as const) {
    const run = (contender: 'ours' | 'client-node') =>
      runContender({ contender, task, kubeconfig: server.kubeconfig, groups }, server.processes);
    // One client after the other, so that a machine that becomes slower does so for both.
    const both = { ours: await run('ours'), other: await run('client-node') };
    const row = (what: string, of: (run: Run) => number, unit: string, better: Row['better']) =>
      rows.push({ what: `${how}: ${what}`, ours: of(both.ours), other: of(both.other), unit, better });
    row('rate', rateOf, '/s', 'More');
    row('CPU of the client per GET', (of) => (of.cpuMs * 1000) / of.count, 'µs', 'Less');
    row('CPU of the servers per GET', (of) => (serverMs(of) * 1000) / of.count, 'µs', 'Less');
    row('CPU of both per GET', (of) => ((of.cpuMs + serverMs(of)) * 1000) / of.count, 'µs', 'Less');
    lines.push(`${how}, ours: ${shares(both.ours)}`, `${how}, client-node: ${shares(both.other)}`);
    if (task === 'requests') lines.push(boundOf(both.ours, both.other));
  }
  printTable(title, 'client-node', rows);
  process.stdout.write(
    `use of the processors during the measurement (1.00 is one processor)\n  ${lines.join('\n  ')}\n\n`,
  );
}

function rateOf(run: Run): number {
  return run.count / (run.tookMs / 1000);
}

/** With one request at a time the work of client and server never overlaps, so the limit for a client is known. */
function boundOf(ours: Run, other: Run): string {
  const bound = ours.count / ((ours.tookMs - ours.cpuMs) / 1000);
  const ratio = (bound / rateOf(other)).toFixed(1);
  return `one after the other, limit for a client that needs no time: ${Math.round(bound)} /s, ${ratio}× client-node`;
}

function serverMs(run: Run): number {
  return run.servers.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

function shares(run: Run): string {
  const others = { name: 'all others', cpuMs: Math.max(0, run.machineMs - run.cpuMs - serverMs(run)) };
  return [{ name: 'client', cpuMs: run.cpuMs }, ...run.servers, others]
    .map(({ name, cpuMs }) => `${name} ${(cpuMs / run.tookMs).toFixed(2)}`)
    .join(', ');
}
