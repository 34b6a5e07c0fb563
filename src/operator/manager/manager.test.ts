import { afterEach, beforeEach, expect, test } from 'vitest';
import { KubernetesModel } from '../../../test/fakes/kubernetes/kubernetes-model';
import { LANDMARK, VCenterModel } from '../../../test/fakes/vcenter';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { MARK_KEYS } from '../../api/ownership';
import { VM_GROUP_RESOURCE, type VmGroup } from '../../api/vm-group';
import { ApiError, LEASE_TIMINGS, ResourceClient } from '../../kubernetes';
import { seededRandom } from '../../time/random';
import { IMPLICIT_VCENTER } from '../../vcenter/registry';
import { Logger } from '../telemetry/logger';
import { Manager } from './manager';

const forever = new AbortController().signal;
const spec = {
  replicas: 1,
  cpu: 1,
  memory: 1,
  template: 'template',
  powerState: 'PoweredOn',
  deletionPolicy: 'Delete',
};

let clock: VirtualClock;
let model: KubernetesModel;
let vcenter: VCenterModel;
let users: ResourceClient<VmGroup>;
let stops: AbortController[];

beforeEach(async () => {
  clock = new VirtualClock();
  model = new KubernetesModel(clock);
  vcenter = new VCenterModel({ clock, random: seededRandom(1), machines: 2 });
  users = new ResourceClient<VmGroup>(model.direct, VM_GROUP_RESOURCE);
  stops = [];
  await new ResourceClient(model.direct, { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' }).create(
    '',
    { metadata: { name: 'kube-system' } },
    forever,
  );
  for (const name of ['web', 'db']) await create(name);
});
afterEach(async () => {
  for (const stop of stops) stop.abort(new Error('the test is over'));
  await clock.advance(60_000);
});

function create(name: string) {
  return users.create('default', { metadata: { name }, spec: { ...spec, template: LANDMARK.template } }, forever);
}

/** A process of the operator that waits for the lease unless it is free. */
function start(name: string) {
  const logger = new Logger({ level: 'error', format: 'text', clock, write: () => {} });
  const reconciled: string[] = [];
  const manager = new Manager({
    flags: { watchNamespaces: [], leaderElect: true, leaseTimings: LEASE_TIMINGS },
    server: model,
    vcenter: {
      name: IMPLICIT_VCENTER,
      defaultFolder: 'vm-operator',
      connection: vcenter.connect({
        clock,
        watchedExtraConfigKeys: MARK_KEYS,
        maxConcurrentTasks: 16,
        log: logger,
        watch: { leaves: () => true, arrives: () => {}, served: () => {}, answered: () => {} },
      }),
    },
    namespace: 'operator',
    instance: name,
    clock,
    random: seededRandom(name.length),
    logger,
    onReconciled: ({ key }) => reconciled.push(key),
  });
  const stop = new AbortController();
  stops.push(stop);
  void manager.run(stop.signal);
  return { manager, reconciled, stop: () => stop.abort(new Error('told to stop')) };
}

test('a process that waits for the lease has an empty queue, and reconciles every group once it leads', async () => {
  const leader = start('leader');
  await clock.advance(5_000);
  const standby = start('standby');
  await clock.advance(5_000);
  await create('late');
  await users.mergePatch('default', 'db', { spec: { replicas: 2 } }, forever);
  await clock.advance(60_000);
  expect(leader.manager.leadership.isLeader).toBe(true);
  expect(standby.manager.groupCount).toBe(3);
  expect(standby.manager.queue.length).toBe(0);
  expect(standby.reconciled).toEqual([]);
  leader.stop();
  await clock.advance(20_000);
  expect(standby.manager.leadership.isLeader).toBe(true);
  expect([...new Set(standby.reconciled)].sort()).toEqual(['default/db', 'default/late', 'default/web']);
});

test('R13: a process that begins to lead lists the groups again before it reconciles any', async () => {
  const leader = start('leader');
  await clock.advance(5_000);
  const standby = start('standby');
  await clock.advance(5_000);
  leader.stop();
  const before = model.requests.length;
  // The list is refused for a while. The lease is held meanwhile.
  const busy = new ApiError('TooManyRequests', 'busy', { status: 429, retryAfterMs: 5_000 });
  model.faultFor = ({ path, query }) =>
    path.endsWith('/vmgroups') && query?.watch !== true ? { kind: 'Fail', error: busy } : undefined;
  await clock.advance(20_000);
  expect(standby.manager.leadership.isLeader).toBe(true);
  expect(model.requests.slice(before)).toContain(`GET /apis/${VM_GROUP_RESOURCE.apiVersion}/vmgroups`);
  expect(standby.reconciled).toEqual([]);
  model.faultFor = () => undefined;
  await clock.advance(20_000);
  expect([...new Set(standby.reconciled)].sort()).toEqual(['default/db', 'default/web']);
});
