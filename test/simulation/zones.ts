/** Failure domains of a vCenter: resource pools of its cluster, DRS host groups there, or both, with the names of the domains. */
import type { VCenterSpecFailureDomain } from '../../src/api/vcenter';
import type { VmGroup } from '../../src/api/vm-group';
import type { Random } from '../../src/time/random';
import { LANDMARK, type ModelMachine, oneOf, type VCenterModel } from '../fakes/vcenter';
import type { VCenterAdministrator, VCenterName } from './vcenter-administrator';

const ZONES = ['zone-a', 'zone-b', 'zone-c'] as const;
type Zone = (typeof ZONES)[number];

export function addZones({ truth }: VCenterModel): void {
  for (const zone of ZONES) truth.addEntity('ResourcePool', poolOf(zone).value, zone, LANDMARK.resourcePool);
}

const SECOND_HOST = { type: 'HostSystem', value: 'host-90' } as const;
const HOSTS = {
  'zone-a': [LANDMARK.host],
  'zone-b': [SECOND_HOST],
  'zone-c': [LANDMARK.host, SECOND_HOST],
} as const satisfies Record<Zone, unknown>;

/** A second host, and the DRS host groups of an administrator. */
export function addHostGroups({ truth, compute }: VCenterModel): void {
  truth.addEntity(SECOND_HOST.type, SECOND_HOST.value, 'host-2', LANDMARK.cluster);
  compute.rules.setGroups(
    LANDMARK.cluster,
    ZONES.map((zone) => ({ xsiType: 'ClusterHostGroup', name: hostGroupOf(zone), host: HOSTS[zone] })),
  );
}

function poolOf(zone: string) {
  return { type: 'ResourcePool', value: `resgroup-${zone}` };
}

function hostGroupOf(zone: Zone): string {
  return `hosts-${zone}`;
}

/** The zone that a pool is of. */
export function zoneOf(pool: { readonly value: string } | undefined): Zone | undefined {
  return ZONES.find((zone) => poolOf(zone).value === pool?.value);
}

/** Whether the host is one of those of the zone. */
export function isHostOf(zone: Zone, host: { readonly value: string } | undefined): boolean {
  return HOSTS[zone].some(({ value }) => value === host?.value);
}

/** How the domains of a list differ: each has a pool of its own, a host group of its own, or both. */
const KINDS = ['Pools', 'PoolsAndHosts', 'Hosts'] as const;

export function someZones(random: Random): VCenterSpecFailureDomain[] {
  const some = ZONES.filter(() => random() < 0.7);
  const kind = oneOf(KINDS, random);
  return (some.length > 0 ? some : [ZONES[0]]).map((name) => ({
    name,
    ...(kind !== 'Pools' && { cluster: 'C0', hostGroup: hostGroupOf(name) }),
    ...(kind !== 'Hosts' && { resourcePool: name }),
  }));
}

/** A failure domain that nobody finds. */
export const LOST_ZONE: VCenterSpecFailureDomain = { name: 'zone-lost', cluster: 'nowhere' };

/** The failure domains of a group: those of its list, else all of its VCenter. */
export function zonesOf(
  { spec, status }: VmGroup,
  administrator: VCenterAdministrator | undefined,
): readonly VCenterSpecFailureDomain[] {
  const all = administrator?.vcenter(status?.vcenter?.name as VCenterName)?.spec.failureDomains ?? [];
  const own = spec.placement?.failureDomains;
  return own === undefined ? all : all.filter(({ name }) => own.includes(name));
}

/** A list of failure domains for a group: some of those that its VCenter has. Undefined where it has none. */
export function someOwnZones(
  all: readonly VCenterSpecFailureDomain[] | undefined,
  random: Random,
): string[] | undefined {
  const [first, ...others] = (all ?? []).map(({ name }) => name);
  if (first === undefined) return undefined;
  const some = [first, ...others].filter(() => random() < 0.6);
  return some.length > 0 ? some : [oneOf([first, ...others], random)];
}

/** Replicas that are, by the status of their group or by their pool, where the group has no failure domain any more. */
export function leftInFormerZones(
  group: VmGroup,
  machines: readonly ModelMachine[],
  administrator: VCenterAdministrator | undefined,
): readonly string[] {
  const { spec, metadata, status } = group;
  if (spec.updateStrategy?.type === 'OnDelete') return [];
  const zones = zonesOf(group, administrator);
  if (zones.length === 0) return [];
  return (status?.replicas ?? []).flatMap(({ name, moRef, failureDomain }) => {
    if (failureDomain === undefined) return [];
    const zone = zones.find((candidate) => candidate.name === failureDomain);
    if (zone === undefined) return [`${metadata.name}: ${name} is still in ${failureDomain}`];
    const pool = machines.find(({ ref }) => ref.value === moRef)?.resourcePool;
    const isElsewhere = zone.resourcePool !== undefined && pool !== undefined && zoneOf(pool) !== failureDomain;
    return isElsewhere ? [`${metadata.name}: ${name} is in ${pool.value}, not in ${failureDomain}`] : [];
  });
}
