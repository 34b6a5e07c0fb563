/** How requests to a real API server end. */
import { expect, test } from 'vitest';
import {
  connectApiServer,
  EventRecorder,
  isApiError,
  type KubernetesObject,
  ResourceClient,
} from '../../src/kubernetes';
import { systemClock } from '../../src/time/clock';
import { aGroup, forever, GROUPS, type Group, type KubernetesWorld } from './kubernetes-world';

export function testRequests(worldOf: () => KubernetesWorld): void {
  test('an error has the reason of the server as its code', async () => {
    const world = worldOf();
    const { metadata } = await world.groups.create('default', aGroup('reasons'), forever);
    const old = String(Number(metadata.resourceVersion) - 1);
    const attempts: Record<string, () => Promise<unknown>> = {
      AlreadyExists: () => world.groups.create('default', aGroup('reasons'), forever),
      Invalid: () => world.groups.create('default', aGroup('invalid', { replicas: -1 }), forever),
      NotFound: () => world.groups.get('default', 'absent', forever),
      Conflict: () =>
        world.groups.mergePatch(
          'default',
          'reasons',
          { metadata: { resourceVersion: old, finalizers: ['test/a'] } },
          forever,
        ),
    };
    for (const [code, attempt] of Object.entries(attempts)) {
      const error = await attempt().catch((caught: unknown) => caught);
      expect(isApiError(error, code), `${code}: ${error}`).toBe(true);
    }
    const other = world.groups.delete('default', 'reasons', { uid: 'another' }, forever);
    await expect(other).rejects.toMatchObject({ code: 'Conflict' });
  });

  test('a service account without rights is Forbidden, one without a valid token is Unauthorized', async () => {
    const world = worldOf();
    await new ResourceClient(world.server, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      plural: 'serviceaccounts',
    }).create('default', { metadata: { name: 'no-rights' } }, forever);
    const review = await world.server.request<{ status: { token: string } }>(
      {
        method: 'POST',
        path: '/api/v1/namespaces/default/serviceaccounts/no-rights/token',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
      },
      forever,
    );
    for (const [token, code] of [
      [review.status.token, 'Forbidden'],
      ['not-a-token', 'Unauthorized'],
    ] as const) {
      const server = connectApiServer({
        clock: systemClock,
        kubeconfigFile: world.withToken(token),
        userAgent: 'kubernetes-test',
      });
      const attempt = new ResourceClient<Group>(server, GROUPS).list({}, forever);
      await expect(attempt).rejects.toMatchObject({ name: 'ApiError', code });
      const reading = new AbortController();
      const watch = new ResourceClient<Group>(server, GROUPS).watch(
        { resourceVersion: '1', timeoutSeconds: 5 },
        reading.signal,
      );
      await expect(watch.next()).rejects.toMatchObject({ code });
      server.close();
    }
  });

  test('equal events become one series', async () => {
    const world = worldOf();
    const { metadata } = await world.groups.create('default', aGroup('noisy'), forever);
    const recorder = new EventRecorder({
      server: world.server,
      clock: systemClock,
      reportingController: 'vm.codeconnect.vmworld.com/test',
      reportingInstance: 'test-0',
    });
    const event = {
      regarding: {
        apiVersion: GROUPS.apiVersion,
        kind: 'VmGroup',
        namespace: 'default',
        name: 'noisy',
        uid: metadata.uid,
      },
      type: 'Warning',
      reason: 'TemplateNotFound',
      action: 'Clone',
      note: 'ä'.repeat(800),
    } as const;
    recorder.record(event);
    await recorder.flush(forever);
    for (let count = 0; count < 4; count += 1) recorder.record(event);
    recorder.record({ ...event, type: 'Normal', reason: 'Cloned', note: 'done' });
    await recorder.flush(forever);
    const { items } = await new ResourceClient<KubernetesObject & { series?: { count: number }; reason: string }>(
      world.server,
      {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        plural: 'events',
      },
    ).list({ namespace: 'default', fieldSelector: 'regarding.name=noisy' }, forever);
    const counts = Object.fromEntries(items.map((item) => [item.reason, item.series?.count]));
    expect(counts).toEqual({ TemplateNotFound: 5, Cloned: undefined });
    recorder.close();
  });
}
