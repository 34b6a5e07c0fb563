/** What the tests of crashes share: slow clones, calls that hang, and a watch for duplicates. */
import { expect, inject, onTestFinished } from 'vitest';
import { sleep, systemClock } from '../../src/time/clock';
import { startVCenterProxy, type VCenterProxy } from '../envtest/proxies/vcenter-proxy';
import type { OperatorProcess } from '../envtest/real-parts';
import { DuplicateWatch } from './duplicate-watch';
import { Installation } from './installation';

const binaries = inject('binaries');
// In the simulator every task has this user name, and the operator recognizes its own clones by the user name.
const account = { user: 'vcsim', password: 'only-for-the-simulator' };
export const REPLICAS = 3;
const CLONE_MS = 1_000;
const HELD_WITHIN_MS = 60_000;

export interface CrashWorld {
  readonly here: Installation;
  readonly proxy: VCenterProxy;
  readonly watch: DuplicateWatch;
  /** Starts the operator unless it runs. */
  run(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export async function aCrashWorld(): Promise<CrashWorld> {
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
 * Kills the operator while the n-th call of a method hangs. An operator that was killed before starts again only after the
 * rule is added, so that no call is missed.
 */
export async function killAt(
  { proxy, run, kill }: CrashWorld,
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

export async function nothingIsLeft({ here, watch }: CrashWorld): Promise<void> {
  // A clone that still runs would have ended after this time.
  await sleep(systemClock, CLONE_MS + 500, AbortSignal.timeout(10_000));
  expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
  expect(await here.folder('default.web')).toBeUndefined();
  expect(watch.seen).toEqual([]);
}

export async function exactly({ here, run }: CrashWorld, replicas: number): Promise<void> {
  await run();
  await here.untilRunning('web', replicas);
  const machines = await here.machinesOf('web');
  expect(new Set(machines.map(({ name }) => name)).size).toBe(replicas);
  expect(new Set(machines.map(({ instanceUuid }) => instanceUuid)).size).toBe(replicas);
}

export async function remove({ here, run }: CrashWorld): Promise<void> {
  await run();
  await here.run('delete', 'vg', 'web', '--timeout=90s');
}
