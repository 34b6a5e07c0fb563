import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { parse } from 'yaml';
import { mayHoldPassword, whyNoProxy } from './password-in-url';

export type { KubeConfig };

/** The kubeconfig is missing or unusable. The message names the file and the remedy; it never quotes the content (R10). */
export class KubeConfigError extends Error {
  override readonly name = 'KubeConfigError';
  readonly code = 'KubeConfigInvalid';
}

/** The namespace of the context, where kubectl looks when none is named. Throws as `loadKubeConfig`. */
export function namespaceOfContext(file: string | undefined, context: string | undefined): string {
  const config = loadKubeConfig(file, context);
  return config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
}

/**
 * Loads the connection settings: the given file, else KUBECONFIG, ~/.kube/config, or the service account of the pod; and
 * in them the given context, else the current one. Throws KubeConfigError when there are none, or when the context does
 * not lead to a usable server.
 */
export function loadKubeConfig(file: string | undefined, context?: string): KubeConfig {
  const source = file ?? process.env.KUBECONFIG ?? 'the default kubeconfig';
  const config = new KubeConfig();
  try {
    if (file !== undefined) config.loadFromFile(file);
    else config.loadFromDefault();
    for (const one of file !== undefined ? [file] : filesOfEnvironment()) followTokenFiles(config, one);
  } catch (error) {
    throw new KubeConfigError(`cannot use ${source}: ${causeOf(error)}; set KUBECONFIG to a valid kubeconfig`);
  }
  if (context !== undefined && config.getContextObject(context) === null)
    throw new KubeConfigError(
      `${source} has no context ${context}: name one of ${config.contexts.map(({ name }) => name).join(', ') || 'none'}`,
    );
  if (context !== undefined) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null)
    throw new KubeConfigError(
      `${source} has no usable current context (current-context: ${config.getCurrentContext() || 'none'}); ` +
        'choose one with: kubectl config use-context NAME',
    );
  if (cluster.server === 'http://localhost:8080' && config.getCurrentContext() === 'loaded-context')
    throw new KubeConfigError(
      'no Kubernetes connection is configured: KUBECONFIG is not set, ~/.kube/config does not exist, and this is not a pod; ' +
        'set KUBECONFIG to the path of a kubeconfig',
    );
  if (mayHoldPassword(cluster.server))
    throw new KubeConfigError(
      `${source}: the server of cluster ${cluster.name} has an account in its address, which is not shown: ` +
        'give https://host:port, and put the account into the users of the kubeconfig',
    );
  let server: URL;
  try {
    server = new URL(cluster.server);
  } catch {
    throw new KubeConfigError(`${source}: the server of cluster ${cluster.name} is not a URL: ${cluster.server}`);
  }
  if (server.protocol !== 'https:' && !(server.protocol === 'http:' && cluster.skipTLSVerify))
    throw new KubeConfigError(
      `${source}: the server of cluster ${cluster.name} must be an https URL, but is ${cluster.server}; ` +
        'plain http is accepted only with insecure-skip-tls-verify: true, for kubectl proxy',
    );
  const proxyProblem = cluster.proxyUrl ? whyNoProxy(cluster.proxyUrl) : undefined;
  if (proxyProblem !== undefined)
    throw new KubeConfigError(`${source}: the proxy-url of cluster ${cluster.name} ${proxyProblem}`);
  return config;
}

function filesOfEnvironment(): readonly string[] {
  return (process.env.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
}

/**
 * client-node ignores a user's `tokenFile`. kubectl reads the token from that file, again and again, and prefers it to
 * `token`. client-node does read the token file of a pod's service account again, so such a user is made to look like one.
 */
function followTokenFiles(config: KubeConfig, file: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('tokenFile')) return;
  const users = (parse(text) as { users?: { name?: string; user?: { tokenFile?: unknown } }[] } | null)?.users ?? [];
  for (const { name, user } of users) {
    if (typeof user?.tokenFile !== 'string') continue;
    const tokenFile = path.resolve(path.dirname(file), user.tokenFile);
    config.users = config.users.map((known) => {
      if (known.name !== name) return known;
      const { token: _, ...rest } = known;
      return { ...rest, authProvider: { name: 'tokenFile', config: { tokenFile } } };
    });
  }
}

/** Messages of file and schema errors are safe; those of the YAML parser quote the text around the error. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'YAMLParseError') return 'it is not valid YAML';
  if (error.name === 'YAMLException') {
    const line = (error as { mark?: { line?: number } }).mark?.line;
    return line === undefined ? 'it is empty or not valid YAML' : `it is not valid YAML (line ${line + 1})`;
  }
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'there is no such file';
  if ((error as NodeJS.ErrnoException).code === 'EACCES') return 'it may not be read by this user';
  if (error instanceof TypeError) return 'it is empty or not a kubeconfig';
  return error.message;
}
