import { expect, test } from 'vitest';
import {
  ApiError,
  isApiError,
  type KubernetesObject,
  keyOf,
  Reflector,
  ResourceClient,
  runReconcileLoop,
  WorkQueue,
} from '../../../src/kubernetes';
import { type Random, seededRandom } from '../../../src/time/random';
import { KubernetesModel, type ModelFault } from '../../fakes/kubernetes/kubernetes-model';
import { VirtualClock } from '../../support/time/virtual-clock';

const HOUR_MS = 3_600_000;
const STEP_MS = 500;
const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
const NAMES = Array.from({ length: 12 }, (_, index) => `group-${index}`);
const signal = new AbortController().signal;

interface Group extends KubernetesObject {
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly observedReplicas?: number };
}

/** A fault for one period of failures. */
function drawFault(random: Random): ModelFault {
  const code = (status: number, reason: string, retryAfterMs?: number): ModelFault => ({
    kind: 'Fail',
    error: new ApiError(reason, 'drawn by the test', {
      status,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }),
  });
  const faults: readonly ModelFault[] = [
    code(429, 'TooManyRequests', 1_000),
    code(500, 'InternalError'),
    code(503, 'ServiceUnavailable'),
    code(410, 'Expired'),
    { kind: 'Fail', error: new ApiError('Unreachable', 'reset') },
    { kind: 'LostReply' },
    { kind: 'Delay', ms: 3_000 },
    { kind: 'Hang' },
  ];
  return faults[Math.floor(random() * faults.length)] ?? { kind: 'Hang' };
}

async function anHour(seed: number) {
  const clock = new VirtualClock();
  const model = new KubernetesModel(clock);
  const random = seededRandom(seed);
  const users = new ResourceClient<Group>(model.direct, GROUPS);
  const client = new ResourceClient<Group>(model, GROUPS);
  const reflector = new Reflector<Group>({ client, clock, random: seededRandom(seed + 1) });
  const queue = new WorkQueue({ clock });
  const stop = new AbortController();
  reflector.onChange(({ key }) => queue.add(key));
  /** Copies the spec into the status. A status that differs from its spec in the end is a lost update. */
  const reconcile = async (key: string, reconcileSignal: AbortSignal) => {
    const group = reflector.store.get(key);
    const observedReplicas = group?.spec.replicas;
    if (group === undefined || group.status?.observedReplicas === observedReplicas) return {};
    try {
      const answer = await client.replaceStatus(group.metadata, { observedReplicas }, 'test', reconcileSignal);
      reflector.accept(answer, group);
    } catch (error) {
      if (!isApiError(error, 'NotFound')) throw error;
    }
    return {};
  };
  const running = [
    reflector.run(stop.signal),
    runReconcileLoop({ queue, clock, workers: 4, deadlineMs: 60_000, reconcile }, stop.signal),
  ];

  let failingUntilMs = 0;
  let written = 0;
  for (let nowMs = 0; nowMs < HOUR_MS; nowMs += STEP_MS) {
    if (random() < 0.3) {
      const name = NAMES[Math.floor(random() * NAMES.length)] ?? '';
      written += 1;
      const [draw, spec] = [random(), { replicas: written }];
      if (draw < 0.1) await users.delete('ns', name, {}, signal).catch(() => undefined);
      else
        await users
          .mergePatch('ns', name, { spec }, signal)
          .catch(() => users.create('ns', { metadata: { name }, spec }, signal));
    }
    if (random() < 0.01) model.reset();
    if (random() < 0.01) model.objects.compact();
    if (random() < 0.05) model.bookmark();
    if (nowMs >= failingUntilMs) {
      model.faultFor = () => undefined;
      model.down = false;
      if (random() < 0.03) {
        failingUntilMs = nowMs + random() * 30_000;
        const [fault, often] = [drawFault(random), random()];
        model.faultFor = () => (random() < often ? fault : undefined);
        model.down = random() < 0.2;
        if (random() < 0.5) model.reset();
      }
    }
    await clock.advance(STEP_MS);
  }

  model.faultFor = () => undefined;
  model.down = false;
  await clock.advance(120_000);
  const truth = await users.list({ namespace: 'ns' }, signal);
  const quiet = model.requests.length;
  // Longer than the longest watch: at rest there is a new watch now and then, two small reads per quiet minute, no write (R4).
  await clock.advance(11 * 60_000);
  const afterwards = model.requests.slice(quiet);
  stop.abort(new Error('the hour is over'));
  await Promise.all(running);
  return { truth, reflector, afterwards, written, clock };
}

test.each([1, 2, 3])(
  'no update is lost in an hour of failures, and nothing is left to do after it (seed %i)',
  async (seed) => {
    const { truth, reflector, afterwards, written, clock } = await anHour(seed);
    expect(written).toBeGreaterThan(1_500);
    for (const { metadata, spec, status } of truth.items)
      expect(status?.observedReplicas, `${metadata.name}, seed ${seed}`).toBe(spec.replicas);
    const versions = (groups: Iterable<Group>) =>
      Object.fromEntries([...groups].map((group) => [keyOf(group), group.metadata.resourceVersion]).sort());
    expect(versions(reflector.store.list())).toEqual(versions(truth.items));
    expect(afterwards.filter((request) => !/^(WATCH|GET) /.test(request))).toEqual([]);
    expect(afterwards.length).toBeLessThanOrEqual(3 * 2 + 9 * 2);
    expect(clock.pending).toBe(0);
  },
  60_000,
);
