import { spawn } from 'node:child_process';
import { type Clock, systemClock } from '../../../src/time/clock';
import type { Binaries } from '../binaries/find-binaries';
import { ADMINISTRATOR, type StrictOptions, strictFlag } from '../strict-vcenter/strict-options';
import { endChild, firstLine, hasEnded } from './child-answer';
import { LineLog } from './line-log';

export interface VcsimOptions {
  /** The only account that may log in. Default: SIMULATOR_ACCOUNT. */
  readonly user?: string;
  readonly password?: string;
  /** Address in the form 127.0.0.1:PORT, to start again at the same address. Default: a free port. */
  readonly listen?: string;
  /** Default: vcqaDC. */
  readonly datacenter?: string;
  /** Folder below the datacenter's VM folder; empty makes none. Default: vm-operator. */
  readonly folder?: string;
  /** Template in that folder; empty makes none. Default: vm-operator-template. */
  readonly template?: string;
  /**
   * Delays by method (CloneVM_Task) or task name (CloneVm, PowerOn, PowerOff, Destroy), such as { CloneVm: 1000 }.
   * LockHandoff 0 is added, so that a slow task blocks no reader.
   */
  readonly delaysMs?: Readonly<Record<string, number>>;
  /** File for every SOAP message after the start. It contains passwords. */
  readonly traceFile?: string;
  /** Number of foreign virtual machines. Default: 0. */
  readonly machines?: number;
  /** Default: 1. */
  readonly clusters?: number;
  /** Default: 1. */
  readonly datastores?: number;
  /** Datastore clusters, which start empty. Default 0. */
  readonly pods?: number;
  /** As strict and as secretive as vCenter, see test/envtest/strict-vcenter; Off: as released. Default: all rules. */
  readonly strict?: StrictOptions | 'Off';
  readonly clock?: Clock;
}

/** A running vCenter simulator on 127.0.0.1. */
export interface Vcsim {
  /** Such as https://127.0.0.1:8989/sdk. */
  readonly url: string;
  /** Value for VC_HOST, such as 127.0.0.1:8989. */
  readonly host: string;
  /** File with its certificate, for VC_CA_FILE. It is removed with the simulator. */
  readonly caFile: string;
  readonly user: string;
  readonly password: string;
  /** Account that may do everything, with the same password. */
  readonly administrator: string;
  readonly traceFile?: string;
  /** Its standard error. */
  readonly log: LineLog;
  /** Resolves when it has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Ends it and removes its files. Its inventory is lost. May be called more than once. */
  stop(): Promise<void>;
}

export const SIMULATOR_ACCOUNT = { user: 'operator@vsphere.local', password: 'only-for-the-simulator' } as const;

/** As the default of the flag -datacenter. */
const DATACENTER = 'vcqaDC';
const START_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 3_000;
const CRASH_LINES = 60;

/**
 * Starts a simulator, which takes less than a second. It ends with this process, even if this process is killed.
 * Rejects with ProcessEnded or NotInTime and its output, or with the reason of the signal.
 */
export async function startVcsim(
  binaries: Pick<Binaries, 'vcsim'>,
  options: VcsimOptions,
  signal: AbortSignal,
): Promise<Vcsim> {
  const clock = options.clock ?? systemClock;
  const user = options.user ?? SIMULATOR_ACCOUNT.user;
  const password = options.password ?? SIMULATOR_ACCOUNT.password;
  const log = new LineLog();
  const child = spawn(binaries.vcsim, [...flagsOf(options), '-username', user, '-password', password], {
    // It ends when its standard input ends. For its own process group see startApiServer.
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  log.follow(child.stderr);
  child.stdin.on('error', () => undefined);
  const ended = hasEnded(child);
  let stopped: Promise<void> | undefined;
  child.once('close', (code, by) => {
    if (stopped === undefined) process.stderr.write(`vcsim ended by itself with ${code ?? by}:\n${crashOf(log)}\n`);
  });
  const stop = () => {
    stopped ??= endChild(child, () => child.kill('SIGTERM'), STOP_GRACE_MS, clock);
    return stopped;
  };
  try {
    const line = await firstLine(child, 'vcsim', log, clock, START_TIMEOUT_MS, signal);
    const { url, caFile }: { url: string; caFile: string } = JSON.parse(line);
    const { traceFile } = options;
    const host = new URL(url).host;
    const administrator = options.strict === 'Off' ? user : ADMINISTRATOR;
    const account = { user, password, administrator };
    return { url, host, caFile, ...account, ...(traceFile === undefined ? {} : { traceFile }), log, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A crash of a Go program opens with its cause, and the stack of the goroutine that it met. All others follow. */
function crashOf(log: LineLog): string {
  const lines = log.all();
  const start = lines.findIndex((line) => /^(panic|fatal error|unexpected fault|SIG[A-Z]+):?/.test(line));
  return (start < 0 ? lines.slice(-CRASH_LINES) : lines.slice(start, start + CRASH_LINES)).join('\n');
}

function flagsOf(options: VcsimOptions): string[] {
  const flags: string[] = [];
  const add = (flag: string, value: string | number | undefined) => {
    if (value !== undefined) flags.push(`-${flag}`, String(value));
  };
  add('listen', options.listen);
  add('datacenter', options.datacenter);
  add('folder', options.folder);
  add('template', options.template);
  add('trace-file', options.traceFile);
  add('machines', options.machines);
  add('clusters', options.clusters);
  add('datastores', options.datastores);
  add('pods', options.pods);
  if (options.strict !== 'Off') add('strict', strictFlag(options.strict ?? {}, options.datacenter ?? DATACENTER));
  if (options.delaysMs !== undefined) {
    const delays = { LockHandoff: 0, ...options.delaysMs };
    add(
      'method-delay',
      Object.entries(delays)
        .map(([name, ms]) => `${name}:${ms}`)
        .join(','),
    );
  }
  return flags;
}
