/** How a reflector catches up after failures of the server or of the network. */
import { describe, expect, test } from 'vitest';
import { type Change, type KubernetesObject, Reflector, ResourceClient } from '../../../src/kubernetes';
import { seededRandom } from '../../../src/time/random';
import { type ConformanceStage, forever, LEASES } from './conformance-stage';
import type { Failure } from './conformance-world';

export function reflectorConformance(stage: ConformanceStage): void {
  describe('a reflector catches up', () => {
    const answers: readonly (readonly [string, Failure])[] = [
      ['429 with Retry-After', { kind: 'Answer', status: 429, reason: 'TooManyRequests', retryAfterSeconds: 1 }],
      ['500', { kind: 'Answer', status: 500, reason: 'InternalError' }],
      ['503', { kind: 'Answer', status: 503, reason: 'ServiceUnavailable' }],
      ['410', { kind: 'Answer', status: 410, reason: 'Expired' }],
      ['403', { kind: 'Answer', status: 403, reason: 'Forbidden' }],
      ['resets', { kind: 'Reset' }],
      ['lost replies', { kind: 'LostReply' }],
      ['slow bodies', { kind: 'Slow' }],
    ];
    test.each(answers)('after %s', async (_, failure) => {
      await reflecting(stage, async ({ namespace, values }) => {
        const recover = stage.world.disturb(['List', 'Watch'], failure);
        // Counted from before the reset, because a slow answer may delay the next request only.
        const sent = stage.world.sent;
        stage.world.reset();
        await stage.put(namespace, 'during', 2);
        await stage.leases.delete(namespace, 'before', {}, forever);
        await stage.world.until('the reflector has met the failure', () => stage.world.sent > sent);
        recover();
        await stage.put(namespace, 'after', 3);
        await stage.world.until('the reflector has caught up', () => values().after === '3');
        expect(values()).toEqual({ during: '2', after: '3' });
      });
    });

    test('after refused connections, and sends no change twice', async () => {
      await reflecting(stage, async ({ namespace, reflector, changes, values }) => {
        const recover = stage.world.refuse();
        await stage.put(namespace, 'during', 2);
        await stage.world.until('the failure is noticed', () => reflector.readError !== undefined);
        recover();
        await stage.world.until('the reflector has caught up', () => values().during === '2');
        await stage.world.until('the failure is over', () => reflector.readError === undefined);
        expect(changes.map(({ key }) => key.split('/')[1])).toEqual(['before', 'during']);
      });
    });

    test('after a while without any answer', async () => {
      await reflecting(stage, async ({ namespace, values }) => {
        const recover = stage.world.hang();
        await stage.put(namespace, 'during', 2);
        recover();
        await stage.world.until('the reflector has caught up', () => values().during === '2');
      });
    });

    test('after its version was compacted, and sends only differences', async () => {
      await reflecting(stage, async ({ namespace, changes, values }) => {
        await stage.put(namespace, 'same', 5);
        await stage.world.until('the reflector has it', () => values().same === '5');
        const recover = stage.world.refuse();
        await stage.put(namespace, 'during', 2);
        await stage.leases.delete(namespace, 'before', {}, forever);
        await stage.world.compact();
        recover();
        await stage.world.until('the reflector has caught up', () => values().during === '2');
        expect(values()).toEqual({ same: '5', during: '2' });
        expect(changes.filter(({ key }) => key.endsWith('/same'))).toHaveLength(1);
      });
    });

    test('within two seconds after a restart of the server', async () => {
      await reflecting(stage, async ({ namespace, values }) => {
        await stage.world.restart();
        const startMs = stage.world.clock.monotonicMs();
        await stage.put(namespace, 'restarted', 7);
        await stage.world.until('the reflector has it', () => values().restarted === '7');
        // The promise is 2 s; a machine with two busy cores gets one second more.
        expect(stage.world.clock.monotonicMs() - startMs).toBeLessThan(3_000);
      });
    });
  });
}

interface Reflecting {
  readonly namespace: string;
  readonly reflector: Reflector<KubernetesObject>;
  readonly changes: Change<KubernetesObject>[];
  values(): Record<string, string | undefined>;
}

/** Runs a synced reflector until the callback has ended. Its requests meet the failures of the world. */
async function reflecting(stage: ConformanceStage, work: (seen: Reflecting) => Promise<void>): Promise<void> {
  const { world } = stage;
  const namespace = await world.namespace();
  await stage.put(namespace, 'before', 1);
  const { clock } = world;
  const client = new ResourceClient(world.server, LEASES);
  const reflector = new Reflector({ client, namespaces: [namespace], clock, random: seededRandom(1) });
  const changes: Change<KubernetesObject>[] = [];
  reflector.onChange((change) => changes.push(change));
  const stop = new AbortController();
  const running = reflector.run(stop.signal);
  const values = () =>
    Object.fromEntries([...reflector.store.list()].map(({ metadata }) => [metadata.name, metadata.labels?.value]));
  try {
    await world.ended(reflector.whenSynced(forever));
    await work({ namespace, reflector, changes, values });
  } finally {
    stop.abort(new Error('the test is over'));
    await world.ended(running);
  }
}
