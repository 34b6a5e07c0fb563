import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { findApiServer, findProcess } from '../../envtest/proxies/find-process';

/** A process whose CPU time is shown beside that of the client. */
export interface WatchedProcess {
  readonly name: string;
  readonly processId: number;
}

/** kube-apiserver and its etcd. */
export async function processesOf(url: string): Promise<readonly WatchedProcess[]> {
  const server = await findApiServer(url);
  const option = '--etcd-servers=';
  const etcdUrl = server?.commandLine.find((word) => word.startsWith(option))?.slice(option.length);
  const etcd = await findProcess((line) => line.includes(`--listen-client-urls=${etcdUrl}`));
  if (server === undefined || etcd === undefined) throw new Error(`the servers behind ${url} were not found`);
  return [
    { name: 'kube-apiserver', processId: server.processId },
    { name: 'etcd', processId: etcd.processId },
  ];
}

/** CPU time since its start, in steps of 10 ms (proc(5): utime and stime, in USER_HZ). */
export function cpuMsOf({ processId }: WatchedProcess): number {
  // The name in brackets may contain any characters, so the fields are counted after it.
  const fields = readFileSync(`/proc/${processId}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** CPU time of the whole machine, of all programs. */
export function machineCpuMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
