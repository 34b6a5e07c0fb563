import { readFileSync } from 'node:fs';

const NAMESPACE_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
const DEFAULT = 'codeconnect-vm-operator-system';

/**
 * Namespace of the Lease: POD_NAMESPACE (the downward API), else that of the pod's service account, else that of the
 * default installation.
 */
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
