/**
 * One API server, for controllers: connection, reflector, store, work queue, reconcile loop, events, leader election. What
 * controller-runtime is for Go, as little of it as we need, with the semantics of client-go.
 *
 * It promises: no change is lost or invented (reflector.ts), no key is worked on twice at once (work-queue.ts), one pool
 * of connections (credentials.ts), errors with the server's own reason (api-error.ts), and nothing that waits without a
 * signal or reads a clock that it was not given (R12). It does not know any kind of object, and imports src/time/ only.
 * Start with reflector.ts and reconcile-loop.ts.
 */
export { ApiError, type ApiErrorCode, isApiError, isExpired } from './api-error';
export { type ApiRequest, type ApiRequestEnd, type ApiServer, connectApiServer } from './api-server';
export type { RecordedEvent } from './event';
export { EventRecorder } from './event-recorder';
export { KubeConfigError } from './kube-config';
export {
  checkLeaseTimings,
  LEASE_TIMINGS,
  LeaderElector,
  LeadershipLost,
  type LeaseTimings,
} from './leader-election';
export type { Log } from './log';
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
export { type Indexes, keyOf, type Store } from './store';
export { stripManagedFields } from './strip-managed-fields';
export { QueueShutDown, WorkQueue, type WorkQueueObserver } from './work-queue';
