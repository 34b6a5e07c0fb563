import type { VCenter } from '../api/vcenter';

/** A text that changes when a connection to the vCenter has to be made anew. Credentials are not part of it. */
export function connectionSettingsOf({ spec }: VCenter): string {
  const { endpoint, tls, credentials, clusterName, limits } = spec;
  return JSON.stringify([endpoint, tls, credentials.method, clusterName, limits?.maxConcurrentTasks]);
}
