import path from 'node:path';
import type { ApiServer } from '../real-parts';
import { runToSuccess } from '../run-command';
import { SandboxError } from '../sandbox-error';

/** kubectl as a user would call it. Resolves with what it printed; rejects with CommandFailed and what it complained. */
export type Kubectl = (args: readonly string[], signal: AbortSignal) => Promise<string>;

/** kubectl as the administrator of the server. Its cache of discovery goes away with the server. */
export function kubectlFor(server: ApiServer): Kubectl {
  const fixed = ['--kubeconfig', server.kubeconfig, '--cache-dir', path.join(server.folder, 'kubectl-cache')];
  return (args, signal) => runToSuccess('kubectl', [...args, ...fixed], {}, signal);
}

/** Rejects with ProgramMissing and the remedy when there is no kubectl. */
export async function checkKubectl(signal: AbortSignal): Promise<void> {
  try {
    await runToSuccess('kubectl', ['version', '--client'], {}, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new SandboxError(
      'ProgramMissing',
      'kubectl is not on the PATH. Install it (https://kubernetes.io/docs/tasks/tools/) and start again.',
      { cause: error },
    );
  }
}
