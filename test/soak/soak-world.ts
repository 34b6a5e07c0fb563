/** The real parts of a soak, and its two operators. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../src/time/clock';
import { type Installed, installProduct } from '../demo/show/install-product';
import { buildProduct } from '../demo/show/product';
import { findBinaries } from '../envtest/binaries/find-binaries';
import { printedProgress } from '../envtest/binaries/progress';
import { restartable } from '../envtest/proxies/api-server-restart';
import type { RestartableProcess } from '../envtest/proxies/process-restart';
import { startVCenterProxy, type VCenterProxy } from '../envtest/proxies/vcenter-proxy';
import {
  type ApiServer,
  adminRequest,
  imageNodeFlags,
  type OperatorProcess,
  openVCenterWindow,
  startApiServer,
  startOperator,
  startVcsim,
  type VCenterWindow,
  type Vcsim,
} from '../envtest/real-parts';

/** Debian's package libfaketime. Without it the clock of the operators does not jump. */
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
/** Longer than a restart of the API server takes, so that a leader lives through one. */
export const LEASE_MS = 15_000;
const TIMINGS = ['--leader-elect-renew-deadline=12s', '--leader-elect-retry-period=2s'];
const FLAGS = ['--leader-elect', `--leader-elect-lease-duration=${LEASE_MS / 1_000}s`, ...TIMINGS];
/** Work takes a moment, so that some is under way whenever something breaks. */
const DELAYS_MS = { CloneVm: 1_000, PowerOn: 300, PowerOff: 300, Destroy: 300 };
const READY_MS = 60_000;

/** A place for an operator. Its process may end, and another one take its place. */
export interface Seat {
  readonly name: string;
  readonly clockFile: string;
  process: OperatorProcess | undefined;
}

export interface SoakWorld {
  readonly server: ApiServer;
  readonly apiServer: RestartableProcess;
  readonly vcsim: Vcsim;
  readonly vcenter: VCenterWindow;
  readonly proxy: VCenterProxy;
  readonly installed: Installed;
  readonly seats: readonly Seat[];
  readonly clockJumps: boolean;
  readonly signal: AbortSignal;
  /** Starts an operator on an empty seat. */
  fill(seat: Seat): Promise<void>;
  /** Sets the wall clock of an operator so many seconds away from the true time. */
  jump(seat: Seat, seconds: number): Promise<void>;
  /** One at a time: no request of a user is under way while the API server ends. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** A request as the administrator. Rejects unless it succeeds or the status is one of these. */
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    also?: readonly number[],
  ): Promise<string>;
  stop(): Promise<void>;
}

export async function startWorld(signal: AbortSignal): Promise<SoakWorld> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, signal);
  await buildProduct(signal);
  const server = await startApiServer(binaries, {}, signal);
  const vcsim = await startVcsim(binaries, { delaysMs: DELAYS_MS }, signal);
  const proxy = await startVCenterProxy(vcsim);
  const installed = await installProduct(server, proxy.vcsim, signal);
  const apiServer = await restartable(server);
  const vcenter = await openVCenterWindow(vcsim, signal);
  const clockJumps = existsSync(FAKETIME);
  const seats = ['left', 'right'].map(
    (name): Seat => ({ name, clockFile: path.join(server.folder, `clock-${name}`), process: undefined }),
  );
  const jump = (seat: Seat, seconds: number) => writeFile(seat.clockFile, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
  for (const seat of seats) await jump(seat, 0);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...{ server, apiServer, vcsim, vcenter, proxy, installed, seats, clockJumps, signal, jump },
    alone: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
    fill: async (seat) => {
      const environment = clockJumps ? { LD_PRELOAD: FAKETIME, FAKETIME_TIMESTAMP_FILE: seat.clockFile, ...CLOCK } : {};
      const kubeconfig = installed.operatorKubeconfig;
      const node = { nodeFlags: imageNodeFlags(), environment };
      seat.process = await startOperator({ kubeconfig, vcsim: proxy.vcsim, flags: FLAGS, ...node }, signal);
      await seat.process.ready(READY_MS, signal);
    },
    ask: async (method, url, body, also = []) => {
      const { status, body: answer } = await adminRequest(server, method, url, body, signal);
      if (status >= 300 && !also.includes(status)) throw new Error(`${method} ${url}: ${status} ${answer}`);
      return answer;
    },
    stop: async () => {
      for (const seat of seats) await seat.process?.stop();
      await vcenter.close(AbortSignal.timeout(5_000)).catch(() => undefined);
      await apiServer.close();
      await proxy.stop();
      await vcsim.stop();
      await server.stop();
    },
  };
}

/** Durations go on as they are: no clock of a real machine changes its monotonic time. */
const CLOCK = { FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1', DONT_FAKE_MONOTONIC: '1' };
