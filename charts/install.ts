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
 * The options of `npx cdk8s synth`, from the environment, for cdk8s has no other way into an app. An own app gives them as
 * props of `VmOperator`.
 *
 * - `VM_OPERATOR_IMAGE`: container image of the operator. Default: codeconnect-vm-operator with this package's version.
 * - `VM_OPERATOR_NAMESPACE`: its namespace. Default: codeconnect-vm-operator-system.
 * - `VM_OPERATOR_REPLICAS`: how many operators run. Default: 1.
 * - `VM_OPERATOR_ARGS`: further flags of `vm-operator run`, separated by spaces, such as `--insecure`. Default: none.
 *
 * Throws for a number of replicas that is none; all else is checked at synth.
 */
export function installOptions(environment: Readonly<Record<string, string | undefined>>): VmOperatorProps {
  const given = (name: string) => environment[name]?.trim() || undefined;
  const image = given('VM_OPERATOR_IMAGE');
  const namespace = given('VM_OPERATOR_NAMESPACE');
  const replicas = given('VM_OPERATOR_REPLICAS');
  const args = given('VM_OPERATOR_ARGS')?.split(/\s+/);
  if (replicas !== undefined && !/^\d+$/.test(replicas)) {
    throw new Error(`VM_OPERATOR_REPLICAS is "${replicas}": give a whole number`);
  }
  return {
    ...(image === undefined ? {} : { image }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(replicas === undefined ? {} : { replicas: Number(replicas) }),
    ...(args === undefined ? {} : { args }),
  };
}
