import { expect, test } from 'vitest';
import { vCenterCrd } from '../../imports/vcenter-crd';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { violationInWords } from './schema-words';

function patternsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}

test.for([...new Set(patternsIn([vmGroupCrd, vCenterCrd]))])('the pattern %s of a CRD is told in words', (pattern) => {
  const violation = { instancePath: '/spec/field', keyword: 'pattern', params: { pattern } };
  const named = { kind: 'VmGroup', shortName: 'vg' };
  const told = violationInWords({ spec: { field: ' ' } }, violation, named);
  expect(told).toMatch(/^spec\.field is " ": give /);
  expect(told).not.toContain(pattern);
});
