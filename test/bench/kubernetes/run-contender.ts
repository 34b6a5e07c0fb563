import { spawn } from 'node:child_process';
import path from 'node:path';
import type { ContenderMessage, Measured, Order } from './contender';
import { cpuMsOf, machineCpuMs, type WatchedProcess } from './server-cpu';

/** CPU time of a server's process while a contender was measured. */
export interface ServerCpu {
  readonly name: string;
  readonly cpuMs: number;
}

export interface Run extends Measured {
  readonly servers: readonly ServerCpu[];
  /** CPU time of the whole machine during the measurement, including other programs. */
  readonly machineMs: number;
}

/** Runs one contender in a separate process, so that memory and CPU are its own. `changeGroups` changes CHANGES groups. */
export function runContender(
  order: Order,
  servers: readonly WatchedProcess[],
  changeGroups: () => Promise<void> = async () => {},
): Promise<Run> {
  process.stderr.write(`measuring ${order.contender}: ${order.task}\n`);
  const file = path.join(__dirname, 'contender.ts');
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', file, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, KUBECONFIG: order.kubeconfig },
  });
  const machine = { name: 'machine', cpuMs: machineCpuMs };
  const watched = [...servers.map((server) => ({ name: server.name, cpuMs: () => cpuMsOf(server) })), machine];
  const read = () => watched.map(({ name, cpuMs }) => ({ name, cpuMs: cpuMs() }));
  let [before, after] = [read(), read()];
  return new Promise((resolve, reject) => {
    child.on('message', (message: ContenderMessage) => {
      switch (message) {
        case 'Begins':
          before = read();
          break;
        case 'Ends':
          after = read();
          break;
        case 'ChangeGroups':
          changeGroups().catch((error: unknown) => {
            child.kill();
            reject(error);
          });
      }
    });
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('close', (code) => {
      if (code !== 0) {
        reject(new Error(`${order.contender}, ${order.task}: exit code ${code}`));
        return;
      }
      const used = after.map(({ name, cpuMs }, index) => ({ name, cpuMs: cpuMs - (before[index]?.cpuMs ?? 0) }));
      const machineMs = used.pop()?.cpuMs ?? 0;
      resolve({ ...(JSON.parse(text) as Measured), servers: used, machineMs });
    });
  });
}
