import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { ConnectionStatus } from '../../vsphere';
import { type ConnectedVCenter, observeConnections } from './connection-metrics';

const READY: ConnectionStatus = {
  kind: 'Ready',
  about: { fullName: 'vCenter', version: '8.0.3', apiVersion: '8.0.3.0', instanceUuid: 'uuid' },
};

function aVCenter(name: string, status: ConnectionStatus, streamAnsweredAtMs?: number): ConnectedVCenter {
  const lane = { waiting: 1, inFlight: 2, overdue: 0, limit: 8 };
  const dispatcher = { counts: { Clone: lane, Other: lane }, replaceWaiting: () => {} };
  return { name, connection: { status, dispatcher, certificate: undefined, streamAnsweredAtMs }, leads: true };
}

async function seriesOf(...vcenters: readonly ConnectedVCenter[]): Promise<readonly string[]> {
  const registry = new Registry();
  observeConnections(
    registry,
    () => vcenters,
    () => 100_000,
  );
  return (await registry.metrics()).split('\n').filter((line) => line.startsWith('vsphere_'));
}

test('a vCenter that is connected has no outage, and tells how long its stream has been silent', async () => {
  const series = await seriesOf(aVCenter('east', READY, 70_000));
  expect(series).toContain('vsphere_connected{vcenter="east"} 1');
  expect(series).toContain('vsphere_not_connected_seconds{vcenter="east"} 0');
  expect(series).toContain('vsphere_stream_silence_seconds{vcenter="east"} 30');
  expect(series).toContain('vsphere_work{vcenter="east",lane="clone",state="in_flight"} 2');
});

test('a vCenter that is not connected tells since when, and nothing of a stream that never ran', async () => {
  const series = await seriesOf(aVCenter('east', { kind: 'Connecting', sinceMonotonicMs: 40_000 }));
  expect(series).toContain('vsphere_connected{vcenter="east"} 0');
  expect(series).toContain('vsphere_not_connected_seconds{vcenter="east"} 60');
  expect(series.filter((line) => line.includes('silence'))).toEqual([]);
});

test('a connection that failed tells its code, and one that is there tells none', async () => {
  const failed = (code: string): ConnectionStatus => ({
    ...{ kind: 'Failed', sinceMonotonicMs: 40_000, retryAtWallMs: 0 },
    error: { code, message: 'the password is wrong', outcome: 'Refused' },
  });
  const [west, strange] = [aVCenter('west', failed('InvalidLogin')), aVCenter('strange', failed('<a b="c">'))];
  const series = await seriesOf(aVCenter('east', READY, 70_000), west, strange);
  expect(series.filter((line) => line.includes('failure'))).toEqual([
    'vsphere_connection_failure{vcenter="west",code="InvalidLogin"} 1',
    'vsphere_connection_failure{vcenter="strange",code="Other"} 1',
  ]);
});

test('a vCenter without a connection has no series', async () => {
  expect(await seriesOf({ name: 'east', connection: undefined, leads: true })).toEqual([]);
});

test('the process that makes changes is told from those that stand by, whether they are connected or not', async () => {
  const series = await seriesOf(aVCenter('east', READY), { ...aVCenter('west', READY), leads: false });
  expect(series.filter((line) => line.includes('leading'))).toEqual([
    'vsphere_leading{vcenter="east"} 1',
    'vsphere_leading{vcenter="west"} 0',
  ]);
});
