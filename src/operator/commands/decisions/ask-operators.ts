/**
 * Asks the running operators for their decisions, through the API server. It hands a request on to a Pod, but not who asks:
 * so the request carries a short-lived token of an account that may do nothing else. The token of the person who asks goes to
 * no Pod.
 */
import { ApiError, type ApiServer, isApiError, type KubernetesObject, type ResourceList } from '../../../kubernetes';
import { DECISIONS_PATH, PROXIED_AUTHORIZATION } from '../../settings/decisions-path';
import { DecisionError } from './decision-error';
import type { DumpSource } from './dump';

/** The account that may read decisions. */
const READER = 'codeconnect-vm-operator-decisions';
const OPERATORS = 'app.kubernetes.io/name=codeconnect-vm-operator,app.kubernetes.io/component=operator';
const METRICS_PORT = 'metrics';
/** The shortest that an API server gives. */
const TOKEN_SECONDS = 600;

interface Pod extends KubernetesObject {
  readonly spec?: {
    readonly containers?: readonly {
      readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
    }[];
  };
  readonly status?: { readonly phase?: string };
}

export interface Asked {
  readonly sources: readonly DumpSource[];
  /** Operators that did not answer. */
  readonly problems: readonly string[];
}

/** `group` is namespace/name. Rejects with a DecisionError when nobody can be asked. */
export async function askOperators(
  server: ApiServer,
  { group, namespace }: { readonly group: string; readonly namespace: string },
  signal: AbortSignal,
): Promise<Asked> {
  const path = `/api/v1/namespaces/${namespace}`;
  const { items } = await orNotAsked(
    server.request<ResourceList<Pod>>(
      { method: 'GET', path: `${path}/pods`, query: { labelSelector: OPERATORS } },
      signal,
    ),
  );
  const pods = items.filter(({ status }) => status?.phase === 'Running');
  if (pods.length === 0)
    throw new DecisionError(
      'NoOperator',
      `no operator runs in namespace ${namespace}: name another one with --operator-namespace, or read a dump with -f`,
    );
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: TOKEN_SECONDS },
  };
  const { status } = await orNotAsked(
    server.request<{ readonly status?: { readonly token?: string } }>(
      { method: 'POST', path: `${path}/serviceaccounts/${READER}/token`, body },
      signal,
    ),
  );
  const headers = { [PROXIED_AUTHORIZATION]: `Bearer ${status?.token ?? ''}` };
  // A process that does not lead any more still knows what it decided when it did.
  const answers = await Promise.all(
    pods.map(async (pod): Promise<DumpSource | string | undefined> => {
      const { name } = pod.metadata;
      try {
        const proxied = `${path}/pods/https:${name}:${portOf(pod)}/proxy${DECISIONS_PATH}`;
        const answer = await server.request<unknown>(
          { method: 'GET', path: proxied, query: { group }, headers },
          signal,
        );
        // One line alone is JSON, and is parsed.
        const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
        return text === '' ? undefined : { name, text: textOf([text]) };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return `${name}: ${error.message}`;
      }
    }),
  );
  const sources = answers.filter((answer) => answer !== undefined && typeof answer !== 'string');
  const problems = answers.filter((answer) => typeof answer === 'string');
  if (problems.length === pods.length)
    throw new DecisionError('NotAsked', `no operator tells its decisions (${problems.join('; ')}): ${REMEDY}`);
  return { sources, problems };
}

const REMEDY =
  'start it with --metrics-secure, have an administrator bind you to the Role codeconnect-vm-operator-why, or read a dump with -f';

function portOf({ spec }: Pod): number {
  const ports = (spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  return ports.find(({ name }) => name === METRICS_PORT)?.containerPort ?? DEFAULT_PORT;
}

const DEFAULT_PORT = 8080;

async function* textOf(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

async function orNotAsked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isApiError(error, 'Forbidden') && !isApiError(error, 'NotFound')) throw error;
    throw new DecisionError('NotAsked', `the operators cannot be asked (${(error as Error).message}): ${REMEDY}`, {
      cause: error,
    });
  }
}
