/** What the tests of crashes share: slow clones, calls that are held, and a watch for what must never be seen. */
import { expect, inject, onTestFinished } from 'vitest';
import { sleep, systemClock } from '../../src/time/clock';
import { startVCenterProxy, type VCenterProxy } from '../envtest/proxies/vcenter-proxy';
import type { OperatorProcess } from '../envtest/real-parts';
import { DuplicateWatch } from './duplicate-watch';
import { Installation } from './installation';

const binaries = inject('binaries');
// The simulator says that every task was started by this user; the operator knows its own clones by it.
const account = { user: 'vcsim', password: 'only-for-the-simulator' };
export const REPLICAS = 3;
const CLONE_MS = 1_000;
const HELD_WITHIN_MS = 60_000;

export interface Stage {
  readonly here: Installation;
  readonly proxy: VCenterProxy;
  readonly watch: DuplicateWatch;
  /** Starts the operator unless it runs. */
  run(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export async function aStage(): Promise<Stage> {
  const here = await Installation.start(binaries, { ...account, delaysMs: { CloneVm: CLONE_MS } });
  const proxy = await startVCenterProxy(here.vcsim);
  onTestFinished(() => proxy.stop());
  const watch = new DuplicateWatch(here, REPLICAS);
  onTestFinished(() => watch.end());
  let operator: OperatorProcess | undefined;
  const run = async () => {
    operator ??= await here.operator({ vcsim: proxy.vcsim });
  };
  const kill = async () => {
    await operator?.kill();
    operator = undefined;
  };
  return { here, proxy, watch, run, kill };
}

/**
 * Kills the operator while the n-th call of a method is held. One that was killed before is started again only when the
 * hold is in place, so that none of its calls is missed.
 */
export async function killAt(
  { proxy, run, kill }: Stage,
  hold: { readonly method: string; readonly at: 'Request' | 'Answer'; readonly nth: number },
  provoke: () => Promise<void> = async () => undefined,
): Promise<void> {
  const held = Promise.withResolvers<void>();
  const { method, at, nth } = hold;
  const failure = { kind: 'Hold', at, held: () => held.resolve() } as const;
  const remove = proxy.add({ methods: [method], after: nth - 1, times: 1, failure });
  const limit = AbortSignal.timeout(HELD_WITHIN_MS);
  limit.addEventListener('abort', () => held.reject(new Error(`${method} was not called ${nth} times`)));
  await provoke();
  await run();
  await held.promise;
  await kill();
  remove();
}

export async function nothingIsLeft({ here, watch }: Stage): Promise<void> {
  // A clone that was under way would show up by then.
  await sleep(systemClock, CLONE_MS + 500, AbortSignal.timeout(10_000));
  expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
  expect(await here.folder('default.web')).toBeUndefined();
  expect(watch.seen).toEqual([]);
}

export async function exactly({ here, run }: Stage, replicas: number): Promise<void> {
  await run();
  await here.untilRunning('web', replicas);
  const machines = await here.machinesOf('web');
  expect(new Set(machines.map(({ name }) => name)).size).toBe(replicas);
  expect(new Set(machines.map(({ instanceUuid }) => instanceUuid)).size).toBe(replicas);
}

export async function remove({ here, run }: Stage): Promise<void> {
  await run();
  await here.run('delete', 'vg', 'web', '--timeout=90s');
}
