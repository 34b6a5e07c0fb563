/** VmOperator constructs in a chart, for the tests of src/constructs. */
import { App, Chart } from 'cdk8s';
import { VmOperator, type VmOperatorProps } from '../../../src/constructs';

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
  readonly data?: unknown;
  readonly rules?: unknown;
  readonly subjects?: unknown;
}

export function manifestsOf(props?: VmOperatorProps): readonly Manifest[] {
  const chart = new Chart(new App(), 'platform');
  new VmOperator(chart, 'Operator', props);
  return chart.toJson();
}

export function namesOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.map(({ kind, metadata }) =>
    [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join(' '),
  );
}

/** The only container of the Deployment. */
export function containerOf(props: VmOperatorProps) {
  const chart = new Chart(new App(), 'platform');
  return new VmOperator(chart, 'Operator', props).deployment.toJson().spec.template.spec.containers[0];
}
