/** Limits, allow-lists and failure domains as administrators write them. Each may be too narrow for the groups of a story. */
import type { VCenterSpecAllowed, VCenterSpecLimits } from '../../src/api/vcenter';
import type { Random } from '../../src/time/random';
import { oneOf } from '../fakes/vcenter';
import { BY_HAND } from './spec';
import type { VCenterRules } from './vcenter-administrator';
import { someZones } from './zones';

/** All that groups of a story may ask for. Without a list no advanced setting is allowed, and no adoption. */
export const ANYTHING: VCenterSpecAllowed = {
  extraConfigKeys: ['sim.*'],
  adoptableMachines: [`/vcqaDC/vm/${BY_HAND}/*`],
};

/** Of a new VCenter: mostly none. */
export function someRules(random: Random): VCenterRules {
  const limits = random() < 0.4 ? someLimits(random) : undefined;
  const allowed = random() < 0.2 ? someAllowed(random) : ANYTHING;
  const failureDomains = random() < 0.5 ? someZones(random) : undefined;
  return { ...(limits && { limits }), allowed, ...(failureDomains && { failureDomains }) };
}

export function someLimits(random: Random): VCenterSpecLimits {
  const some = <T>(field: () => T): T | undefined => (random() < 0.5 ? field() : undefined);
  const perVM = some(() => ({ cpu: oneOf([1, 2, 4], random), memoryGiB: oneOf([1, 2], random) }));
  const perNamespace = some(() => someRoom(6, random));
  const total = some(() => someRoom(10, random));
  return { ...(perVM && { perVM }), ...(perNamespace && { perNamespace }), ...(total && { total }) };
}

function someRoom(mostMachines: number, random: Random) {
  const vms = Math.floor(random() * (mostMachines + 1));
  const drawn = random();
  if (drawn < 0.6) return { vms };
  return drawn < 0.8 ? { cpu: 2 * vms } : { vms, memoryGiB: Math.ceil(1.5 * vms) };
}

/** The first of each is what the groups of a story use, the last is nothing that they could use. */
const PLACES: Readonly<Record<'templates' | 'folders' | 'resourcePools' | 'datastores', readonly [string, string]>> = {
  templates: ['/vcqaDC/vm/vm-operator/*', '/vcqaDC/vm/golden/**'],
  folders: ['/vcqaDC/vm/vm-operator', '/vcqaDC/vm/tenants/*'],
  resourcePools: ['/vcqaDC/host/**', '/vcqaDC/host/C0/Resources/gold'],
  datastores: ['/vcqaDC/datastore/**', '/vcqaDC/datastore/datastore-2'],
};

export function someAllowed(random: Random): VCenterSpecAllowed {
  const places = Object.fromEntries(
    Object.entries(PLACES)
      .filter(() => random() < 0.5)
      .map(([kind, [used, other]]) => [kind, oneOf([[used], [used, other], [other], []], random)]),
  );
  return { ...places, ...(random() < 0.7 && ANYTHING) };
}
