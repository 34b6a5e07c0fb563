import { expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { problemsOfAnnotations } from '../constructs/annotation-values';
import { ignoredAnnotations } from './ignored-annotations';
import { Annotation } from './vm-group';

const withAnnotations = (annotations: Record<string, string>) => {
  const group = aGroup();
  return { ...group, metadata: { ...group.metadata, annotations } };
};

test.each([
  [Annotation.Adopt, 'adopt', 'Adopt or Ignore'],
  [Annotation.Legacy, 'true', 'Adopt or Ignore'],
  [Annotation.ForceOrphan, 'True', 'true or false'],
])('%s=%s has no effect, and the line tells annotation, value and allowed values', (name, value, allowed) => {
  expect(ignoredAnnotations(withAnnotations({ [name]: value }))).toEqual([
    `annotation ${name} is ${JSON.stringify(value)}, which has no effect: give ${allowed}`,
  ]);
});

test('values that mean something, and annotations of others, are no problem', () => {
  const annotations = {
    [Annotation.Adopt]: 'Adopt',
    [Annotation.Legacy]: 'Ignore',
    [Annotation.ForceOrphan]: 'false',
    [Annotation.Retry]: 'any text',
    'example.com/adopt': 'adopt',
  };
  expect(ignoredAnnotations(withAnnotations(annotations))).toEqual([]);
  expect(ignoredAnnotations(aGroup())).toEqual([]);
});

test('every annotation but retry, which takes any value, has its values checked', () => {
  const checked = Object.values(Annotation).filter((name) => problemsOfAnnotations({ [name]: '?' }).length > 0);
  expect(new Set([...checked, Annotation.Retry])).toEqual(new Set(Object.values(Annotation)));
});
