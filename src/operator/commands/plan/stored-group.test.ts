import { describe, expect, test } from 'vitest';
import { aGroup } from '../../../../test/support/builders/observation';
import { FINALIZER, type VmGroup } from '../../../api/vm-group';
import { fieldChanges } from '../../../vmgroup/preview/field-changes';
import type { Manifest } from '../manifest/manifest';
import type { AppliedRecord } from './applied-fields';
import { groupOnceApplied, problemsOnceApplied, storedAs, withKeptFields } from './stored-group';

const manifest = (rest: Partial<Manifest> = {}): Manifest => {
  const { spec } = aGroup();
  return { source: 'web.yaml:1', name: 'web', namespace: 'shop', labels: {}, annotations: {}, spec, ...rest };
};

describe('a group once its manifest is applied', () => {
  test('is a first generation without a status when it is new', () => {
    const group = groupOnceApplied(manifest(), undefined, 0);
    expect(group.metadata).toMatchObject({ generation: 1, finalizers: [FINALIZER], namespace: 'shop' });
    expect(group.status).toBeUndefined();
  });

  test('keeps its identity and status, and the annotations and finalizers of others', () => {
    const stored = aGroup(
      {},
      {
        metadata: { ...aGroup().metadata, annotations: { theirs: 'a', ours: 'old' }, finalizers: ['theirs'] },
        status: { phase: 'RUNNING' },
      },
    );
    const group = groupOnceApplied(manifest({ annotations: { ours: 'new' } }), stored, 0);
    expect(group).toMatchObject({
      status: { phase: 'RUNNING' },
      metadata: { uid: stored.metadata.uid, generation: 1 },
    });
    expect(group.metadata.annotations).toEqual({ theirs: 'a', ours: 'new' });
    expect(group.metadata.finalizers).toEqual(['theirs', FINALIZER]);
  });

  test('loses the annotations that the last apply gave and this one does not, and no others', () => {
    const annotations = { theirs: 'a', ours: 'old', gone: 'x' };
    const stored = aGroup({}, { metadata: { ...aGroup().metadata, annotations } });
    const left = (record: AppliedRecord) =>
      groupOnceApplied(manifest({ annotations: { ours: 'new' } }), stored, 0, record).metadata.annotations;
    const last = { metadata: { annotations: { ours: 'old', gone: 'x' } } };
    expect(left({ kind: 'LastApplied', object: last })).toEqual({ theirs: 'a', ours: 'new' });
    const fields = (...names: string[]) => ({
      'f:metadata': { 'f:annotations': Object.fromEntries(names.map((name) => [`f:${name}`, {}])) },
    });
    const managers = (others: string[]): AppliedRecord => ({
      ...{ kind: 'Managers', applying: fields('ours', 'gone') },
      others: [fields(...others)],
    });
    expect(left(managers(['theirs']))).toEqual({ theirs: 'a', ours: 'new' });
    expect(left(managers(['theirs', 'gone']))).toEqual({ theirs: 'a', ours: 'new', gone: 'x' });
    expect(left({ kind: 'Nobody' })).toEqual({ theirs: 'a', ours: 'new', gone: 'x' });
  });

  test('has the next generation when the spec differs', () => {
    const changed = manifest({ spec: { ...aGroup().spec, cpu: 8 } });
    expect(groupOnceApplied(changed, aGroup(), 0).metadata.generation).toBe(2);
  });

  test('gets no finalizer while it is being deleted', () => {
    const stored = aGroup({}, { metadata: { ...aGroup().metadata, deletionTimestamp: 'x', finalizers: ['theirs'] } });
    expect(groupOnceApplied(manifest(), stored, 0).metadata.finalizers).toEqual(['theirs']);
  });
});

test('changes are listed field by field, a list is one value, and unset values are absent', () => {
  const from = { cpu: 1, placement: { cluster: 'a', datastore: 'd' }, networks: [1] };
  const to = { cpu: 1, placement: { cluster: 'b' }, networks: [1, 2], guest: { cloudInit: { value: 'x' } }, disks: {} };
  expect(fieldChanges(from, to, 'spec')).toEqual([
    { field: 'spec.disks', to: {} },
    { field: 'spec.guest.cloudInit.value', to: 'x' },
    { field: 'spec.networks', from: [1], to: [1, 2] },
    { field: 'spec.placement.cluster', from: 'a', to: 'b' },
    { field: 'spec.placement.datastore', from: 'd' },
  ]);
});

describe('R14: a group that was stored past the schema', () => {
  const odd = (spec: unknown, rest: object = {}) => ({ ...aGroup(), ...rest, spec }) as VmGroup;

  test.each<[string, unknown]>([
    ['no spec', undefined],
    ['a text for a spec', 'x'],
    ['odd fields', { ...aGroup().spec, placement: 7, networks: 'x', replicas: 50_000_000, template: null }],
    ['fields named as parts of every object', { constructor: 1, toString: 2 }],
  ])('can be planned with a manifest that mends it: %s', (_, spec) => {
    const stored = storedAs(odd(spec, { status: { replicas: 'x' } }));
    if (stored.kind !== 'Stored') return expect.unreachable();
    const group = groupOnceApplied(manifest(), stored.group, 0);
    expect(group).toMatchObject({ spec: aGroup().spec, metadata: { generation: 2 } });
    expect(group).not.toHaveProperty('specProblems');
    expect(group).not.toHaveProperty('status');
    const changes = fieldChanges(stored.group.spec, group.spec, 'spec');
    expect(changes.every(({ from }) => typeof from !== 'function')).toBe(true);
    expect(changes.length).toBeGreaterThan(0);
  });

  test('shows what it holds', () => {
    const stored = storedAs(odd({ ...aGroup().spec, replicas: 50_000_000 }));
    if (stored.kind !== 'Stored') return expect.unreachable();
    expect(fieldChanges(stored.group.spec, aGroup().spec, 'spec')).toEqual([
      { field: 'spec.replicas', from: 50_000_000, to: 1 },
    ]);
  });
});

describe('what a manifest leaves out', () => {
  const stored = storedAs(aGroup({ replicas: 3, minReadySeconds: 5 }));

  test("stays as others have set it, and the API server's defaults fill in the rest", () => {
    const { spec } = manifest();
    const read = manifest({ spec: { ...spec, replicas: 1 }, defaulted: ['replicas', 'minReadySeconds'] });
    expect(withKeptFields(read, stored).spec).toMatchObject({ replicas: 3, minReadySeconds: 5, cpu: spec.cpu });
  });

  test('is what the manifest says where the group is new or not known', () => {
    const read = manifest({ defaulted: ['replicas'] });
    expect(withKeptFields(read, { kind: 'New' })).toBe(read);
    expect(withKeptFields(read, { kind: 'Unknown', why: 'no cluster' })).toBe(read);
  });

  test('is refused where what stays and what is written do not go together', () => {
    const { group } = stored.kind === 'Stored' ? stored : expect.unreachable();
    const spec = { ...group.spec, minReadySeconds: 60, progressDeadlineSeconds: 30 };
    expect(problemsOnceApplied(manifest({ spec }), group)).toEqual([
      expect.stringMatching(/^web\.yaml:1: VmGroup shop\/web, with fields that stay: .*progressDeadlineSeconds/),
    ]);
    expect(problemsOnceApplied(manifest(), group)).toEqual([]);
  });
});
