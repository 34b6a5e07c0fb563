import { App, Chart, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { servedSchema } from '../../../crds/schema';
import { readCrds } from '../../../docs/crd-page';
import { fieldsOf } from '../../conventions/api-fields';
import { wholeGroup } from './synth';

test('the groups of the benchmark have every field of spec', () => {
  const chart = new Chart(new App(), 'fleet', { namespace: 'fleet' });
  for (const index of [0, 1, 2, 3, 4, 5]) wholeGroup(chart, index);
  const manifests: { readonly spec: unknown }[] = Testing.synth(chart);
  const used = new Set(manifests.flatMap(({ spec }) => pathsOf('spec', spec)));
  const [vmGroup] = readCrds();
  const { spec = {} } = (vmGroup && servedSchema(vmGroup).properties) ?? {};
  const all = fieldsOf('spec', spec).map(([parent, name]) => `${parent}.${name}`);
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter((field) => !used.has(field))).toEqual([]);
});

function pathsOf(path: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((entry) => pathsOf(`${path}[]`, entry))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, field]) => pathsOf(`${path}.${name}`, field))];
}
