import { describe, expect, test } from 'vitest';
import { appliedFields, appliedRecordOf } from './applied-fields';

const KEY = 'kubectl.kubernetes.io/last-applied-configuration';
const lastApplied = (spec: object) => ({ annotations: { [KEY]: JSON.stringify({ spec }) } });
const entry = (manager: string, operation: 'Apply' | 'Update', spec: object, rest: object = {}) => ({
  ...{ manager, operation, fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': spec } },
  ...rest,
});
const managed = (...managedFields: readonly object[]) => ({ managedFields });

/** The spec once `written` is applied to `stored`, whose metadata is given. */
const applied = (metadata: object, written: object, stored: object) =>
  appliedFields('spec', { ...written }, { ...stored }, appliedRecordOf(metadata));

describe('after a plain apply', () => {
  test('a field that somebody else set stays, such as the number of an autoscaler', () => {
    expect(applied(lastApplied({ cpu: 1 }), { cpu: 2 }, { cpu: 1, replicas: 3 })).toEqual({ cpu: 2, replicas: 3 });
  });

  test('a field that the last apply gave and the manifest leaves out is removed, whoever changed it since', () => {
    expect(applied(lastApplied({ cpu: 1, replicas: 1 }), { cpu: 1 }, { cpu: 1, replicas: 3 })).toEqual({ cpu: 1 });
  });

  test('that holds inside objects, and a list is one value', () => {
    const last = { placement: { cluster: 'a', folder: 'f' }, networks: [{ name: 'x' }], disks: { root: 1 } };
    const stored = {
      ...last,
      placement: { ...last.placement, datastore: 'd' },
      networks: [{ name: 'x' }, { name: 'y' }],
    };
    const written = { placement: { folder: 'f' }, networks: [{ name: 'z' }] };
    expect(applied(lastApplied(last), written, stored)).toEqual({
      placement: { folder: 'f', datastore: 'd' },
      networks: [{ name: 'z' }],
    });
  });
});

describe('after server-side applies', () => {
  const stored = { cpu: 1, replicas: 3, placement: { cluster: 'a', datastore: 'd' }, retire: ['vm-1'] };

  test('what kubectl owned alone and the manifest leaves out is removed; what others own stays', () => {
    const metadata = managed(
      entry('kubectl', 'Apply', {
        'f:cpu': {},
        'f:replicas': {},
        'f:placement': { 'f:cluster': {} },
        'f:retire': { 'v:"vm-1"': {} },
      }),
      entry('autoscaler', 'Update', { 'f:replicas': {} }, { subresource: 'scale' }),
    );
    expect(applied(metadata, { cpu: 2 }, stored)).toEqual({ cpu: 2, replicas: 3, placement: { datastore: 'd' } });
  });

  test('an object of which nothing is left goes too', () => {
    const metadata = managed(entry('flux', 'Apply', { 'f:placement': { 'f:cluster': {}, 'f:datastore': {} } }));
    expect(applied(metadata, {}, stored)).toEqual({ cpu: 1, replicas: 3, retire: ['vm-1'] });
  });

  test('where several others apply and kubectl does not, nobody knows who comes: every field stays', () => {
    const metadata = managed(entry('flux', 'Apply', { 'f:cpu': {} }), entry('team', 'Apply', { 'f:replicas': {} }));
    expect(applied(metadata, {}, stored)).toEqual(stored);
  });

  test('the annotation of a plain apply comes first', () => {
    const metadata = { ...lastApplied({ cpu: 1 }), ...managed(entry('flux', 'Apply', { 'f:replicas': {} })) };
    expect(applied(metadata, {}, stored)).toEqual({ ...stored, cpu: undefined });
  });
});

test.each<[string, object]>([
  ['no record at all', {}],
  ['an object that was created', managed(entry('kubectl-create', 'Update', { 'f:cpu': {}, 'f:replicas': {} }))],
  ['an annotation that is no JSON', { annotations: { [KEY]: '{' } }],
  ['managedFields of another shape', { managedFields: ['x', { operation: 'Apply', fieldsV1: 7 }] }],
])('every field that is left out stays with %s', (_, metadata) => {
  expect(applied(metadata, { cpu: 2 }, { cpu: 1, replicas: 3 })).toEqual({ cpu: 2, replicas: 3 });
});

test('fields named as parts of every object are fields as any', () => {
  const odd = JSON.parse('{"constructor": 1, "toString": {"a": 1}}');
  expect(applied(lastApplied({ toString: {} }), { cpu: 1 }, odd)).toEqual({ constructor: 1, cpu: 1 });
  expect(applied({}, odd, { cpu: 1 })).toEqual({ ...odd, cpu: 1 });
});
