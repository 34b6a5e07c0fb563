import { findGoTool } from './go-tool';

const HELM = {
  name: 'helm',
  package: 'helm.sh/helm/v3/cmd/helm',
  version: 'v3.22.0',
  variable: 'VM_OPERATOR_HELM',
} as const;

/** Path of Helm, in one version: charts render differently from version to version. The build takes three minutes once. */
export function findHelm(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return findGoTool(HELM, environment, signal);
}
