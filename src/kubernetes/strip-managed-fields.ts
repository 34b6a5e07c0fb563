import type { KubernetesObject, ResourceType } from './resource-client';

/** Where `kubectl apply` keeps the whole object once more, as it was last applied. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A copy without what nobody here reads and what is often more than half of an object: managedFields, and the annotation
 * of `kubectl apply`. apiVersion and kind are filled in, for items of a list of a built-in kind come without them, and
 * are the same strings in all objects.
 *
 * A copy, for a `delete` would make V8 keep the metadata as a hash table, at 400 bytes more for each object.
 */
export function stripManagedFields<T extends KubernetesObject>(
  object: T,
  { apiVersion, kind }: Omit<ResourceType, 'plural'>,
): T {
  const { managedFields: _, ...metadata } = object.metadata as T['metadata'] & { readonly managedFields?: unknown };
  if (metadata.annotations?.[LAST_APPLIED] === undefined) return { ...object, apiVersion, kind, metadata };
  const { [LAST_APPLIED]: __, ...annotations } = metadata.annotations;
  return { ...object, apiVersion, kind, metadata: { ...metadata, annotations } };
}
