import { readdir, readFile } from 'node:fs/promises';

export interface RunningProcess {
  readonly processId: number;
  readonly commandLine: readonly string[];
}

/** The first process whose command line fits. Linux only. */
export async function findProcess(
  isIt: (commandLine: readonly string[]) => boolean,
): Promise<RunningProcess | undefined> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const text = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    const commandLine = text.split('\0').filter((word) => word !== '');
    if (isIt(commandLine)) return { processId: Number(entry), commandLine };
  }
  return undefined;
}

/** The kube-apiserver at a URL, found by its port. */
export function findApiServer(url: string): Promise<RunningProcess | undefined> {
  const port = `--secure-port=${new URL(url).port}`;
  return findProcess((line) => line[0]?.endsWith('kube-apiserver') === true && line.includes(port));
}
