import { beforeEach, describe, expect, test } from 'vitest';
import { KubernetesModel } from '../../../test/fakes/kubernetes/kubernetes-model';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { keptGroup } from '../../api/kept-group';
import { FINALIZER, VM_GROUP_RESOURCE, type VmGroup, type VmGroupStatus } from '../../api/vm-group';
import { ApiError, EventRecorder, type KubernetesObject, Reflector, ResourceClient } from '../../kubernetes';
import { seededRandom } from '../../time/random';
import { GroupApi, templateIndex } from './group-api';

const signal = new AbortController().signal;
const spec = { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu' };
const vcenter = { name: '(env)' };
const connected = {
  type: 'VCenterReady',
  status: 'True',
  reason: 'Connected',
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
} as const;
/** Of a group that is worked on. */
const status = (observedGeneration: number): VmGroupStatus => ({
  ...{ observedGeneration, phase: 'PENDING', vcenter, conditions: [connected] },
});

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

let clock: VirtualClock;
let model: KubernetesModel;
let users: ResourceClient<VmGroup>;
let reflector: Reflector<VmGroup>;
let api: GroupApi;
/** Keys of changes that needed a reconcile. */
let queued: string[];
/** Namespaces that are being deleted. */
let ending: string[];

beforeEach(async () => {
  clock = new VirtualClock();
  model = new KubernetesModel(clock);
  users = new ResourceClient<VmGroup>(model.direct, VM_GROUP_RESOURCE);
  const client = new ResourceClient<VmGroup>(model, VM_GROUP_RESOURCE);
  reflector = new Reflector<VmGroup>({ client, transform: keptGroup, clock, random: seededRandom(1) });
  const recorder = new EventRecorder({ server: model, clock, reportingController: 'test', reportingInstance: 'test' });
  ending = [];
  api = new GroupApi(client, reflector, recorder, (namespace) => ending.includes(namespace));
  queued = [];
  reflector.onChange((change) => {
    if (api.predicate(change)) queued.push(change.key);
  });
  void reflector.run(signal);
  await clock.advance(0);
  const metadata = { name: 'web', annotations: { [LAST_APPLIED]: '{}' } };
  const made = await users.create('default', { metadata, spec }, signal);
  await users.replaceStatus(made.metadata, { phase: 'UNKNOWN', vcenter }, 'vm-operator', signal);
  await clock.advance(0);
  queued = [];
});

function web(): VmGroup {
  const group = reflector.store.get('default/web');
  if (group === undefined) throw new Error('there is no web');
  return group;
}

test('R4: the echo of our own status and finalizer causes no reconcile', async () => {
  await api.replaceStatus(web(), status(1), signal);
  await api.replaceFinalizers(web(), ['test.example/a'], signal);
  await clock.advance(1_000);
  expect(web().metadata.finalizers).toEqual(['test.example/a']);
  expect(queued).toEqual([]);
});

test('a status that is forbidden is let go where its namespace is being deleted, and is an error elsewhere', async () => {
  const forbidden = new ApiError('Forbidden', 'no', { status: 403 });
  model.faultFor = ({ method }) => (method === 'PATCH' ? { kind: 'Fail', error: forbidden } : undefined);
  await expect(api.replaceStatus(web(), status(1), signal)).rejects.toBe(forbidden);
  ending = ['default'];
  expect(await api.replaceStatus(web(), status(1), signal)).toBeUndefined();
  await expect(api.replaceFinalizers(web(), [], signal)).rejects.toBe(forbidden);
});

test.each([
  ['managedFields', { managedFields: [{ manager: 'somebody' }] }],
  ['an annotation that is not ours', { annotations: { note: 'x' } }],
  ['a label', { labels: { app: 'web' } }],
  ["kubectl's note of what it applied", { annotations: { [LAST_APPLIED]: '{ "spec": {} }' } }],
])('an update of fields that no reconcile reads causes none: %s', async (_, metadata) => {
  await users.mergePatch('default', 'web', { metadata }, signal);
  await clock.advance(1_000);
  expect(queued).toEqual([]);
});

test.each([
  ['a new spec', { spec: { replicas: 2 } }],
  ['an annotation', { metadata: { annotations: { 'vm.codeconnect.vmworld.com/retry': '1' } } }],
])('%s causes a reconcile', async (_, patch) => {
  await users.mergePatch('default', 'web', patch, signal);
  await clock.advance(1_000);
  expect(queued).toEqual(['default/web']);
});

test('what happens to several machines is one event that names them, written at once when the group goes away', async () => {
  const cloned = { type: 'Normal', reason: 'ReplicaCreated', action: 'Clone', note: 'cloned from ubuntu' } as const;
  for (const machine of ['web-1', 'web-2']) api.record(web(), { ...cloned, machine });
  await clock.advance(0);
  expect(await notesOfEvents()).toEqual([]);
  api.flush(web());
  await clock.advance(0);
  expect(await notesOfEvents()).toEqual(['web-1, web-2: cloned from ubuntu']);
});

test('R14: the name of a template in an event commands no terminal', async () => {
  const note = 'cloned from x\u001b[2J\nall is well\u009b';
  api.record(web(), { type: 'Normal', reason: 'ReplicaCreated', action: 'Clone', note });
  api.flush(web());
  await clock.advance(0);
  expect(await notesOfEvents()).toEqual(['cloned from x\\u001b[2J\\nall is well\\u009b']);
});

async function notesOfEvents(): Promise<readonly string[]> {
  const type = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events' };
  const events = new ResourceClient<KubernetesObject & { readonly note: string }>(model.direct, type);
  return (await events.list({ namespace: 'default' }, signal)).items.map(({ note }) => note);
}

test('a status that somebody else wrote causes a reconcile, and so does the end of a group', async () => {
  await api.replaceStatus(web(), status(1), signal);
  await users.replaceStatus(web().metadata, { phase: 'RUNNING' }, 'somebody', signal);
  await clock.advance(1_000);
  await users.delete('default', 'web', {}, signal);
  await clock.advance(1_000);
  expect(queued).toEqual(['default/web', 'default/web']);
});

test('a spec that only the answer to our own status write brings causes a reconcile', async () => {
  const reconciled = web();
  // Scaled after the reconcile has read the store, and before the watch brings it.
  model.reset();
  await users.mergePatch('default', 'web', { spec: { replicas: 5 } }, signal);
  await api.replaceStatus(reconciled, status(1), signal);
  expect(web().spec.replicas).toBe(5);
  await clock.advance(10_000);
  expect(reflector.readError).toBeUndefined();
  expect(queued).toEqual(['default/web']);
});

test('so does a spec that was changed and changed back before that answer: its generation was not observed yet', async () => {
  const reconciled = web();
  model.reset();
  await users.mergePatch('default', 'web', { spec: { replicas: 5 } }, signal);
  await users.mergePatch('default', 'web', { spec }, signal);
  await api.replaceStatus(reconciled, status(1), signal);
  await clock.advance(10_000);
  expect(web().metadata.generation).toBe(3);
  expect(queued).toEqual(['default/web']);
});

test('R8: so do finalizers that are there again, because etcd was restored and its versions have passed ours', async () => {
  await users.mergePatch('default', 'web', { metadata: { finalizers: ['test.example/keep', FINALIZER] } }, signal);
  await clock.advance(1_000);
  const restore = model.snapshot();
  await api.replaceFinalizers(web(), ['test.example/keep'], signal);
  await clock.advance(1_000);
  restore('Restarted');
  for (const name of ['a', 'b']) await users.create('default', { metadata: { name }, spec }, signal);
  queued = [];
  await api.replaceStatus(web(), status(1), signal);
  expect(web().metadata.finalizers).toContain(FINALIZER);
  expect(queued).toEqual(['default/web']);
});

test('a status that arrives late is not written to a new group of the same name', async () => {
  const reconciled = web();
  model.reset();
  await users.delete('default', 'web', {}, signal);
  await users.create('default', { metadata: { name: 'web' }, spec }, signal);
  expect(await api.replaceStatus(reconciled, status(1), signal)).toBeUndefined();
  await clock.advance(10_000);
  expect(web().metadata.uid).not.toBe(reconciled.metadata.uid);
  expect(web()).not.toHaveProperty('status');
  // Deleted again meanwhile: there is nobody to write to.
  await users.delete('default', 'web', {}, signal);
  expect(await api.replaceStatus(reconciled, status(1), signal)).toBeUndefined();
});

describe('R2: a status of who does not work on the group in vCenter, or begins to', () => {
  const statuses: readonly VmGroupStatus[] = [
    { phase: 'ERROR' },
    { phase: 'ERROR', vcenter },
    { phase: 'PENDING', vcenter: { name: 'west' }, conditions: [connected] },
  ];

  test.each(statuses)('is not written once another process has changed the group: %j', async (late) => {
    const reconciled = web();
    model.reset();
    await users.replaceStatus(reconciled.metadata, { phase: 'PENDING', vcenter: { name: 'east' } }, 'other', signal);
    await expect(api.replaceStatus(reconciled, late, signal)).rejects.toMatchObject({ code: 'Conflict' });
    expect((await users.get('default', 'web', signal)).status?.vcenter).toEqual({ name: 'east' });
    // The answer tells more than the watch has told so far.
    expect(web().status?.vcenter).toEqual({ name: 'east' });
    expect(await api.replaceStatus(web(), { phase: 'RUNNING', vcenter: { name: 'east' } }, signal)).toBeDefined();
  });

  test.each(statuses)('is written to the group as it was reconciled: %j', async (next) => {
    expect(await api.replaceStatus(web(), next, signal)).toMatchObject({ status: next });
  });
});

test('R7: a conflict after a restore of etcd makes the store list again', async () => {
  const restore = model.snapshot();
  await users.mergePatch('default', 'web', { spec: { replicas: 5 } }, signal);
  await clock.advance(1_000);
  restore('Kept');
  await expect(api.replaceFinalizers(web(), [FINALIZER], signal)).rejects.toMatchObject({ code: 'Conflict' });
  await clock.advance(60_000);
  expect(web().spec.replicas).toBe(1);
  expect(await api.replaceFinalizers(web(), [FINALIZER], signal)).toBeDefined();
});

test('a status that the schema refuses is a failure of the reconcile', async () => {
  const refused = new ApiError('Invalid', 'status.phase: Unsupported value', { status: 422 });
  model.faultFor = ({ method }) => (method === 'PATCH' ? { kind: 'Fail', error: refused } : undefined);
  await expect(api.replaceStatus(web(), status(1), signal)).rejects.toBe(refused);
});

test('R14: very many finalizers of others are not kept in memory, and stay when ours comes and goes', async () => {
  const others = Array.from({ length: 500 }, (_, number) => `test.example/finalizer-${number}`);
  await users.mergePatch('default', 'web', { metadata: { finalizers: others } }, signal);
  await clock.advance(1_000);
  expect(web().metadata.finalizers).toHaveLength(1);
  const stored = async () => (await users.get('default', 'web', signal)).metadata.finalizers;
  await api.replaceFinalizers(web(), [...(web().metadata.finalizers ?? []), FINALIZER], signal);
  expect(await stored()).toEqual([...others, FINALIZER]);
  const rest = web().metadata.finalizers?.filter((name) => name !== FINALIZER) ?? [];
  await api.replaceFinalizers(web(), rest, signal);
  expect(await stored()).toEqual(others);
});

test.each([
  ['ubuntu', 'ubuntu'],
  ['/dc/vm/templates/ubuntu', 'ubuntu'],
  ['ubuntu/', 'ubuntu'],
  ['rhel%2f9', 'rhel/9'],
  ['rhel/9', 'rhel/9'],
])('R8: a group with the template %s is woken when %s appears', (template, name) => {
  const group = { spec: { ...spec, template } } as unknown as VmGroup;
  expect(templateIndex(group)).toContain(name);
});
