import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { SamplesChart } from './samples-chart';

test('the samples are the three groups of the original operator, one with a template that does not exist', () => {
  const manifests: readonly { metadata: unknown; spec: unknown }[] = new SamplesChart(new App(), 'samples').toJson();
  expect(manifests.map(({ metadata, spec }) => ({ metadata, spec }))).toEqual([
    {
      metadata: { name: 'vg-1', namespace: 'default' },
      spec: { cpu: 1, memory: 1, replicas: 3, template: 'vm-operator-template' },
    },
    {
      metadata: { name: 'vg-2', namespace: 'default' },
      spec: { cpu: 2, memory: 2, replicas: 2, template: 'doesNotExist' },
    },
    {
      metadata: { name: 'vg-3', namespace: 'default' },
      spec: { cpu: 4, memory: 4, replicas: 2, template: 'vm-operator-template' },
    },
  ]);
});
