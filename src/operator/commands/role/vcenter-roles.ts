/** The roles of the operator's account, and the permissions that give them. */
import { type Feature, PRIVILEGE_PLACES, type PrivilegePlace, privilegesAt } from '../../../vmgroup/model/features';
import type { PlacedObject, RolePlaces } from './inventory-places';

/** A role to create. vCenter adds System.Anonymous, System.View and System.Read to each by itself. */
export interface VCenterRole {
  readonly name: string;
  readonly privileges: readonly string[];
}

/** vCenter's own role "Read-only". */
export const READ_ONLY_ROLE = 'ReadOnly';

export interface RolePermission extends PlacedObject {
  /** Name of a role, or READ_ONLY_ROLE. */
  readonly role: string;
  /** Whether it holds for what is below, too. */
  readonly propagate: boolean;
}

export interface VCenterRoles {
  readonly features: readonly Feature[];
  readonly roles: readonly VCenterRole[];
  /** From the top down. */
  readonly permissions: readonly RolePermission[];
  /** Paths of the folders whose machines groups may take over. */
  readonly adopted: readonly string[];
}

/** What is needed on an object by itself. */
interface Need extends PlacedObject {
  readonly places: readonly PrivilegePlace[];
  readonly propagate: boolean;
}

const ROOT = { path: '/', kind: 'Folder' } as const;
/** Names of roles say where they are given. */
const WORDS: Readonly<Record<PrivilegePlace, string>> = {
  root: 'root',
  folder: 'machines',
  adopted: 'adopted',
  template: 'templates',
  pool: 'pools',
  cluster: 'clusters',
  datastore: 'datastores',
  network: 'networks',
};

/**
 * The least roles for some features. On one object the closest permission holds and none is added up, so a role holds what
 * is needed on all objects above it as well, as far as it can matter there. A datacenter stands for all that no path is
 * named of. `prefix` begins the name of each role.
 */
export function vcenterRoles(features: readonly Feature[], places: RolePlaces, prefix: string): VCenterRoles {
  const needs = needsOf(places);
  const roles = new Map<string, VCenterRole>();
  const permissions = needs.map(({ path, kind, propagate }): RolePermission => {
    const at = PRIVILEGE_PLACES.filter(
      (place) => privilegesAt(place, features).length > 0 && needs.some((need) => reaches(need, place, path)),
    );
    const name = at.length === 0 ? READ_ONLY_ROLE : [prefix, ...at.map((place) => WORDS[place])].join('-');
    const privileges = [...new Set(at.flatMap((place) => privilegesAt(place, features)))].sort();
    if (at.length > 0) roles.set(name, { name, privileges });
    return { path, kind, role: name, propagate };
  });
  // A cluster without a role of its own inherits that of the datacenter.
  const isOfUse = ({ kind, role, propagate }: RolePermission) =>
    kind !== 'Cluster' || propagate || role !== READ_ONLY_ROLE;
  const adopted = places.adopted.map(({ path }) => path);
  return { features, roles: [...roles.values()], permissions: permissions.filter(isOfUse), adopted };
}

/** Each object once. */
function needsOf(places: RolePlaces): readonly Need[] {
  const { datacenterFolders, datacenters, folders, adopted, templates, pools, clusters, datastores, networks } = places;
  const unnamed: readonly PrivilegePlace[] = [
    ...(templates.length === 0 ? (['template'] as const) : []),
    ...(pools.length === 0 ? (['pool', 'cluster'] as const) : []),
    ...(datastores.length === 0 ? (['datastore'] as const) : []),
    ...(networks.length === 0 ? (['network'] as const) : []),
  ];
  const needing = (objects: readonly PlacedObject[], of: readonly PrivilegePlace[], propagate: boolean) =>
    objects.map((object): Need => ({ ...object, places: of, propagate }));
  const all = [
    { ...ROOT, places: ['root'] as const, propagate: false },
    // Without System.View on it nothing below is seen.
    ...needing(datacenterFolders, [], false),
    ...needing(datacenters, unnamed, true),
    ...needing(folders, ['folder'], true),
    ...needing(adopted, ['adopted'], true),
    ...needing(templates, ['template'], true),
    ...needing(clusters, ['cluster'], false),
    ...needing(pools, ['pool'], true),
    ...needing(datastores, ['datastore'], true),
    ...needing(networks, ['network'], true),
  ];
  return [...Map.groupBy(all, ({ path }) => path).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ ...first, places: same.flatMap((need) => need.places), propagate: same.some((need) => need.propagate) }];
  });
}

const TREES: Readonly<Record<Exclude<PrivilegePlace, 'root'>, string>> = {
  folder: 'vm',
  adopted: 'vm',
  template: 'vm',
  pool: 'host',
  cluster: 'host',
  datastore: 'datastore',
  network: 'network',
};

/** Whether the permission on `path` takes the place of one that gives the privileges of `place`, or is that one. */
function reaches(need: Need, place: PrivilegePlace, path: string): boolean {
  if (!need.places.includes(place)) return false;
  if (need.path === path) return true;
  if (!need.propagate || place === 'root') return false;
  const above = need.kind === 'Datacenter' ? `${need.path}/${TREES[place]}/` : `${need.path}/`;
  return path.startsWith(above);
}
