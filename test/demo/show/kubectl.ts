import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import type { ApiServer } from '../../envtest/real-parts';
import { runToSuccess } from '../../envtest/run-command';
import { messageOf, SandboxError } from '../../envtest/sandbox-error';
import { asExpected, eventually, type Look, notYet } from './step';

/** kubectl as a user would call it. Resolves with what it printed; rejects with CommandFailed and what it complained. */
export type Kubectl = (args: readonly string[], signal: AbortSignal) => Promise<string>;

/** kubectl as the administrator of the server. Its cache of discovery goes away with the server. */
export function kubectlFor(server: ApiServer): Kubectl {
  const fixed = ['--kubeconfig', server.kubeconfig, '--cache-dir', path.join(server.folder, 'kubectl-cache')];
  return (args, signal) => runToSuccess('kubectl', [...args, ...fixed], {}, signal);
}

const SERVED_WITHIN_MS = 30_000;

/**
 * Waits until the API server serves the CRDs. `kubectl wait` fails on a CRD that has no conditions at all yet ("accessor
 * error"), which it is for a moment, so it is asked again.
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
