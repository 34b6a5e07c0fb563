import type { Clock } from '../time/clock';
import { seededRandom } from '../time/random';
import { ModelServer, type Thing } from './model-server.test-support';
import { type Change, Reflector } from './reflector';
import { ResourceClient } from './resource-client';

interface TestClock extends Clock {
  advance(ms: number): Promise<void>;
}

const THINGS = { apiVersion: 'test/v1', kind: 'Thing', plural: 'things' };

/** A reflector of a model server, under a virtual clock. */
export function aWorld<C extends TestClock>(clock: C, options: { namespaces?: readonly string[]; seed?: number } = {}) {
  const server = new ModelServer();
  const logged: string[] = [];
  const log = { info: (message: string) => logged.push(message), warn: (message: string) => logged.push(message) };
  const reflector = new Reflector<Thing>({
    client: new ResourceClient<Thing>(server, THINGS),
    ...(options.namespaces === undefined ? {} : { namespaces: options.namespaces }),
    indexes: { value: (thing) => [String(thing.value)] },
    clock,
    random: seededRandom(options.seed ?? 1),
    log,
  });
  const changes: Change<Thing>[] = [];
  reflector.onChange((change) => changes.push(change));
  const stop = new AbortController();
  const story = () =>
    changes.map(({ key, before, after }) => `${key} ${before?.value ?? 'none'} to ${after?.value ?? 'none'}`);
  const seen = () => Object.fromEntries([...reflector.store.list()].map((it) => [keyOfThing(it), it.value]).sort());
  return {
    clock,
    server,
    reflector,
    changes,
    logged,
    story,
    seen,
    start: () => reflector.run(stop.signal),
    stop: () => stop.abort(new Error('stop')),
  };
}

export function keyOfThing(thing: Thing): string {
  return `${thing.metadata.namespace}/${thing.metadata.name}`;
}

export async function aRunningWorld<C extends TestClock>(
  clock: C,
  options: { namespaces?: readonly string[]; seed?: number } = {},
) {
  const world = aWorld(clock, options);
  const running = world.start();
  await world.clock.advance(0);
  return { ...world, running };
}
