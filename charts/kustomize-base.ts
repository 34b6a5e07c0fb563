import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import { VmOperator, VmOperatorCrds, type VmOperatorProps } from '../src/constructs';

/**
 * Writes a kustomize base with the same manifests as `cdk8s synth` into a folder, which is replaced. An overlay sets the
 * image with `images`, the number of operators with `replicas`, and everything else with `patches`.
 */
export function writeKustomizeBase(folder: string, props: VmOperatorProps = {}): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (file: string, documents: readonly object[]) =>
    writeFileSync(join(folder, file), documents.map((document) => `---\n${Yaml.stringify(document)}`).join(''));
  write(
    'crds.yaml',
    manifestsOf((chart) => new VmOperatorCrds(chart, 'Crds')),
  );
  write(
    'operator.yaml',
    manifestsOf((chart) => new VmOperator(chart, 'Operator', { ...props, crds: false })),
  );
  write('kustomization.yaml', [
    { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['crds.yaml', 'operator.yaml'] },
  ]);
}

function manifestsOf(define: (chart: Construct) => void): readonly object[] {
  const chart = new Chart(new App(), 'base');
  define(chart);
  return chart.toJson();
}
