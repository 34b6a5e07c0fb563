import { type Clock, sleep } from '../../../src/time/clock';
import type { ApiServer } from '../../envtest/real-parts';
import { messageOf, SandboxError } from '../../envtest/sandbox-error';
import type { Audience } from './audience';
import type { ShowFlags } from './command-line';
import { showGroups } from './groups';
import { setTheStage } from './set-the-stage';
import { runSteps } from './step';
import { epilogue, story } from './story';
import { Teardown, type World } from './world';

/** Time for a person to see what a step has done, when somebody watches. */
const PAUSE_MS = 1_500;
const LOG_LINES = 12;

export interface PlayOptions {
  readonly flags: ShowFlags;
  readonly audience: Audience;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Between the steps of the story, so that a person can follow. */
  readonly pace: 'Slow' | 'Quick';
}

/**
 * - Played: the story is over and all is stopped
 * - Left: the story was over, and then `signal` was aborted
 * - Interrupted: `signal` was aborted before
 * - Failed: `report` says which step, what was expected and seen, and has the operator's last lines
 */
export type Ending =
  | { readonly kind: 'Played' }
  | { readonly kind: 'Left' }
  | { readonly kind: 'Interrupted' }
  | { readonly kind: 'Failed'; readonly report: string };

/** The whole show. Never rejects; when it resolves, nothing that it started is left. */
export async function play(options: PlayOptions, signal: AbortSignal): Promise<Ending> {
  const { audience, clock } = options;
  const teardown = new Teardown();
  // Ends with the show or with the death of something that it needs.
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  let reached: World | undefined;
  let isPlayed = false;
  let isStopping = false;
  const onServer = (server: ApiServer) => {
    const watching = showGroups(server, audience, clock, stop);
    teardown.add(async () => {
      over.abort(new Error('the show is over'));
      await watching;
    });
  };
  const stage = setTheStage(teardown, onServer, options.environment, clock, options.flags);
  const world = () => {
    reached ??= stage.world();
    return reached;
  };
  const onStopping = () => {
    isStopping = true;
  };
  const pause = (until: AbortSignal) => (options.pace === 'Slow' ? sleep(clock, PAUSE_MS, until) : Promise.resolve());
  try {
    await runSteps(stage.steps, audience, () => Promise.resolve(), stop);
    watchForDeath(world(), () => isStopping, over, stop);
    await runSteps(story(world), audience, pause, stop);
    isPlayed = true;
    if (options.flags.ending === 'Once') {
      await runSteps(epilogue(world, onStopping), audience, () => Promise.resolve(), stop);
      return { kind: 'Played' };
    }
    audience.footer(invitation(world()));
    return await aborted(stop);
  } catch (error) {
    if (signal.aborted) return { kind: isPlayed ? 'Left' : 'Interrupted' };
    const lines = reached?.operator.log.last(LOG_LINES) ?? '';
    const log = lines === '' ? '' : `\nThe operator's last lines:\n${lines}`;
    return { kind: 'Failed', report: `${messageOf(error)}${log}` };
  } finally {
    await teardown.run();
  }
}

/** The servers and the operator are to stay; the end of one ends the show, and says which. */
function watchForDeath(
  world: World,
  isOperatorStopping: () => boolean,
  over: AbortController,
  stop: AbortSignal,
): void {
  const end = (message: string) => {
    if (!stop.aborted) over.abort(new SandboxError('ProcessEnded', message));
  };
  void world.operator.ended.then((how) => {
    if (!isOperatorStopping()) end(`the operator ended by itself: ${how}`);
  });
  void world.server.ended.then(() => end('kube-apiserver or etcd ended by itself'));
  void world.vcsim.ended.then(() => end(`vcsim ended by itself: ${world.vcsim.log.last(LOG_LINES)}`));
}

/** What to type in another shell. */
export function invitation(world: Pick<World, 'server' | 'vcsim'>): readonly string[] {
  const { server, vcsim } = world;
  const url = new URL(vcsim.url);
  url.username = encodeURIComponent(vcsim.administrator);
  url.password = encodeURIComponent(vcsim.password);
  return [
    'It all keeps running. In another shell:',
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
