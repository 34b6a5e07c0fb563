/**
 * The real parts, for the demo and for the integration tests: a kube-apiserver with etcd, a vCenter simulator, and the
 * built operator. Each is started by one function and has a `stop`. It ends with the process that started it, even if that
 * process is killed.
 */
export { type AdminAnswer, adminRequest } from './admin-request';
export { type ApiServer, type ApiServerOptions, startApiServer } from './api-server';
export { type AuditedRequest, AuditLog } from './audit-log';
export {
  type ControllerManager,
  type ControllerManagerOptions,
  type KubeController,
  startControllerManager,
} from './controller-manager';
export { freePort } from './free-port';
export { imageNodeFlags } from './image-node-flags';
export { LineLog } from './line-log';
export { OPERATOR_PROGRAM, type OperatorOptions, type OperatorProcess, startOperator } from './operator-process';
export { type Prometheus, type Sample, type Series, startPrometheus, type TimeSpan } from './prometheus';
export { serviceAccountKubeconfig } from './service-account';
export { openVCenterWindow, type SeenFolder, type SeenMachine, type VCenterWindow } from './vcenter-window';
export { SIMULATOR_ACCOUNT, startVcsim, type Vcsim, type VcsimOptions } from './vcsim';
export { type CollectionChange, watchCollection } from './watch-collection';
