import { type Clock, sleep } from '../../../src/time/clock';
import type { ApiServer } from '../../envtest/real-parts';
import { messageOf, SandboxError } from '../../envtest/sandbox-error';
import type { ShowFlags } from './command-line';
import type { Display } from './display';
import { showGroups } from './groups';
import { prepare } from './preparation';
import { runSteps } from './step';
import { epilogue, story } from './story';
import { Teardown, type World } from './world';

/** Time for a person to see what a step has done. */
const PAUSE_MS = 1_500;
const LOG_LINES = 12;

export interface PlayOptions {
  readonly flags: ShowFlags;
  readonly display: Display;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Between the steps of the story, so that a person can follow. */
  readonly pace: 'Slow' | 'Quick';
}

/**
 * - Played: the story has ended and everything is stopped
 * - Left: the story has ended, and then `signal` was aborted
 * - Interrupted: `signal` was aborted before the end of the story
 * - Failed: `message` has the step, what was expected and seen, and the last lines of the operator
 */
export type Ending =
  | { readonly kind: 'Played' }
  | { readonly kind: 'Left' }
  | { readonly kind: 'Interrupted' }
  | { readonly kind: 'Failed'; readonly message: string };

/** Plays the whole demo. Never rejects. When it resolves, everything that it started has ended. */
export async function play(options: PlayOptions, signal: AbortSignal): Promise<Ending> {
  const { display, clock } = options;
  const teardown = new Teardown();
  // Aborted at the end of the demo, or when a server or the operator has ended by itself.
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  let reached: World | undefined;
  let isPlayed = false;
  let isStopping = false;
  const onServer = (server: ApiServer) => {
    const watching = showGroups(server, display, clock, stop);
    teardown.add(async () => {
      over.abort(new Error('the demo is over'));
      await watching;
    });
  };
  const preparation = prepare(teardown, onServer, options.environment, clock, options.flags);
  const world = () => {
    reached ??= preparation.world();
    return reached;
  };
  const onStopping = () => {
    isStopping = true;
  };
  const pause = (until: AbortSignal) => (options.pace === 'Slow' ? sleep(clock, PAUSE_MS, until) : Promise.resolve());
  try {
    await runSteps(preparation.steps, display, () => Promise.resolve(), stop);
    watchForEnd(world(), () => isStopping, over, stop);
    await runSteps(story(world), display, pause, stop);
    isPlayed = true;
    if (options.flags.ending === 'Once') {
      await runSteps(epilogue(world, onStopping), display, () => Promise.resolve(), stop);
      return { kind: 'Played' };
    }
    display.footer(invitation(world()));
    return await aborted(stop);
  } catch (error) {
    if (signal.aborted) return { kind: isPlayed ? 'Left' : 'Interrupted' };
    const lines = reached?.operator.log.last(LOG_LINES) ?? '';
    const log = lines === '' ? '' : `\nlast lines of the operator:\n${lines}`;
    return { kind: 'Failed', message: `${messageOf(error)}${log}` };
  } finally {
    await teardown.run();
  }
}

/** The servers and the operator must keep running. If one of them ends, the demo ends, with an error that names it. */
function watchForEnd(world: World, isOperatorStopping: () => boolean, over: AbortController, stop: AbortSignal): void {
  const end = (message: string) => {
    if (!stop.aborted) over.abort(new SandboxError('ProcessEnded', message));
  };
  void world.operator.ended.then((how) => {
    if (!isOperatorStopping()) end(`the operator ended by itself: ${how}`);
  });
  void world.server.ended.then(() => end('kube-apiserver or etcd ended by itself'));
  void world.vcsim.ended.then(() => end(`vcsim ended by itself: ${world.vcsim.log.last(LOG_LINES)}`));
}

/** Commands for another shell. */
export function invitation(world: Pick<World, 'server' | 'vcsim'>): readonly string[] {
  const { server, vcsim } = world;
  const url = new URL(vcsim.url);
  url.username = encodeURIComponent(vcsim.administrator);
  url.password = encodeURIComponent(vcsim.password);
  return [
    'Everything keeps running. In another shell:',
    `export KUBECONFIG=${server.kubeconfig}`,
    `export GOVC_URL=${url.href} GOVC_TLS_CA_CERTS=${vcsim.caFile}`,
    'then try: kubectl get vg -w · kubectl scale vg vg-1 --replicas 4 · govc find / -type m',
    'Ctrl-C here stops everything and leaves nothing behind.',
  ];
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
