import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiServer, Vcsim } from '../../envtest/real-parts';
import type { InstallFacts } from './install-manifests';
import type { Kubectl } from './kubectl';

/** The simulator names its clusters so. */
export const FAILURE_DOMAINS = [
  { name: 'east', cluster: 'DC0_C0' },
  { name: 'west', cluster: 'DC0_C1' },
] as const;

/** Applies the VCenter `lab`, which serves all namespaces. Its account is in the Secret of the installation. */
export async function applyVCenter(
  { kubectl, facts, server }: { readonly kubectl: Kubectl; readonly facts: InstallFacts; readonly server: ApiServer },
  { host, caFile }: Pick<Vcsim, 'host' | 'caFile'>,
  signal: AbortSignal,
): Promise<void> {
  const { hostname, port } = new URL(`https://${host}`);
  const vcenter = {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VCenter',
    metadata: { name: 'lab' },
    spec: {
      endpoint: { host: hostname, port: Number(port) },
      credentials: { secretRef: { name: facts.credentialsSecret } },
      tls: { caBundle: await readFile(caFile, 'utf8') },
      namespaceSelector: {},
      failureDomains: FAILURE_DOMAINS,
    },
  };
  const file = path.join(server.folder, 'vcenter.json');
  await writeFile(file, JSON.stringify(vcenter));
  await kubectl(['apply', '-f', file], signal);
}
