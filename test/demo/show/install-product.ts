import { type ApiServer, serviceAccountKubeconfig, type Vcsim } from '../../envtest/real-parts';
import { type InstallFacts, readInstallFacts } from './install-manifests';
import { type Kubectl, kubectlFor, waitUntilServed } from './kubectl';
import { type Synthesized, synthesize } from './product';

/** The product, installed on an API server. */
export interface Installed {
  readonly facts: InstallFacts;
  /** Folders with the manifests. They are removed with the server. */
  readonly manifests: Synthesized;
  readonly kubectl: Kubectl;
  /** Kubeconfig for startOperator, with the rights of the synthesized ServiceAccount only. */
  readonly operatorKubeconfig: string;
}

/**
 * Synthesizes the charts, which must be built (see buildProduct), and applies what a user would apply, with a Secret for
 * the account of the simulator. It takes 3 s. The samples are synthesized and not applied.
 */
export async function installProduct(
  server: ApiServer,
  vcsim: Pick<Vcsim, 'host' | 'user' | 'password'>,
  signal: AbortSignal,
): Promise<Installed> {
  const manifests = await synthesize(server.folder, signal);
  const facts = await readInstallFacts(manifests.install);
  const kubectl = kubectlFor(server);
  await applyInstall(kubectl, facts, vcsim, signal);
  const account = { namespace: facts.namespace, name: facts.serviceAccount };
  return { facts, manifests, kubectl, operatorKubeconfig: await serviceAccountKubeconfig(server, account, signal) };
}

/** kubectl apply: first the CRDs, then the rest once the API server serves them, then the Secret with the account. */
export async function applyInstall(
  kubectl: Kubectl,
  facts: InstallFacts,
  vcsim: Pick<Vcsim, 'host' | 'user' | 'password'>,
  signal: AbortSignal,
): Promise<void> {
  const files = (names: readonly string[]) => names.flatMap((name) => ['-f', name]);
  await kubectl(['apply', ...files(facts.crdFiles)], signal);
  await waitUntilServed(kubectl, facts.crdNames, signal);
  await kubectl(['apply', ...files(facts.otherFiles)], signal);
  const secret = ['secret', 'generic', facts.credentialsSecret, '-n', facts.namespace];
  const account = { VC_HOST: vcsim.host, VC_USER: vcsim.user, VC_PASS: vcsim.password };
  const literals = Object.entries(account).map(([key, value]) => `--from-literal=${key}=${value}`);
  await kubectl(['create', ...secret, ...literals], signal);
}
