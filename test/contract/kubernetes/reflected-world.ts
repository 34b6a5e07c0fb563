import { type ApiError, type Change, Reflector, ResourceClient } from '../../../src/kubernetes';
import { seededRandom } from '../../../src/time/random';
import { keyOfThing, THINGS, type Thing, ThingServer } from '../../fakes/kubernetes/thing-server';
import { VirtualClock } from '../../support/time/virtual-clock';

interface WorldOptions {
  /** Default: all. */
  readonly namespaces?: readonly string[];
  readonly seed?: number;
  readonly transform?: (thing: Thing) => Thing;
  readonly mayBeAbsent?: boolean;
}

/** A reflector of a model server, with a virtual clock. */
export function aWorld(options: WorldOptions = {}) {
  const clock = new VirtualClock();
  const server = new ThingServer(clock);
  const logged: string[] = [];
  const log = { info: (message: string) => logged.push(message), warn: (message: string) => logged.push(message) };
  const reflector = new Reflector<Thing>({
    client: new ResourceClient<Thing>(server, THINGS),
    ...(options.namespaces === undefined ? {} : { namespaces: options.namespaces }),
    ...(options.transform === undefined ? {} : { transform: options.transform }),
    ...(options.mayBeAbsent === undefined ? {} : { mayBeAbsent: options.mayBeAbsent }),
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

/** The same world after the first list, with an open watch. With `absent` the server does not know the resource. */
export async function aRunningWorld({ absent, ...options }: WorldOptions & { readonly absent?: ApiError } = {}) {
  const world = aWorld(options);
  if (absent !== undefined)
    world.server.faultFor = ({ path }) => (path === '/readyz' ? undefined : { kind: 'Fail', error: absent });
  const running = world.start();
  await world.clock.advance(0);
  return { ...world, running };
}
