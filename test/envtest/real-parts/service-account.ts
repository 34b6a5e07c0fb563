import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { SandboxError } from '../sandbox-error';
import { adminRequest } from './admin-request';
import type { ApiServer } from './api-server';

/** Longer than any demo. The token is invalid once the API server that signed it has ended. */
const TOKEN_SECONDS = 30 * 24 * 3_600;

/**
 * Writes a kubeconfig file with a token of an existing ServiceAccount, and resolves with its path. It gives the rights of
 * that ServiceAccount and no others. The file is in the folder of the server, and is removed with it. Rejects with
 * CommandFailed if the API server refuses the token, for instance because the ServiceAccount does not exist.
 */
export async function serviceAccountKubeconfig(
  server: ApiServer,
  account: { readonly namespace: string; readonly name: string },
  signal: AbortSignal,
): Promise<string> {
  const { namespace, name } = account;
  const answer = await adminRequest(
    server,
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_SECONDS },
    },
    signal,
  );
  if (answer.status !== 201) {
    throw new SandboxError(
      'CommandFailed',
      `no token for the ServiceAccount ${namespace}/${name}: HTTP ${answer.status} ${answer.body}`,
    );
  }
  const { status }: { status: { token: string } } = JSON.parse(answer.body);
  const file = path.join(server.folder, `kubeconfig-${namespace}.${name}`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'sandbox',
        cluster: {
          server: server.url,
          'certificate-authority-data': Buffer.from(server.caPem).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token: status.token } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: name, namespace } }],
    'current-context': 'sandbox',
  };
  await writeFile(file, stringify(config), { mode: 0o600 });
  return file;
}
