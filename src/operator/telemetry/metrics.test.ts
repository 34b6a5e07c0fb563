import { afterEach, beforeEach, expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { WorkQueue } from '../../kubernetes';
import { systemClock } from '../../time/clock';
import type { VCenterUsage } from '../../vcenter/shards';
import type { Operation } from '../../vmgroup/model/in-flight';
import { NOTHING_USED } from '../../vmgroup/model/limits';
import { callEndChannel, workSentChannel } from '../../vsphere';
import type { LedGroup } from './group-census';
import { Metrics } from './metrics';

let metrics: Metrics;
beforeEach(() => {
  metrics = new Metrics();
});
afterEach(() => metrics.stop());

const OPERATIONS: readonly Operation[] = [
  ...(['CreateFolder', 'Clone', 'Reconfigure', 'WriteSettings', 'WriteAttributes', 'SizeDisks'] as const),
  ...(['WriteHostRules', 'PowerOn', 'PowerOff', 'Shutdown', 'Destroy', 'Adopt', 'RenameFolder'] as const),
  ...(['ReleaseMarks', 'DestroyFolder', 'LookIntoFolder', 'ProveMachineGone', 'ProveFolderGone'] as const),
  ...(['FindStoragePolicy', 'Settle'] as const),
];

/** Groups of two vCenters and ten namespaces, each replica with a fault. */
function someGroups(count: number, replicas: number): readonly LedGroup[] {
  const replica = (group: number, ordinal: number) => ({
    ...{ name: `g${group}-replica-${ordinal}`, ordinal, revision: 'a', hostname: `g${group}-${ordinal}`, ready: false },
    fault: {
      ...({ class: 'Capacity', reason: `Fault${ordinal}`, message: 'full' } as const),
      ...{ since: '2026-01-01T00:00:00Z', attempts: 1 },
    },
  });
  return Array.from({ length: count }, (_, index) => {
    const base = aGroup({ replicas });
    const metadata = { ...base.metadata, name: `g${index}`, namespace: `n${index % 10}`, uid: `uid-${index}` };
    const status = { replicas: Array.from({ length: replicas }, (_, ordinal) => replica(index, ordinal)) };
    return { vcenter: index % 2 === 0 ? 'east' : 'west', group: aGroup({ replicas }, { metadata, status }) };
  });
}

/** A scrape of an operator that has done every operation for each replica, with each end. */
async function scrape(groups: readonly LedGroup[], usage?: VCenterUsage): Promise<string> {
  const connection = {
    status: { kind: 'Connecting', sinceMonotonicMs: 0 } as const,
    ...{ dispatcher: { counts: lanes(), replaceWaiting: () => {} }, certificate: undefined, streamAnsweredAtMs: 0 },
  };
  metrics.observe({
    groups: {
      ...{ known: () => groups.length, led: () => groups, ledVCenters: () => ['east', 'west'] },
      longestSpecMs: () => 0,
    },
    vcenters: () =>
      ['east', 'west'].map((name) => ({ name, connection, leads: true, unownedCount: 0, usage, limits: {} })),
    nowMs: () => 1_000,
  });
  const queue = new WorkQueue({ clock: systemClock, name: 'vmgroup', observer: metrics.controller.queueObserver });
  const lease = { name: 'lease', isLeader: true, renewedAgoMs: 2_000 };
  metrics.controller.observe({ queue, workers: 8, leases: () => [lease] });
  for (const { group } of groups) {
    metrics.promises.specReady('Created', 1_000);
    metrics.reconciled({ key: group.metadata.name, durationMs: 5, result: {} });
    for (const operation of OPERATIONS)
      for (const outcome of ['Succeeded', 'Failed', 'Unknown'] as const)
        for (const faultClass of ['Retryable', 'Capacity', 'NeedsUser'] as const)
          metrics.promises.operationEnded({ operation, outcome, tookMs: 10, faultClass });
    workSentChannel.publish({ lane: 'Clone', waitedMs: 10 });
    callEndChannel.publish({
      ...{ server: 'vc:443', method: 'CloneVM_Task', operationId: `vmop-${group.metadata.name}` },
      ...{ durationMs: 40, requestBytes: 100, responseBytes: 200 },
    });
  }
  return (await metrics.text()).body;
}

function lanes() {
  const lane = { waiting: 1, inFlight: 2, overdue: 0, limit: 8 };
  return { Clone: lane, Other: lane };
}

/** Those of the process itself count what Node has in use now. */
const seriesOf = (body: string) =>
  body
    .split('\n')
    .filter((line) => !/^(?:#|$|nodejs_|process_)/.test(line))
    .map((line) => line.slice(0, line.lastIndexOf(' ')))
    .toSorted();

test('a scrape of 500 groups is smaller than 1 MB', async () => {
  const body = await scrape(someGroups(500, 20));
  expect(body).toContain('vm_operator_replica_faults{vcenter="east",class="Capacity"} 5000');
  expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
});

test('the series are the same for few groups and machines as for many', async () => {
  const few = seriesOf(await scrape(someGroups(2, 1)));
  metrics.stop();
  metrics = new Metrics();
  const many = seriesOf(await scrape(someGroups(500, 20)));
  expect(few.length).toBeGreaterThan(500);
  expect(many).toEqual(few);
});

/** What the Prometheus operator gives each target; see targetLabels in test/envtest/real-parts/prometheus.ts. */
const OF_TARGETS = ['job', 'instance', 'namespace', 'service', 'pod', 'container', 'endpoint'];

test('no metric has a label that a target has, but for the namespace of VmGroups, which our monitors keep', async () => {
  const body = await scrape(someGroups(2, 1), { total: NOTHING_USED, namespaces: new Map([['shop', NOTHING_USED]]) });
  const found = [...body.matchAll(/^(\w+)\{(.*)\} \S+$/gm)].flatMap(([, metric, labels = '']) =>
    [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => ({ metric, label })),
  );
  expect(found.map(({ label }) => label)).toContain('vcenter');
  const shared = found.filter(({ label }) => OF_TARGETS.includes(label));
  expect([...new Set(shared.map(({ metric, label }) => `${metric} ${label}`))]).toEqual([
    'vm_operator_namespace_usage namespace',
  ]);
});

test('how old the Lease is that is held is told, and nothing of one that is not', async () => {
  const queue = new WorkQueue({ clock: systemClock, name: 'vmgroup' });
  const leases = [
    { name: 'held', isLeader: true, renewedAgoMs: 2_500 },
    { name: 'other', isLeader: false },
  ];
  metrics.controller.observe({ queue, workers: 8, leases: () => leases });
  const { body } = await metrics.text();
  expect(body.match(/^vm_operator_lease_age_seconds.*$/gm)).toEqual(['vm_operator_lease_age_seconds{name="held"} 2.5']);
});
