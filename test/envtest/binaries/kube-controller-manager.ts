import { findGoTool } from './go-tool';
import { KUBERNETES_VERSION, MODULES_FOLDER } from './program';

/** Of the version of kube-apiserver, for the few tests that need a cluster's own controllers. */
const KUBE_CONTROLLER_MANAGER = {
  name: 'kube-controller-manager',
  package: './kube-controller-manager',
  version: KUBERNETES_VERSION,
  folder: MODULES_FOLDER,
  variable: 'VM_OPERATOR_KUBE_CONTROLLER_MANAGER',
} as const;

/** Path of kube-controller-manager, built once, in two minutes on two cores where kube-apiserver was built before. */
export function findKubeControllerManager(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return findGoTool(KUBE_CONTROLLER_MANAGER, environment, signal);
}
