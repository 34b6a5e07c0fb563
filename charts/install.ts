import { type App, Chart } from 'cdk8s';
import { VmOperator, VmOperatorCrds, type VmOperatorProps } from '../src/constructs';
import { ManifestApp } from './manifest-app';

/**
 * The app whose output installs everything: `crds.k8s.yaml`, kept on uninstall, and `operator.k8s.yaml`. kubectl reads
 * the files of a folder by name, so the CRDs come first.
 */
export function installApp(props: VmOperatorProps): App {
  const app = new ManifestApp();
  // No namespace on the charts: cdk8s would stamp it on cluster-scoped objects. And no dependency between them: cdk8s
  // would number the files.
  new VmOperatorCrds(new Chart(app, 'crds'), 'Crds');
  new VmOperator(new Chart(app, 'operator'), 'Operator', { ...props, crds: false });
  return app;
}

/**
 * The options of `npx cdk8s synth`, from the environment.
 *
 * - `VM_OPERATOR_IMAGE`: container image of the operator. Default: codeconnect-vm-operator with this package's version.
 * - `VM_OPERATOR_ARGS`: further flags of `vm-operator run`, separated by spaces, such as `--insecure`. Default: none.
 */
export function installOptions(environment: Readonly<Record<string, string | undefined>>): VmOperatorProps {
  const image = environment.VM_OPERATOR_IMAGE?.trim() ?? '';
  const args = environment.VM_OPERATOR_ARGS?.split(/\s+/).filter((arg) => arg !== '') ?? [];
  return { ...(image === '' ? {} : { image }), ...(args.length === 0 ? {} : { args }) };
}
