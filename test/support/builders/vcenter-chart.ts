/** VCenter constructs in a chart, for the tests of src/constructs. */
import { ApiObject, App, Chart, type JsonPatch } from 'cdk8s';
import { VCenter, VCenterCredentials, type VCenterProps } from '../../../src/constructs';

/** A VCenter with nothing but the required props. */
export const EAST: VCenterProps = {
  metadata: { name: 'east' },
  host: 'vcenter.example.com',
  credentials: VCenterCredentials.fromSecretName('vcenter-east'),
};

/** The manifest of a VCenter with some props changed, after an optional patch. */
export function vcenterManifestOf(props: Partial<VCenterProps> = {}, ...patches: JsonPatch[]): unknown {
  const chart = new Chart(new App(), 'store');
  const vcenter = new VCenter(chart, 'east', { ...EAST, ...props });
  ApiObject.of(vcenter).addJsonPatch(...patches);
  return chart.toJson()[0];
}
