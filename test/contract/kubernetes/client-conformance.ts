/** What clients see of refusals, lost replies, silence and Leases. */
import { describe, expect, test } from 'vitest';
import { LeaderElector, ResourceClient } from '../../../src/kubernetes';
import { seededRandom } from '../../../src/time/random';
import { type ConformanceStage, forever, LEASES } from './conformance-stage';

export function clientConformance(stage: ConformanceStage): void {
  describe('a client', () => {
    test('sees reason, code and Retry-After of a refusal', async () => {
      const client = new ResourceClient(stage.world.server, LEASES);
      const namespace = await stage.world.namespace();
      const failure = { kind: 'Answer', status: 429, reason: 'TooManyRequests', retryAfterSeconds: 7 } as const;
      const recover = stage.world.disturb(['Read'], failure);
      const refused = client.get(namespace, 'x', forever);
      await expect(stage.world.ended(refused)).rejects.toMatchObject({
        code: 'TooManyRequests',
        status: 429,
        retryAfterMs: 7_000,
      });
      recover();
      await expect(stage.world.ended(client.get(namespace, 'x', forever))).rejects.toMatchObject({
        code: 'NotFound',
      });
    });

    test('sees a lost reply as Unreachable, and its write is done', async () => {
      const client = new ResourceClient(stage.world.server, LEASES);
      const namespace = await stage.world.namespace();
      const recover = stage.world.disturb(['Write'], { kind: 'LostReply' });
      const lost = client.create(namespace, { metadata: { name: 'x' } }, forever);
      await expect(stage.world.ended(lost)).rejects.toMatchObject({ code: 'Unreachable' });
      recover();
      const again = client.create(namespace, { metadata: { name: 'x' } }, forever);
      await expect(stage.world.ended(again)).rejects.toMatchObject({ code: 'AlreadyExists' });
    });

    test('times out when the server is silent, and goes on when it answers again', async () => {
      const namespace = await stage.world.namespace();
      const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/x`;
      await expect(
        stage.world.ended(stage.world.server.request({ method: 'GET', path }, forever)),
      ).rejects.toMatchObject({
        code: 'NotFound',
      });
      const recover = stage.world.hang();
      const silent = stage.world.server.request({ method: 'GET', path, timeoutMs: 500 }, forever);
      await expect(stage.world.ended(silent)).rejects.toMatchObject({ code: 'Timeout' });
      recover();
      await expect(
        stage.world.ended(stage.world.server.request({ method: 'GET', path }, forever)),
      ).rejects.toMatchObject({
        code: 'NotFound',
      });
    });
  });

  test('a Lease goes from one holder to the next, and only its holder may act', async () => {
    const namespace = await stage.world.namespace();
    const { clock } = stage.world;
    const timings = { leaseDurationMs: 2_000, renewDeadlineMs: 1_500, retryPeriodMs: 300 };
    const elector = (identity: string) =>
      new LeaderElector({
        server: stage.world.server,
        namespace,
        name: 'it',
        identity,
        timings,
        clock,
        random: seededRandom(1),
      });
    const [first, second] = [elector('first'), elector('second')];
    await stage.world.ended(first.acquire(forever));
    const stop = new AbortController();
    const renewing = first.renew(stop.signal).catch(() => undefined);
    const waiting = second.acquire(forever);
    await stage.world.until('the second sees the first as holder', () => second.holder === 'first');
    expect([first.mayMutate(), second.mayMutate()]).toEqual([true, false]);
    stop.abort(new Error('leaving'));
    await stage.world.ended(renewing);
    await stage.world.ended(first.release(forever));
    await stage.world.ended(waiting);
    expect([first.mayMutate(), second.mayMutate()]).toEqual([false, true]);
    expect(
      await stage.world.direct.request(
        { method: 'GET', path: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/it` },
        forever,
      ),
    ).toMatchObject({ spec: { holderIdentity: 'second', leaseDurationSeconds: 2, leaseTransitions: 1 } });
  });
}
