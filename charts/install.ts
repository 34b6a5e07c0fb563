import { type App, Chart } from 'cdk8s';
import { VmOperator, VmOperatorCrds, type VmOperatorProps } from '../src/constructs';
import { ManifestApp } from './manifest-app';

/**
 * The app whose output installs everything: `crds.k8s.yaml`, which stays on an uninstall, and `operator.k8s.yaml`. kubectl
 * reads the files of a folder in the order of their names, so the CRDs come first.
 */
export function installApp(props: VmOperatorProps): App {
  const app = new ManifestApp();
  // No namespace on the charts: cdk8s would put it into cluster-scoped objects. No dependency between the charts: cdk8s
  // would put numbers into the names of the files.
  new VmOperatorCrds(new Chart(app, 'crds'), 'Crds');
  new VmOperator(new Chart(app, 'operator'), 'Operator', { ...props, crds: false });
  return app;
}

const OPTIONS: readonly string[] = [
  ...['VM_OPERATOR_IMAGE', 'VM_OPERATOR_NAMESPACE', 'VM_OPERATOR_REPLICAS', 'VM_OPERATOR_WATCH_NAMESPACES'],
  ...['VM_OPERATOR_VCENTER_OBJECTS_ONLY', 'VM_OPERATOR_ARGS'],
];

/** They name programs for the tests of this repository, which synthesize too. */
const OF_TESTS: readonly string[] = [
  ...['ENVTEST_INDEX', 'GOVC', 'HELM', 'KUBE_CONTROLLER_MANAGER', 'LUA', 'PROMETHEUS', 'PROMTOOL', 'VCSIM'],
].map((name) => `VM_OPERATOR_${name}`);

/**
 * The options of `npx cdk8s synth` and `npm run kustomize`. They come from the environment, because cdk8s passes no arguments to an app. An app of
 * your own sets the props of `VmOperator` instead.
 *
 * - `VM_OPERATOR_IMAGE`: container image of the operator. Default: that of this package's version.
 * - `VM_OPERATOR_NAMESPACE`: its namespace. Default: codeconnect-vm-operator-system.
 * - `VM_OPERATOR_REPLICAS`: number of operator Pods. Default: 1.
 * - `VM_OPERATOR_WATCH_NAMESPACES`: namespaces whose VmGroups are served, separated by commas. Default: all.
 * - `VM_OPERATOR_VCENTER_OBJECTS_ONLY`: `true` if only VCenter objects name vCenters, and no Secret is mounted. Default: false.
 * - `VM_OPERATOR_ARGS`: more flags of `vm-operator run`, separated by spaces, such as `--insecure`. Default: none.
 *
 * Throws if there is another variable `VM_OPERATOR_…`, `VM_OPERATOR_REPLICAS` is not a number or `VM_OPERATOR_VCENTER_OBJECTS_ONLY` is neither true nor false;
 * all else is checked at synth.
 */
export function installOptions(environment: Readonly<Record<string, string | undefined>>): VmOperatorProps {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('VM_OPERATOR_') && !OPTIONS.includes(name) && !OF_TESTS.includes(name))
      throw new Error(
        `${name} is not known: give ${OPTIONS.slice(0, -1).join(', ')} or ${OPTIONS.at(-1)}, or unset it`,
      );
  }
  const given = (name: string) => environment[name]?.trim() || undefined;
  const image = given('VM_OPERATOR_IMAGE');
  const namespace = given('VM_OPERATOR_NAMESPACE');
  const replicas = given('VM_OPERATOR_REPLICAS');
  const watchNamespaces = given('VM_OPERATOR_WATCH_NAMESPACES')?.split(/\s*,\s*/);
  const vcenterObjectsOnly = given('VM_OPERATOR_VCENTER_OBJECTS_ONLY');
  const args = given('VM_OPERATOR_ARGS')?.split(/\s+/);
  if (replicas !== undefined && !/^\d+$/.test(replicas)) {
    throw new Error(`VM_OPERATOR_REPLICAS is "${replicas}": give a whole number`);
  }
  if (vcenterObjectsOnly !== undefined && !['true', 'false'].includes(vcenterObjectsOnly)) {
    throw new Error(`VM_OPERATOR_VCENTER_OBJECTS_ONLY is "${vcenterObjectsOnly}": give true or false`);
  }
  return {
    ...(image === undefined ? {} : { image }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(replicas === undefined ? {} : { replicas: Number(replicas) }),
    ...(watchNamespaces === undefined ? {} : { watchNamespaces }),
    ...(vcenterObjectsOnly === undefined ? {} : { vcenterObjectsOnly: vcenterObjectsOnly === 'true' }),
    ...(args === undefined ? {} : { args }),
  };
}
