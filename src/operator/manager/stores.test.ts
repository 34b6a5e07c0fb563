import { describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { aVCenter } from '../../../test/support/builders/vcenter-object';
import { VCENTER_FINALIZER, type VCenter } from '../../api/vcenter';
import { ApiError, type KubernetesObject } from '../../kubernetes';
import { labelsChanged, rulesChanged } from './stores';

const before = aVCenter({ namespaceSelector: {} });
const withMetadata = (metadata: Partial<VCenter['metadata']>): VCenter => ({
  ...before,
  metadata: { ...before.metadata, ...metadata },
});

describe('the rules of a VCenter', () => {
  test('change when it comes, and when it goes', () => {
    expect(rulesChanged({ key: 'east', after: before })).toBe(true);
    expect(rulesChanged({ key: 'east', before })).toBe(true);
  });

  test.each<[string, VCenter]>([
    ['its spec', { ...before, spec: { ...before.spec, namespaceSelector: { matchLabels: { site: 'east' } } } }],
    ['its deletion', withMetadata({ deletionTimestamp: '2026-01-02T00:00:00Z' })],
    ['its admission', withMetadata({ finalizers: [VCENTER_FINALIZER] })],
  ])('change with %s', (_, after) => {
    expect(rulesChanged({ key: 'east', before, after })).toBe(true);
  });

  test.each<[string, VCenter]>([
    ['its status, which we write', { ...before, status: { groups: 3 } }],
    ['its version', withMetadata({ resourceVersion: '2', generation: 2 })],
    ['its labels', withMetadata({ labels: { team: 'shop' } })],
  ])('R4: do not change with %s', (_, after) => {
    expect(rulesChanged({ key: 'east', before, after })).toBe(false);
  });
});

describe('the labels of a namespace', () => {
  const namespace = (labels?: Record<string, string>, resourceVersion = '1'): KubernetesObject => ({
    metadata: { name: 'shop', uid: 'u', resourceVersion, ...(labels && { labels }) },
  });

  test.each<[string, KubernetesObject | undefined, KubernetesObject | undefined, boolean]>([
    ['that comes with labels', undefined, namespace({ a: '1' }), true],
    ['that comes without labels', undefined, namespace(), true],
    ['that goes with labels', namespace({ a: '1' }), undefined, true],
    ['that gets a label', namespace(), namespace({ a: '1' }), true],
    ['that gets another value', namespace({ a: '1' }), namespace({ a: '2' }), true],
    ['whose labels stay', namespace({ a: '1', b: '2' }), namespace({ b: '2', a: '1' }, '2'), false],
    ['that has none', namespace(), namespace(undefined, '2'), false],
  ])('of one %s', (_, was, is, changed) => {
    const change = { key: 'shop', ...(was && { before: was }), ...(is && { after: is }) };
    expect(labelsChanged(change)).toBe(changed);
  });
});

describe('on a server without the CRD of VCenter', () => {
  test('the vCenter of the environment serves, and VCenters are seen once there is the CRD', async () => {
    const world = await ManagedWorld.with('web');
    const absent = new ApiError('NotFound', 'the server could not find the requested resource', { status: 404 });
    world.model.faultFor = ({ path }) => (path.endsWith('/vcenters') ? { kind: 'Fail', error: absent } : undefined);
    const { manager } = world.start('operator');
    await world.clock.advance(60_000);
    expect(manager.unlisted).toBeUndefined();
    expect((await world.group('web')).status).toMatchObject({ phase: 'RUNNING', vcenter: { name: '(env)' } });
    world.model.faultFor = () => undefined;
    await world.addVCenter('east');
    await world.clock.advance(60_000);
    expect((await world.vcenterObject('east')).metadata.finalizers).toEqual([VCENTER_FINALIZER]);
    expect(world.vcenter.sessionCount).toBe(0);
    await world.end();
  });

  test('R13: VCenters are not taken for gone while the server gives another error', async () => {
    const world = await ManagedWorld.with('web');
    const starting = new ApiError('ServiceUnavailable', 'starting', { status: 503 });
    world.model.faultFor = ({ path }) => (path.endsWith('/vcenters') ? { kind: 'Fail', error: starting } : undefined);
    const { manager } = world.start('operator');
    await world.clock.advance(60_000);
    expect(manager.unlisted).toBe('the VCenters have not been listed yet');
    expect(world.vcenter.sessionCount).toBe(0);
    await world.end();
  });

  test('R15: an operator that may not list VCenters serves nothing, says what it needs, and begins once it may', async () => {
    const world = await ManagedWorld.with('web');
    const forbidden = new ApiError('Forbidden', 'vcenters is forbidden', { status: 403 });
    world.model.faultFor = ({ path }) => (path.endsWith('/vcenters') ? { kind: 'Fail', error: forbidden } : undefined);
    const { manager } = world.start('operator');
    await world.clock.advance(60_000);
    expect(manager.unlisted).toBe(
      'the VCenters have not been listed yet: the operator may not; grant it list and watch on vcenters.vm.codeconnect.vmworld.com, as the install manifests do',
    );
    expect(world.vcenter.sessionCount).toBe(0);
    world.model.faultFor = () => undefined;
    await world.clock.advance(120_000);
    expect(manager.unlisted).toBeUndefined();
    expect((await world.group('web')).status?.phase).toBe('RUNNING');
    await world.end();
  });
});

describe('R2: after a restore of etcd no group is given a vCenter', () => {
  const selects = (site: string) => ({ namespaceSelector: { matchLabels: { site } } });
  const select = async (world: ManagedWorld, name: string, site: string) =>
    world.administrators.mergePatch('', name, { spec: selects(site) }, new AbortController().signal);

  test.each<[string, string, (world: ManagedWorld) => Promise<unknown>]>([
    ['labels that a namespace has no more', '/namespaces', (world) => world.label('shop', { site: 'west' })],
    [
      'selectors that VCenters have no more',
      '/vcenters',
      async (world) => [await select(world, 'east', 'nowhere'), await select(world, 'west', 'east')],
    ],
  ])('by %s', async (_, listed, change) => {
    const world = await ManagedWorld.with();
    await world.addNamespace('shop', { site: 'east' });
    for (const site of ['east', 'west']) await world.addVCenter(site, selects(site));
    world.start('operator');
    await world.clock.advance(60_000);
    await world.create('web', 'shop');
    const restore = world.model.snapshot();
    await world.clock.advance(60_000);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on east: Connected');
    await change(world);
    await world.clock.advance(60_000);
    const down = new ApiError('ServiceUnavailable', 'starting', { status: 503 });
    world.model.faultFor = ({ path }) => (path.endsWith(listed) ? { kind: 'Fail', error: down } : undefined);
    restore('Restarted');
    await world.clock.advance(60_000);
    expect((await world.group('web', 'shop')).status).toBeUndefined();
    world.model.faultFor = () => undefined;
    await world.clock.advance(120_000);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on east: Connected');
    expect(world.machinesOf('web', 'shop', world.vcenters.get('west'))).toEqual([]);
    await world.end();
  });
});
