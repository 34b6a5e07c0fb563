import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Yaml } from 'cdk8s';
import { VmOperatorCrds } from '../src/constructs';
import { checksTemplate } from './helm-checks';
import { NOTES } from './helm-notes';
import { operatorTemplate } from './helm-operator';
import {
  authoritiesTemplate,
  dashboardTemplate,
  decisionsReaderTemplate,
  disruptionBudgetTemplate,
  guestSecretsTemplate,
  metricsReaderTemplate,
  monitoringTemplate,
  networkPolicyTemplate,
  servedNamespacesTemplate,
} from './helm-optional';
import { asHelm } from './helm-template';
import { type HelmChartOptions, valuesSchema, valuesYaml } from './helm-values';

/**
 * Writes a Helm chart with the manifests of `VmOperator` and `VmOperatorCrds` into a folder, which is replaced. The
 * manifests are synthesized as for `cdk8s synth`, with placeholders where values of the chart go. Then template
 * expressions replace the placeholders. The namespace is that of the release: `helm install --create-namespace`.
 */
export function writeHelmChart(folder: string, options: HelmChartOptions): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('Chart.yaml', chartYaml(options));
  write('values.yaml', valuesYaml(options));
  write('values.schema.json', `${JSON.stringify(valuesSchema(options), null, 2)}\n`);
  write('templates/checks.yaml', checksTemplate());
  write('templates/operator.yaml', operatorTemplate());
  write('templates/served-namespaces.yaml', servedNamespacesTemplate());
  write('templates/guest-secrets.yaml', guestSecretsTemplate());
  write('templates/vcenter-authorities.yaml', authoritiesTemplate());
  write('templates/metrics-reader.yaml', metricsReaderTemplate());
  write('templates/decisions-reader.yaml', decisionsReaderTemplate());
  write('templates/monitoring.yaml', monitoringTemplate());
  write('templates/dashboard.yaml', dashboardTemplate());
  write('templates/network-policy.yaml', networkPolicyTemplate());
  write('templates/disruption-budget.yaml', disruptionBudgetTemplate());
  write('templates/crds.yaml', `{{- if .Values.crds }}\n${asHelm(crdManifests())}{{- end }}\n`);
  write('templates/NOTES.txt', NOTES);
}

function crdManifests(): readonly object[] {
  const chart = new Chart(new App(), 'helm');
  new VmOperatorCrds(chart, 'Crds');
  return chart.toJson();
}

function chartYaml({ name, version }: HelmChartOptions): string {
  return Yaml.stringify({
    apiVersion: 'v2',
    name,
    description: 'Declarative virtual machine groups on plain vCenter',
    type: 'application',
    version,
    appVersion: version,
    kubeVersion: '>=1.30.0-0',
  });
}
