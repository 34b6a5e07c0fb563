/** Failure domains of a vCenter: resource pools of its cluster, with the names of the domains. */
import type { VCenterSpecFailureDomain } from '../../src/api/vcenter';
import type { VmGroup } from '../../src/api/vm-group';
import type { Random } from '../../src/time/random';
import { LANDMARK, type VCenterModel } from '../fakes/vcenter';
import type { VCenterAdministrator, VCenterName } from './vcenter-administrator';

const ZONES = ['zone-a', 'zone-b', 'zone-c'] as const;

export function addZones({ truth }: VCenterModel): void {
  for (const zone of ZONES) truth.addEntity('ResourcePool', poolOf(zone).value, zone, LANDMARK.resourcePool);
}

function poolOf(zone: string) {
  return { type: 'ResourcePool', value: `resgroup-${zone}` };
}

/** The zone that a pool is of. */
export function zoneOf(pool: { readonly value: string } | undefined): string | undefined {
  return ZONES.find((zone) => poolOf(zone).value === pool?.value);
}

export function someZones(random: Random): VCenterSpecFailureDomain[] {
  const some = ZONES.filter(() => random() < 0.7);
  return (some.length > 0 ? some : [ZONES[0]]).map((name) => ({ name, resourcePool: name }));
}

/** A failure domain that nobody finds. */
export const LOST_ZONE: VCenterSpecFailureDomain = { name: 'zone-lost', cluster: 'nowhere' };

/** Replicas that are, by the status of their group, where the VCenter has no failure domain any more. */
export function leftInFormerZones(
  { spec, metadata, status }: VmGroup,
  administrator: VCenterAdministrator | undefined,
): readonly string[] {
  if (spec.updateStrategy?.type === 'OnDelete') return [];
  const vcenter = administrator?.vcenter(status?.vcenter?.name as VCenterName);
  const zones = vcenter?.spec.failureDomains ?? [];
  if (zones.length === 0) return [];
  const left = status?.replicas?.filter(
    ({ failureDomain }) => failureDomain !== undefined && !zones.some(({ name }) => name === failureDomain),
  );
  return (left ?? []).map(({ name, failureDomain }) => `${metadata.name}: ${name} is still in ${failureDomain}`);
}
