import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { breakingChanges, type ReleasedCrd } from './breaking-changes';

const FILE = join(__dirname, 'vmgroup.yaml');
const SCHEMA = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema'] as const;
const SPEC = [...SCHEMA, 'properties', 'spec'] as const;
const FIELDS = [...SPEC, 'properties'] as const;

const crd: ReleasedCrd = parse(readFileSync(FILE, 'utf8'));

/** The CRD with one value changed; undefined removes it. */
function changed(path: readonly (string | number)[], value: unknown): ReleasedCrd {
  const document = parseDocument(readFileSync(FILE, 'utf8'));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return document.toJS();
}

test.for<[string, readonly (string | number)[], unknown, string]>([
  ['a field that was removed', [...FIELDS, 'template'], undefined, 'spec.template is gone'],
  [
    'a field of the status that was removed',
    [...SCHEMA, 'properties', 'status', 'properties', 'phase'],
    undefined,
    'status.phase is gone',
  ],
  ['another type', [...FIELDS, 'cpu', 'type'], 'string', 'spec.cpu: type was integer and is string'],
  ['a required field', [...SPEC, 'required'], ['cpu', 'memory', 'template', 'paused'], 'spec: paused is now required'],
  ['a lower maximum', [...FIELDS, 'replicas', 'maximum'], 100, 'spec.replicas: maximum was 500 and is 100'],
  ['a higher minimum', [...FIELDS, 'replicas', 'minimum'], 1, 'spec.replicas: minimum was 0 and is 1'],
  ['a shorter text', [...FIELDS, 'template', 'maxLength'], 80, 'spec.template: maxLength was 2048 and is 80'],
  ['a shorter list', [...FIELDS, 'networks', 'maxItems'], 4, 'spec.networks: maxItems was 10 and is 4'],
  ['a pattern', [...FIELDS, 'template', 'pattern'], '^a', 'spec.template: pattern was absent and is ^a'],
  [
    'a value that was removed',
    [...FIELDS, 'deletionPolicy', 'enum'],
    ['Delete'],
    'spec.deletionPolicy: "Orphan" is no longer accepted',
  ],
  ['a new enum', [...FIELDS, 'template', 'enum'], ['a'], 'spec.template: "any other value" is no longer accepted'],
  ['another default', [...FIELDS, 'paused', 'default'], true, 'spec.paused: default was false and is true'],
  [
    'a new rule',
    [...FIELDS, 'placement', 'x-kubernetes-validations'],
    [{ rule: 'has(self.cluster)' }],
    'spec.placement: new rule has(self.cluster)',
  ],
  [
    'a new rule that asks for a new field',
    [...SPEC, 'x-kubernetes-validations', 4],
    { rule: 'has(self.novelty)' },
    'spec: new rule has(self.novelty)',
  ],
  [
    'a new rule that asks an old field also without the new one',
    [...SPEC, 'x-kubernetes-validations', 4],
    { rule: '!has(self.novelty) && self.cpu > 1' },
    'spec: new rule !has(self.novelty) && self.cpu > 1',
  ],
  ['another scope', ['spec', 'scope'], 'Cluster', 'scope was Namespaced and is Cluster'],
  ['a short name that was removed', ['spec', 'names', 'shortNames'], [], 'names.shortNames: vg is gone'],
  ['a version that is not served', ['spec', 'versions', 0, 'served'], false, 'version v1alpha1 is no longer served'],
  [
    'another path of the scale subresource',
    ['spec', 'versions', 0, 'subresources', 'scale', 'statusReplicasPath'],
    '.status.readyReplicas',
    'subresource scale was',
  ],
])('is a breaking change: %s', ([, path, value, message]) => {
  const breaks = breakingChanges(crd, changed(path, value));
  expect(breaks).toHaveLength(1);
  expect(breaks[0]).toContain(message);
});

test.for<[string, readonly (string | number)[], unknown]>([
  ['a new optional field', [...FIELDS, 'novelty'], { type: 'string', maxLength: 3 }],
  ['a higher maximum', [...FIELDS, 'replicas', 'maximum'], 1000],
  ['a new value', [...FIELDS, 'deletionPolicy', 'enum'], ['Delete', 'Orphan', 'Freeze']],
  [
    'a new rule on a new field, which holds without it',
    [...SPEC, 'x-kubernetes-validations', 4],
    { rule: '!has(oldSelf.novelty) || (has(self.novelty) && self.novelty == oldSelf.novelty)' },
  ],
  [
    'a new rule on a new field and an old one, which holds without the new one',
    [...SPEC, 'x-kubernetes-validations', 4],
    { rule: '!has(self.novelty) || !has(self.novelty.size) || self.cpu > 1' },
  ],
  [
    'a new rule that a missing new field of an object frees',
    [...SPEC, 'x-kubernetes-validations', 4],
    { rule: '!has(self.placement) || !has(self.placement.novelty) || self.cpu > 1' },
  ],
  ['a rule that was removed', [...SPEC, 'x-kubernetes-validations'], []],
  ['a field that is no longer required', [...SPEC, 'required'], ['cpu']],
  ['another description', [...FIELDS, 'cpu', 'description'], 'Processors.'],
  ['a tighter status', [...SCHEMA, 'properties', 'status', 'properties', 'lastMessage', 'maxLength'], 9],
])('is no breaking change: %s', ([, path, value]) => {
  expect(breakingChanges(crd, changed(path, value))).toEqual([]);
});

test('is no breaking change: a rule with other line breaks', () => {
  const rules = [...SPEC, 'x-kubernetes-validations'];
  const wrapped = changed([...rules, 3, 'rule'], 'self.progressDeadlineSeconds >\n  self.minReadySeconds');
  expect(breakingChanges(crd, wrapped)).toEqual([]);
});
