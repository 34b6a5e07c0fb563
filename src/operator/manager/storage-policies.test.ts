/** Storage policies of groups, by the real manager on models of both servers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../../vmgroup/model/tenant-policy';
import type { ManagedObjectReference } from '../../vsphere';

const MINUTES = 60_000;
const FIRST = LANDMARK.datastore;
let world: ManagedWorld;
let second: ManagedObjectReference;

beforeEach(async () => {
  world = await ManagedWorld.with();
  const { truth } = world.vcenter;
  second = truth.addEntity('Datastore', truth.nextId('datastore'), 'datastore-2', truth.entity(FIRST).parent).ref;
});
afterEach(() => world.end());

function start(rules: Partial<TenantPolicy> = {}, name = 'first') {
  world.tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', ...rules };
  return world.start(name);
}
const placementOf = async (name: string) => {
  const { status } = await world.group(name);
  return status?.conditions?.find(({ type }) => type === 'PlacementReady');
};
const pbmCalls = () => world.vcenter.calls.filter(({ method }) => method.startsWith('Pbm')).map(({ method }) => method);
const locations = () =>
  world.vcenter.calls
    .filter(({ method }) => method === 'CloneVM_Task')
    .map(({ parameters }) => (parameters as { readonly spec: { readonly location: object } }).spec.location);
const changes = () => world.vcenter.calls.filter(({ method }) => /Clone|Destroy|PowerOff/.test(method)).length;
const faultsOf = async (name: string) =>
  ((await world.group(name)).status?.replicas ?? []).flatMap(({ fault }) => fault ?? []);

test('machines get the policy, on datastores that fit it, and a settled group asks nothing more', async () => {
  const { id } = world.vcenter.policies.make('gold', [second]);
  start();
  await world.create('web', 'default', { replicas: 2, placement: { storagePolicy: 'gold' } });
  await world.clock.advance(10 * MINUTES);
  expect(await world.stateOf('web')).toContain('RUNNING');
  expect(await placementOf('web')).toMatchObject({ status: 'True', reason: 'Resolved' });
  const profile = [{ xsiType: 'VirtualMachineDefinedProfileSpec', profileId: id }];
  for (const location of locations())
    expect(location).toMatchObject({ datastore: second, profile, disk: [{ datastore: second, profile }] });
  expect(world.machinesOf('web').map(({ datastores }) => datastores)).toEqual([[second], [second]]);
  const asked = pbmCalls().length;
  await world.clock.advance(60 * MINUTES);
  expect(pbmCalls()).toHaveLength(asked);
});

test('R4: groups without a policy never cause a call of PBM', async () => {
  start();
  await world.create('web', 'default', { replicas: 2 });
  await world.clock.advance(10 * MINUTES);
  await world.change('web', { replicas: 3 });
  await world.clock.advance(10 * MINUTES);
  expect(world.machinesOf('web')).toHaveLength(3);
  expect(pbmCalls()).toEqual([]);
});

test('a policy that is not there is told by PlacementReady, and nothing is made until it is', async () => {
  start();
  await world.create('web', 'default', { placement: { storagePolicy: 'gold' } });
  await world.clock.advance(5_000);
  expect(await placementOf('web')).toMatchObject({
    status: 'False',
    reason: 'StoragePolicyNotFound',
    message: expect.stringContaining('storage policy "gold" was not found: correct spec.placement.storagePolicy'),
  });
  expect(locations()).toEqual([]);
  await world.clock.advance(30 * MINUTES);
  // R8: with backoff, and not with each reconcile.
  expect(pbmCalls().length).toBeLessThan(30);
  world.vcenter.policies.make('gold');
  await world.clock.advance(10 * MINUTES);
  expect(await world.stateOf('web')).toContain('RUNNING');
});

test('two policies of one name are ambiguous', async () => {
  world.vcenter.policies.make('gold');
  world.vcenter.policies.make('gold');
  start();
  await world.create('web', 'default', { placement: { storagePolicy: 'gold' } });
  await world.clock.advance(MINUTES);
  expect(await placementOf('web')).toMatchObject({
    reason: 'Ambiguous',
    message: expect.stringContaining('storage policy "gold" is ambiguous, for 2 policies have that name'),
  });
  expect(locations()).toEqual([]);
});

describe('a group that runs', () => {
  beforeEach(async () => {
    world.vcenter.policies.make('gold');
    start();
    await world.create('web', 'default', { replicas: 2, placement: { storagePolicy: 'gold' } });
    await world.clock.advance(10 * MINUTES);
    expect(world.machinesOf('web')).toHaveLength(2);
  });

  test('loses no machine to a policy that is not there', async () => {
    const before = changes();
    await world.change('web', { placement: { storagePolicy: 'platinum' } });
    await world.clock.advance(10 * MINUTES);
    expect(changes()).toBe(before);
    expect(await placementOf('web')).toMatchObject({ reason: 'StoragePolicyNotFound' });
    world.vcenter.policies.make('platinum', [second]);
    await world.clock.advance(20 * MINUTES);
    expect(world.machinesOf('web').map(({ datastores }) => datastores)).toEqual([[second], [second]]);
  });

  test('goes on as it is while its policy is gone, also with another process, and is ready with another one', async () => {
    world.vcenter.policies.remove('gold');
    await world.clock.advance(10 * MINUTES);
    expect(await world.stateOf('web')).toContain('RUNNING');
    const before = changes();
    await world.change('web', { replicas: 3 });
    await world.clock.advance(10 * MINUTES);
    expect(changes()).toBe(before);
    expect(await placementOf('web')).toMatchObject({ status: 'False', reason: 'StoragePolicyNotFound' });
    await world.change('web', { replicas: 2 });
    world.vcenter.policies.make('gold');
    await world.clock.advance(30 * MINUTES);
    expect(await placementOf('web')).toMatchObject({ status: 'True', reason: 'Resolved' });
  });
});

test('a datastore that does not fit is a fault that names both, and no task is sent', async () => {
  world.vcenter.policies.make('gold', [second]);
  start();
  const placement = { storagePolicy: 'gold', datastore: 'datastore-1' };
  await world.create('web', 'default', { placement });
  await world.clock.advance(MINUTES);
  expect(await faultsOf('web')).toMatchObject([
    {
      class: 'NeedsUser',
      reason: 'DatastoreNotForPolicy',
      message: expect.stringMatching(
        /datastore \/vcqaDC\/.*datastore-1 does not fit storage policy "gold" \(.*The datastore/,
      ),
    },
  ]);
  expect(locations()).toEqual([]);
});

test('where none fits, replicas wait for one', async () => {
  const policy = world.vcenter.policies.make('gold', []);
  start();
  await world.create('web', 'default', { placement: { storagePolicy: 'gold' } });
  await world.clock.advance(MINUTES);
  expect(await faultsOf('web')).toMatchObject([{ class: 'Capacity', reason: 'NoDatastoreForPolicy' }]);
  policy.objections.clear();
  await world.clock.advance(30 * MINUTES);
  expect(await world.stateOf('web')).toContain('RUNNING');
});

describe('R15: by an administrator', () => {
  test('only allowed datastores are chosen', async () => {
    world.vcenter.policies.make('gold');
    world.vcenter.storage.datastore(FIRST).freeGiB = 9_000;
    start({ allowed: { datastores: ['/vcqaDC/datastore/datastore-2'] } });
    await world.create('web', 'default', { placement: { storagePolicy: 'gold' } });
    await world.clock.advance(10 * MINUTES);
    expect(world.machinesOf('web').map(({ datastores }) => datastores)).toEqual([[second]]);
  });

  test('only allowed policies may be named, and one that is not is never looked for', async () => {
    world.vcenter.policies.make('gold');
    start({ storagePolicies: ['silver*'] });
    await world.create('web', 'default', { placement: { storagePolicy: 'gold' } });
    await world.clock.advance(MINUTES);
    expect(await placementOf('web')).toMatchObject({
      reason: 'NotAllowed',
      message:
        'storage policy "gold" is not allowed by VCenter lab, which allows "silver*": set spec.placement.storagePolicy to one of these, or have an administrator add it to spec.allowed.storagePolicies of VCenter lab',
    });
    expect(pbmCalls()).toEqual([]);
    world.vcenter.policies.make('silver 2');
    await world.change('web', { placement: { storagePolicy: 'silver 2' } });
    await world.clock.advance(10 * MINUTES);
    expect(await world.stateOf('web')).toContain('RUNNING');
  });

  test('a default is taken by groups that name none, and a policy of their own keeps no default datastore', async () => {
    world.vcenter.policies.make('silver', [FIRST]);
    world.vcenter.policies.make('gold', [second]);
    start({ defaults: { storagePolicy: 'silver', datastore: 'datastore-1' } });
    await world.create('plain');
    await world.create('own', 'default', { placement: { storagePolicy: 'gold' } });
    await world.clock.advance(10 * MINUTES);
    expect(world.machinesOf('plain').map(({ datastores }) => datastores)).toEqual([[FIRST]]);
    expect(world.machinesOf('own').map(({ datastores }) => datastores)).toEqual([[second]]);
  });
});

test('R8: an account without the privilege is told so, and goes on once it has it', async () => {
  world.vcenter.policies.make('gold');
  world.vcenter.deny(['PbmQueryProfile']);
  start();
  await world.create('web', 'default', { placement: { storagePolicy: 'gold' } });
  await world.clock.advance(MINUTES);
  const { status } = await world.group('web');
  expect(status?.conditions?.find(({ type }) => type === 'Ready')?.message).toContain(
    'storage policy gold: the privilege Needed.For.PbmQueryProfile is missing',
  );
  expect(status?.conditions?.find(({ type }) => type === 'PlacementReady')).toMatchObject({
    status: 'Unknown',
    reason: 'StoragePolicyUnknown',
  });
  world.vcenter.deny([]);
  await world.clock.advance(60 * MINUTES);
  expect(await world.stateOf('web')).toContain('RUNNING');
});
