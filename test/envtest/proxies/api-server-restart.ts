import { type ApiServer, adminRequest } from '../real-parts';
import { findApiServer } from './find-process';
import { type RestartableProcess, restartableProcess } from './process-restart';

/** The kube-apiserver of a server. It starts again over the same etcd, at the same address. */
export async function restartable(server: ApiServer): Promise<RestartableProcess> {
  const found = await findApiServer(server.url);
  if (found === undefined) throw new Error(`no kube-apiserver serves ${server.url}`);
  return restartableProcess(found, async () => {
    const answer = await adminRequest(server, 'GET', '/readyz', undefined, new AbortController().signal);
    return answer.status === 200;
  });
}
