/** The revision of one replica, where each has addresses of its own. Frozen like all of identity.ts (R2). */
import { hash } from 'node:crypto';
import type { VmGroupSpec } from '../../imports/vmgroup';
import { revisionOf, type Slot } from './identity';
import { adapterAddresses, hasStaticAddresses } from './static-addresses';

/**
 * The revision that a replica of this ordinal should have: that of the spec. With static addresses, ten hex digits of the
 * SHA-256 of it and of the replica's own addresses, so another list replaces only replicas that have other addresses by it.
 */
export function slotRevisionOf(spec: VmGroupSpec, ordinal: number): string {
  if (!hasStaticAddresses(spec)) return revisionOf(spec);
  const known = revisions.get(spec) ?? new Map<number, string>();
  revisions.set(spec, known);
  const revision = known.get(ordinal) ?? computed(spec, ordinal);
  known.set(ordinal, revision);
  return revision;
}

/** A spec object never changes, and each plan needs the revisions of all its replicas several times. */
const revisions = new WeakMap<VmGroupSpec, Map<number, string>>();

function computed(spec: VmGroupSpec, ordinal: number): string {
  // By place, for the name of a network is for people.
  const addresses = adapterAddresses(spec, ordinal).map(({ address }) => address ?? null);
  return hash('sha256', JSON.stringify({ addresses, revision: revisionOf(spec) })).slice(0, 10);
}

/** Whether a replica of this slot is as the spec asks for, apart from its size. */
export function isCurrent({ ordinal, revision }: Slot, spec: VmGroupSpec): boolean {
  return revision === slotRevisionOf(spec, ordinal);
}
