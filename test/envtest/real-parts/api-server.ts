import { spawn } from 'node:child_process';
import path from 'node:path';
import { type Clock, systemClock } from '../../../src/time/clock';
import type { Binaries } from '../binaries/find-binaries';
import { SandboxError } from '../sandbox-error';
import type { ApiServerAnswer, ApiServerOrder } from './api-server-keeper.mts';
import { endChild, firstLine, hasEnded, killGroup } from './child-answer';
import { LineLog } from './line-log';

export interface ApiServerOptions {
  /** Flags of kube-apiserver without the dashes: a value, several values, or null to remove a default flag. */
  readonly flags?: ApiServerOrder['flags'];
  readonly etcdFlags?: ApiServerOrder['etcdFlags'];
  /** Default: a free port. */
  readonly port?: number;
  readonly clock?: Clock;
}

/** A kube-apiserver with its own etcd, on 127.0.0.1. */
export interface ApiServer {
  /** Such as https://127.0.0.1:6443. */
  readonly url: string;
  /** File for kubectl and clients: the administrator, in the group system:masters. */
  readonly kubeconfig: string;
  /** The administrator's credentials as PEM texts. */
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
  /** A temporary folder, which is removed with the server. */
  readonly folder: string;
  /** Resolves when the servers have ended, by `stop` or by themselves. */
  readonly ended: Promise<void>;
  /** Ends both servers and removes their files. May be called more than once. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 180_000;
const STOP_GRACE_MS = 10_000;

/**
 * Starts both servers, which takes 3 to 5 s. They end with this process, even if it is killed.
 * Rejects with ProcessEnded or NotInTime and the output of the servers, or with the reason of the signal.
 */
export async function startApiServer(
  binaries: Pick<Binaries, 'kubeApiserver' | 'etcd'>,
  options: ApiServerOptions,
  signal: AbortSignal,
): Promise<ApiServer> {
  const clock = options.clock ?? systemClock;
  const log = new LineLog();
  // Its own process group: Ctrl-C in a terminal must not end the servers before the programs that use them.
  const keeper = spawn(process.execPath, [path.join(__dirname, 'api-server-keeper.mts')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  log.follow(keeper.stderr);
  const ended = hasEnded(keeper).then(() => killGroup(keeper));
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= endChild(keeper, () => keeper.stdin.end(), STOP_GRACE_MS, clock);
    return stopped;
  };
  try {
    const order: ApiServerOrder = {
      kubeApiserver: binaries.kubeApiserver,
      etcd: binaries.etcd,
      flags: options.flags ?? {},
      etcdFlags: options.etcdFlags ?? {},
      ...(options.port === undefined ? {} : { port: options.port }),
    };
    // The keeper may end before it reads; firstLine then rejects with the reason.
    keeper.stdin.on('error', () => undefined);
    keeper.stdin.write(`${JSON.stringify(order)}\n`);
    const line = await firstLine(keeper, 'kube-apiserver', log, clock, START_TIMEOUT_MS, signal);
    const answer: ApiServerAnswer = JSON.parse(line);
    if (answer.kind === 'Failed') throw new SandboxError('ProcessEnded', `kube-apiserver: ${answer.message}`);
    const { kind: _, ...server } = answer;
    return { ...server, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
