import type { Replica } from './observation';

/** Ready: switched on, and its host is there. */
export function isReady(replica: Replica): boolean {
  return replica.machine.powerState === 'poweredOn' && replica.machine.connectionState === 'connected';
}
