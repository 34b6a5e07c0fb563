import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { sleep, systemClock } from '../../../src/time/clock';
import { SandboxError } from '../sandbox-error';
import type { ApiServer } from './api-server';
import { endChild, hasEnded } from './child-answer';
import { freePort } from './free-port';
import { LineLog } from './line-log';

/** A controller of kube-controller-manager, as its flag --controllers names it. */
export type KubeController =
  | 'namespace-controller'
  | 'garbage-collector-controller'
  | 'resourcequota-controller'
  | 'horizontal-pod-autoscaler-controller';

export interface ControllerManagerOptions {
  /** Path of the program. */
  readonly program: string;
  readonly server: Pick<ApiServer, 'kubeconfig' | 'folder'>;
  /** These run, and no other. They learn of a new CRD within half a minute, of those there at once. */
  readonly controllers: readonly KubeController[];
  /** More flags, such as --horizontal-pod-autoscaler-sync-period=1s. */
  readonly flags?: readonly string[];
}

/** A running kube-controller-manager. */
export interface ControllerManager {
  /** Its standard error. */
  readonly log: LineLog;
  stop(): Promise<void>;
}

/** The account that it has in a cluster. Each controller then takes a ServiceAccount of its own, with the rights of that. */
const ACCOUNT = 'system:kube-controller-manager';
const READY_POLL_MS = 100;
const START_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 5_000;

/**
 * Starts kube-controller-manager with the rights that its controllers have in a cluster, without leader election. It ends
 * with this process, even if this process is killed. Resolves when it is healthy, which takes some seconds. Rejects with
 * ProcessEnded and its output, or with the reason of the signal.
 */
export async function startControllerManager(
  { program, server, controllers, flags = [] }: ControllerManagerOptions,
  signal: AbortSignal,
): Promise<ControllerManager> {
  const folder = await mkdtemp(path.join(server.folder, 'kube-controller-manager-'));
  const kubeconfig = await kubeconfigOf(server.kubeconfig, folder);
  const port = await freePort();
  const command = [
    program,
    `--kubeconfig=${kubeconfig}`,
    `--controllers=${controllers.join()}`,
    '--use-service-account-credentials',
    '--leader-elect=false',
    ...['--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${folder}`],
    ...flags,
  ];
  const log = new LineLog();
  // For its own process group see startApiServer.
  const leash = spawn(process.execPath, [path.join(__dirname, 'leash.mts'), ...command], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  for (const stream of [leash.stdout, leash.stderr]) if (stream !== null) log.follow(stream);
  let isOver = false;
  void hasEnded(leash).then(() => {
    isOver = true;
  });
  const end = () => {
    if (leash.connected) leash.send('SIGTERM');
  };
  const stop = () => endChild(leash, end, STOP_GRACE_MS, systemClock);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
    while (!(await isHealthy(port, limit))) {
      if (isOver)
        throw new SandboxError('ProcessEnded', `kube-controller-manager ended before it was healthy:\n${log.last(15)}`);
      await sleep(systemClock, READY_POLL_MS, limit);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { log, stop };
}

/** The administrator's, who acts as that account. */
async function kubeconfigOf(administrators: string, folder: string): Promise<string> {
  const config: { users: { user: object }[] } = parse(await readFile(administrators, 'utf8'));
  const users = config.users.map((entry) => ({ ...entry, user: { ...entry.user, as: ACCOUNT } }));
  const file = path.join(folder, 'kubeconfig');
  await writeFile(file, stringify({ ...config, users }), { mode: 0o600 });
  return file;
}

/** Anybody may ask that. Its certificate is of its own making. */
function isHealthy(port: number, signal: AbortSignal): Promise<boolean> {
  const options = {
    host: '127.0.0.1',
    port,
    path: '/healthz',
    rejectUnauthorized: false,
    agent: false as const,
    signal,
  };
  return new Promise((resolve, reject) => {
    const call = request(options, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    call.once('error', () => (signal.aborted ? reject(signal.reason) : resolve(false)));
    call.end();
  });
}
