import { expect, test } from 'vitest';
import { describeStatuses, probeRoutes } from './probes';

const error = {
  code: 'InvalidLogin',
  message: 'vcenter.example.com refused the login of operator@vsphere.local',
  outcome: 'Refused',
} as const;

test('/readyz tells strangers the code of a failure, and neither server nor account', async () => {
  const status = { kind: 'Failed', sinceMonotonicMs: 0, retryAtWallMs: 0, error } as const;
  const routes = probeRoutes({ vcenter: () => describeStatuses([status]) });
  expect(await routes['/readyz']?.(new URLSearchParams())).toMatchObject({
    status: 503,
    body: '[-]vcenter failed: InvalidLogin, see the log\nreadyz check failed\n',
  });
});

test('/readyz tells how many of several vCenters cannot be used', () => {
  const about = { fullName: 'vCenter', version: '8', apiVersion: '8', instanceUuid: 'a' };
  const failed = { kind: 'Failed', sinceMonotonicMs: 0, retryAtWallMs: 0, error } as const;
  expect(describeStatuses([{ kind: 'Ready', about }, failed, failed])).toBe(
    '2 of 3 vCenters: InvalidLogin, see the log',
  );
  expect(describeStatuses([{ kind: 'Ready', about }])).toBeUndefined();
  expect(describeStatuses([])).toBeUndefined();
});

test('/readyz leaves out the checks that are named', async () => {
  const routes = probeRoutes({ vcenter: () => 'away', 'api-server': () => undefined });
  const status = async (query: string) => (await routes['/readyz']?.(new URLSearchParams(query)))?.status;
  expect(await status('exclude=vcenter')).toBe(200);
  expect(await status('exclude=other,vcenter')).toBe(200);
  expect(await status('exclude=other')).toBe(503);
});
