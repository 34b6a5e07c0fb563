import { readFileSync } from 'node:fs';

const NAMESPACE_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
const DEFAULT = 'codeconnect-vm-operator-system';

/** Where the Lease lives: POD_NAMESPACE (the downward API), else the namespace of the pod's service account, else the default installation. */
export function leaseNamespace(
  environment: Readonly<Record<string, string | undefined>>,
  namespaceFile = NAMESPACE_FILE,
): string {
  const named = environment.POD_NAMESPACE?.trim();
  if (named) return named;
  try {
    return readFileSync(namespaceFile, 'utf8').trim() || DEFAULT;
  } catch {
    return DEFAULT; // Not a pod.
  }
}
