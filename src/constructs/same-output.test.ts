import { App, Chart, YamlOutputType } from 'cdk8s';
import { expect, test } from 'vitest';
import { errorOf, WEB } from '../../test/support/builders/group-chart';
import { NamespaceSelector, VCenter, VCenterCredentials, VmGroup, VmOperator } from '.';

const inNamespace = (namespace: string) => ({ ...WEB, metadata: { name: 'web', namespace } });

test('two groups of one name in one namespace and one chart are refused, by the paths of both', () => {
  const chart = new Chart(new App(), 'store', { namespace: 'shop' });
  new VmGroup(chart, 'first', { ...WEB, metadata: { name: 'web' } });
  new VmGroup(chart, 'second', inNamespace('shop'));
  expect(errorOf(() => chart.toJson())).toContain(
    '[store/second] metadata.name is "web": store/first is a VmGroup of that name in namespace "shop" too, ' +
      'and one would replace the other: give another name, or another namespace',
  );
  expect(errorOf(() => chart.toJson())).not.toContain('[store/first]');
});

test('in two namespaces they are two groups', () => {
  const chart = new Chart(new App(), 'store');
  new VmGroup(chart, 'first', inNamespace('shop'));
  new VmGroup(chart, 'second', inNamespace('bank'));
  expect(chart.toJson()).toHaveLength(2);
});

test.each([
  [YamlOutputType.FILE_PER_CHART, undefined],
  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, undefined],
  [YamlOutputType.FILE_PER_APP, 'blue/web is a VmGroup of that name'],
  [YamlOutputType.FILE_PER_RESOURCE, 'blue/web is a VmGroup of that name'],
])('charts may be for two clusters, unless they are written together: output type %s', (yamlOutputType, refusal) => {
  const app = new App({ yamlOutputType });
  new VmGroup(new Chart(app, 'blue'), 'web', inNamespace('shop'));
  const green = new Chart(app, 'green');
  new VmGroup(green, 'web', inNamespace('shop'));
  if (refusal === undefined) expect(green.toJson()).toHaveLength(1);
  else expect(errorOf(() => green.toJson())).toContain(refusal);
});

test('two VCenters of one name are refused', () => {
  const chart = new Chart(new App(), 'platform', { namespace: 'vms' });
  for (const id of ['first', 'second'])
    new VCenter(chart, id, {
      metadata: { name: 'east' },
      host: 'vc.example.com',
      credentials: VCenterCredentials.fromSecretName('east'),
      namespaceSelector: NamespaceSelector.all(),
    });
  expect(errorOf(() => chart.toJson())).toContain(
    '[platform/second] metadata.name is "east": platform/first is a VCenter of that name',
  );
});

test('two VmOperators are refused, also in two namespaces: they have the same ClusterRole and the same groups', () => {
  const chart = new Chart(new App(), 'platform');
  new VmOperator(chart, 'First');
  new VmOperator(chart, 'Second', { namespace: 'vms' });
  expect(errorOf(() => chart.toJson())).toContain(
    '[platform/Second] VmOperator is there twice, platform/First is one too: keep one, and set replicas for several Pods',
  );
});
