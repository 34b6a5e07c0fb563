import { spawn } from 'node:child_process';
import { request } from 'node:http';
import path from 'node:path';
import { type Clock, deadline, sleep, systemClock } from '../../../src/time/clock';
import { SandboxError } from '../sandbox-error';
import { endChild, hasEnded } from './child-answer';
import { freePort } from './free-port';
import type { LeashReport } from './leash.mts';
import { LineLog } from './line-log';
import type { Vcsim } from './vcsim';

export interface OperatorOptions {
  /** The built program. Default: lib/vm-operator.js of this checkout. */
  readonly program?: string;
  /** Kubeconfig file that it uses. */
  readonly kubeconfig: string;
  readonly vcsim: Pick<Vcsim, 'host' | 'user' | 'password' | 'caFile'>;
  /** Of Node.js. Default: none. */
  readonly nodeFlags?: readonly string[];
  /** Flags of `run`, in addition to the two addresses. */
  readonly flags?: readonly string[];
  /** Added to the default environment. It may replace a variable, or remove it with the value undefined. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** The operator as a process. */
export interface OperatorProcess {
  readonly processId: number;
  /** Such as http://127.0.0.1:8081, with /healthz and /readyz. */
  readonly probesUrl: string;
  readonly metricsUrl: string;
  /** Its log: standard output and standard error. */
  readonly log: LineLog;
  /** Resolves when it has ended, with "exit code 1" or "SIGKILL" or such. */
  readonly ended: Promise<string>;
  /** Resolves when GET /readyz is 200. Rejects with ProcessEnded or NotInTime and the log. */
  ready(timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** SIGTERM, and later SIGKILL if it still runs. Resolves with how it ended. */
  stop(): Promise<string>;
  /** SIGKILL. Resolves when it has ended. */
  kill(): Promise<string>;
}

export const OPERATOR_PROGRAM = path.join(__dirname, '..', '..', '..', 'lib', 'vm-operator.js');
const READY_POLL_MS = 100;
const STOP_GRACE_MS = 12_000;

/**
 * Starts `vm-operator run` with the account of the simulator and the given kubeconfig. It gets no other credentials from
 * the environment of this process. It ends with this process, even if this process is killed.
 * Resolves when the process runs; `ready` resolves when it works.
 */
export async function startOperator(options: OperatorOptions, signal: AbortSignal): Promise<OperatorProcess> {
  signal.throwIfAborted();
  const clock = options.clock ?? systemClock;
  const [metrics, probes] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const log = new LineLog();
  const command = [
    process.execPath,
    ...(options.nodeFlags ?? []),
    options.program ?? OPERATOR_PROGRAM,
    'run',
    ...['--metrics-bind-address', metrics, '--health-probe-bind-address', probes],
    ...(options.flags ?? []),
  ];
  const leash = spawn(process.execPath, [path.join(__dirname, 'leash.mts'), ...command], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    env: operatorEnvironment(options),
  });
  for (const stream of [leash.stdout, leash.stderr]) if (stream !== null) log.follow(stream);
  let how = 'the end of its leash';
  const started = new Promise<number>((resolve, reject) => {
    leash.on('message', (message) => {
      const report = message as LeashReport;
      switch (report.kind) {
        case 'Started':
          resolve(report.processId);
          break;
        case 'Ended':
          how = report.signal ?? `exit code ${report.exitCode}`;
          break;
        case 'NotStarted':
          reject(new SandboxError('ProgramMissing', `the operator cannot be started: ${report.message}`));
          break;
      }
    });
    leash.once('exit', () => reject(new SandboxError('ProcessEnded', `the operator did not start:\n${log.last(15)}`)));
  });
  const ended = hasEnded(leash).then(() => how);
  const send = (name: NodeJS.Signals) => {
    if (leash.connected) leash.send(name);
  };
  const end = (name: NodeJS.Signals) => endChild(leash, () => send(name), STOP_GRACE_MS, clock).then(() => ended);
  return {
    processId: await started,
    probesUrl: `http://${probes}`,
    metricsUrl: `http://${metrics}`,
    log,
    ended,
    ready: (timeoutMs, readySignal) =>
      becomeReady(`http://${probes}/readyz`, log, ended, clock, timeoutMs, readySignal),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function operatorEnvironment(options: OperatorOptions): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  const all: Record<string, string | undefined> = {
    PATH,
    HOME,
    TMPDIR,
    KUBECONFIG: options.kubeconfig,
    VC_HOST: options.vcsim.host,
    VC_USER: options.vcsim.user,
    VC_PASS: options.vcsim.password,
    VC_CA_FILE: options.vcsim.caFile,
    ...options.environment,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

async function becomeReady(
  url: string,
  log: LineLog,
  ended: Promise<string>,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  let answer = 'nothing';
  const limit = deadline(
    clock,
    timeoutMs,
    signal,
    () =>
      new SandboxError(
        'NotInTime',
        `the operator was not ready after ${timeoutMs / 1_000} s; ${url} answered ${answer}; its last lines:\n${log.last(15)}`,
      ),
  );
  const over = new AbortController();
  void ended.then((how) =>
    over.abort(
      new SandboxError('ProcessEnded', `the operator ended with ${how} before it was ready:\n${log.last(15)}`),
    ),
  );
  const stop = AbortSignal.any([limit.signal, over.signal]);
  try {
    for (;;) {
      answer = await answerOf(url, stop);
      if (answer === '200') return;
      await sleep(clock, READY_POLL_MS, stop);
    }
  } finally {
    limit.done();
  }
}

/** The HTTP status, or the message of the error. */
function answerOf(url: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(url, { signal, agent: false }, (answer) => {
      answer.resume();
      resolve(String(answer.statusCode));
    });
    call.once('error', (error) => {
      if (signal.aborted) reject(signal.reason);
      else resolve(error.message);
    });
    call.end();
  });
}
