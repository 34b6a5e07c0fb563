/** Where operators tell their decisions, beside the metrics. A non-resource URL: who may get it is for RBAC to say. */
export const DECISIONS_PATH = '/debug/decisions';

/** Stands for Authorization where that does not arrive: the API server keeps it to itself when it hands a request on to a Pod. */
export const PROXIED_AUTHORIZATION = 'vm-operator-authorization';
