/** VmGroup constructs in a chart, for the tests of src/constructs. */
import { ApiObject, App, Chart, type JsonPatch, Size } from 'cdk8s';
import { VmGroup, type VmGroupProps } from '../../../src/constructs';

/** A group with nothing but the required props. */
export const WEB: VmGroupProps = {
  metadata: { name: 'web', namespace: 'shop' },
  template: 'ubuntu',
  replicas: 3,
  cpu: 2,
  memory: Size.gibibytes(4),
};

export function aChart(): Chart {
  return new Chart(new App(), 'store');
}

/** The manifest of a group with some props changed, after an optional patch. */
export function manifestOf(props: Partial<VmGroupProps> = {}, ...patches: JsonPatch[]): unknown {
  const chart = aChart();
  const group = new VmGroup(chart, 'web', { ...WEB, ...props });
  ApiObject.of(group).addJsonPatch(...patches);
  return chart.toJson()[0];
}

/** The message that synth fails with. */
export function errorOf(synth: () => unknown): string {
  try {
    synth();
  } catch (error) {
    return String(error);
  }
  throw new Error('expected an error, but the group was synthesized');
}
