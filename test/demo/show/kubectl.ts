import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import type { ApiServer } from '../../envtest/real-parts';
import { runToSuccess } from '../../envtest/run-command';
import { messageOf, SandboxError } from '../../envtest/sandbox-error';
import { asExpected, eventually, type Look, notYet } from './step';

/** Runs kubectl as a user would. Resolves with its output. Rejects with CommandFailed and its error output. */
export type Kubectl = (args: readonly string[], signal: AbortSignal) => Promise<string>;

/** kubectl as the administrator of the server. Its discovery cache is removed with the server. */
export function kubectlFor(server: ApiServer): Kubectl {
  const fixed = ['--kubeconfig', server.kubeconfig, '--cache-dir', path.join(server.folder, 'kubectl-cache')];
  return (args, signal) => runToSuccess('kubectl', [...args, ...fixed], {}, signal);
}

const SERVED_WITHIN_MS = 30_000;

/**
 * Waits until the API server serves the CRDs. `kubectl wait` fails for a CRD that has no conditions yet ("accessor
 * error"), so it is called again.
 */
export async function waitUntilServed(
  kubectl: Kubectl,
  crdNames: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const command = ['wait', '--for=condition=Established', ...crdNames.map((name) => `crd/${name}`)];
  const look = async (lookSignal: AbortSignal): Promise<Look> => {
    try {
      return asExpected(await kubectl(command, lookSignal));
    } catch (error) {
      if (!messageOf(error).includes('conditions accessor error')) throw error;
      return notYet(messageOf(error));
    }
  };
  await eventually(`the API server serves ${crdNames.join(', ')}`, look, systemClock, SERVED_WITHIN_MS, signal);
}

/** Rejects with ProgramMissing if there is no kubectl. */
export async function checkKubectl(signal: AbortSignal): Promise<void> {
  try {
    await runToSuccess('kubectl', ['version', '--client'], {}, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new SandboxError(
      'ProgramMissing',
      'kubectl is not on the PATH: install it (https://kubernetes.io/docs/tasks/tools/) and start again',
      { cause: error },
    );
  }
}
