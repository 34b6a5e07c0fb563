import { expect, test } from 'vitest';
import { stripManagedFields } from './strip-managed-fields';

const type = { apiVersion: 'test/v1', kind: 'Thing' };
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const metadata = { name: 'one', namespace: 'a', uid: 'u', resourceVersion: '7' };

test('managedFields and the annotation of kubectl apply are left out, everything else stays', () => {
  const object = {
    metadata: { ...metadata, managedFields: [{}], annotations: { [LAST_APPLIED]: '{}', team: 'blue' }, labels: {} },
    spec: { a: [1] },
  };
  const before = structuredClone(object);
  expect(stripManagedFields(object, type)).toEqual({
    ...type,
    metadata: { ...metadata, annotations: { team: 'blue' }, labels: {} },
    spec: { a: [1] },
  });
  expect(object).toEqual(before);
});

test('an object without them stays as it is', () => {
  const object = { ...type, metadata: { ...metadata, annotations: { team: 'blue' } } };
  expect(stripManagedFields(object, type)).toEqual(object);
  expect(Object.keys(stripManagedFields({ metadata }, type).metadata)).toEqual(Object.keys(metadata));
});
