/** One API server, for controllers. See README.md. */
export { ApiError, type ApiErrorCode, isApiError, isExpired } from './api-error';
export { type ApiRequest, type ApiRequestEnd, type ApiServer, connectApiServer } from './api-server';
export { BoundedMap } from './bounded-map';
export type { RecordedEvent } from './event';
export { EventRecorder } from './event-recorder';
export { KubeConfigError, namespaceOfContext } from './kube-config';
export { LeaderElector } from './leader-election';
export { LeadershipLost } from './leadership-lost';
export { LeaseNews } from './lease-news';
export { checkLeaseTimings, LEASE_TIMINGS, type LeaseTimings } from './lease-timings';
export { listAll } from './list-all';
export type { Log } from './log';
export { mayHoldPassword } from './password-in-url';
export { type ReconcileEnd, ReconcileTimeout, type Result, runReconcileLoop } from './reconcile-loop';
export { type Change, Reflector } from './reflector';
export {
  type KubernetesObject,
  type ListQuery,
  type ObjectMeta,
  ResourceClient,
  type ResourceList,
  type ResourceType,
  type WatchEvent,
  type WatchQuery,
} from './resource-client';
export { compareResourceVersions } from './resource-version';
export { historyOf } from './server-history';
export { type Indexes, keyOf, type Store } from './store';
export { stripManagedFields } from './strip-managed-fields';
export { TokenBucket } from './token-bucket';
export { QueueShutDown, WorkQueue, type WorkQueueObserver } from './work-queue';
