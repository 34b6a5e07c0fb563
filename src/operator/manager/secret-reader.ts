import { ApiError, type ApiServer, isApiError, type KubernetesObject, ResourceClient } from '../../kubernetes';
import type { ReadSecret, SecretAnswer } from '../../vmgroup/model/port';

interface Secret extends KubernetesObject {
  /** Values in base64. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the Secrets that the spec of a group names, one by one. There is no watch and no list: a Role that grants get on
 * the Secrets of a namespace is enough, and no Secret stays in memory. The message of a failure names the Secret, never its
 * content (R10).
 */
export function secretReader(server: ApiServer): ReadSecret {
  const secrets = new ResourceClient<Secret>(server, { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' });
  return async (namespace, name, key, signal) => {
    try {
      return answerOf(await secrets.get(namespace, name, signal), key);
    } catch (error) {
      signal.throwIfAborted();
      if (isApiError(error, 'NotFound')) return { kind: 'NotFound' };
      if (isApiError(error, 'Forbidden')) return { kind: 'Forbidden' };
      return { kind: 'Failed', message: error instanceof ApiError ? error.message : 'the answer is not a Secret' };
    }
  };
}

function answerOf(secret: Secret, key: string): SecretAnswer {
  const { data = {}, metadata } = secret;
  // Own keys only: every object inherits a `constructor`.
  const encoded = Object.hasOwn(data, key) ? data[key] : undefined;
  if (typeof encoded !== 'string') return { kind: 'KeyMissing' };
  try {
    return {
      kind: 'Found',
      value: UTF_8.decode(Buffer.from(encoded, 'base64')),
      resourceVersion: metadata.resourceVersion,
    };
  } catch {
    return { kind: 'NotText' };
  }
}

/** The text as it is: a byte order mark stays. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
