import type { KubernetesObject } from './resource-client';

/**
 * The object that a write has removed by taking the last finalizer off it, as it was stored; undefined if it is still there.
 * `base` is the object as it was known when the write was sent. kube-apiserver answers with what the write wanted, which was
 * never stored: without finalizers, and with the version before (deleteWithoutFinalizers in
 * apiserver/pkg/registry/generic/registry/store.go).
 */
export function removedBy<T extends KubernetesObject>(answer: T, base: T): T | undefined {
  const { resourceVersion, deletionTimestamp, finalizers = [] } = answer.metadata;
  const held = base.metadata.finalizers ?? [];
  if (deletionTimestamp === undefined || finalizers.length > 0 || held.length === 0) return undefined;
  if (resourceVersion !== base.metadata.resourceVersion) return undefined;
  return { ...answer, metadata: { ...answer.metadata, finalizers: held } };
}
