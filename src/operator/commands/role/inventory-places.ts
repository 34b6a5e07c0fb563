/** The objects that a role is given on, by their inventory paths. */
import { SettingsError } from '../../settings/settings-error';

/** What an object is, as far as the output has to say it. */
export type ObjectKind =
  | 'Folder'
  | 'Datacenter'
  | 'Cluster'
  | 'ResourcePool'
  | 'Datastore'
  | 'DatastoreCluster'
  | 'Network';

export interface PlacedObject {
  /** Absolute inventory path, as vCenter writes it: a slash of a name is %2f. */
  readonly path: string;
  readonly kind: ObjectKind;
}

/** What the administrator names. An empty list: all of the datacenter. */
export interface GivenPlaces {
  /** Names or absolute paths. Empty: those of the other paths. */
  readonly datacenters: readonly string[];
  /** VM folders that hold the groups' folders. Empty: vm-operator in each datacenter. */
  readonly folders: readonly string[];
  /** VM folders with machines to take over. Empty: none. */
  readonly adopted: readonly string[];
  /** VM folders with the templates. */
  readonly templates: readonly string[];
  /** Resource pools, or clusters. */
  readonly pools: readonly string[];
  readonly datastores: readonly string[];
  readonly datastoreClusters: readonly string[];
  readonly networks: readonly string[];
}

export interface RolePlaces {
  /** Of the datacenters, the folders that they are in, without the root folder. */
  readonly datacenterFolders: readonly PlacedObject[];
  readonly datacenters: readonly PlacedObject[];
  readonly folders: readonly PlacedObject[];
  readonly adopted: readonly PlacedObject[];
  readonly templates: readonly PlacedObject[];
  readonly pools: readonly PlacedObject[];
  /** Those of the pools. */
  readonly clusters: readonly PlacedObject[];
  readonly datastores: readonly PlacedObject[];
  readonly networks: readonly PlacedObject[];
}

type Tree = 'vm' | 'host' | 'datastore' | 'network';

const DEFAULT_FOLDER = 'vm-operator';
/** The name of each cluster's root pool. */
const ROOT_POOL = '/Resources';

/** Throws SettingsError, with the flag, the value and the remedy. */
export function rolePlaces(given: GivenPlaces): RolePlaces {
  const named = given.datacenters.map((name) => (name.startsWith('/') ? name : `/${name}`));
  const inTree = (flag: string, tree: Tree, paths: readonly string[]) =>
    paths.map((path) => ({ path, datacenter: datacenterOf(flag, tree, path, named) }));
  const folders = inTree('--folder', 'vm', given.folders);
  const adopted = inTree('--adopted', 'vm', given.adopted);
  const templates = inTree('--templates', 'vm', given.templates);
  const pools = inTree('--pool', 'host', given.pools);
  const datastores = inTree('--datastore', 'datastore', given.datastores);
  const pods = inTree('--datastore-cluster', 'datastore', given.datastoreClusters);
  const networks = inTree('--network', 'network', given.networks);
  const all = [...folders, ...adopted, ...templates, ...pools, ...datastores, ...pods, ...networks];
  const datacenters = unique(named.length > 0 ? named : all.map(({ datacenter }) => datacenter));
  if (datacenters.length === 0)
    throw new SettingsError('no datacenter is named: give --datacenter, such as --datacenter dc1');
  const home =
    given.folders.length > 0 ? folders.map(({ path }) => path) : datacenters.map((dc) => `${dc}/vm/${DEFAULT_FOLDER}`);
  const placed = (kind: ObjectKind, paths: readonly string[]) => unique(paths).map((path) => ({ path, kind }));
  const pathsOf = (of: readonly { readonly path: string }[]) => of.map(({ path }) => path);
  return {
    datacenterFolders: placed('Folder', datacenters.flatMap(foldersAbove)),
    datacenters: placed('Datacenter', datacenters),
    folders: placed('Folder', home),
    adopted: placed('Folder', pathsOf(adopted)),
    templates: placed('Folder', pathsOf(templates)),
    pools: unique(pathsOf(pools).map(withoutRootPool)).map((path) => ({
      path,
      kind: clusterOf(path) === path ? 'Cluster' : 'ResourcePool',
    })),
    clusters: placed('Cluster', pathsOf(pools).map(clusterOf)),
    datastores: [...placed('Datastore', pathsOf(datastores)), ...placed('DatastoreCluster', pathsOf(pods))],
    networks: placed('Network', pathsOf(networks)),
  };
}

/** The datacenter of a path; it must be one of those that are named, if any is. */
function datacenterOf(flag: string, tree: Tree, path: string, named: readonly string[]): string {
  const refuse = (why: string) => new SettingsError(`${flag} "${path}": ${why}`);
  const inferred = /^(\/.+?)\/(vm|host|datastore|network)\/./.exec(path);
  const datacenter = named.find((name) => path.startsWith(`${name}/`)) ?? inferred?.[1];
  const example = `/${tree === 'host' ? 'dc1/host/cluster1' : `dc1/${tree}/NAME`}`;
  if (datacenter === undefined) throw refuse(`give the inventory path, such as ${example}`);
  if (named.length > 0 && !named.includes(datacenter))
    throw refuse(`it is in none of the datacenters of --datacenter: name its datacenter, too, or take it out`);
  const rest = path.slice(datacenter.length);
  // vCenter takes no permission on the direct children of a datacenter (docs/vsphere.md#permissions).
  if (rest === `/${tree}`)
    throw refuse(
      `vCenter takes no permission on it: ${flag === '--adopted' ? 'name a folder below it, and move the machines there' : `leave it out, and ${datacenter} gets it`}`,
    );
  if (!rest.startsWith(`/${tree}/`)) throw refuse(`it is not below ${datacenter}/${tree}, such as ${example}`);
  if (path.endsWith('/')) throw refuse('it ends with a slash: take that away');
  return datacenter;
}

function foldersAbove(path: string): readonly string[] {
  const levels = path.split('/').slice(1, -1);
  return levels.map((_, index) => `/${levels.slice(0, index + 1).join('/')}`);
}

/** vCenter takes no permission on a root pool: its cluster stands for it. */
function withoutRootPool(path: string): string {
  return path.endsWith(ROOT_POOL) ? path.slice(0, -ROOT_POOL.length) : path;
}

function clusterOf(path: string): string {
  const end = `${path}/`.indexOf(`${ROOT_POOL}/`);
  return end < 0 ? path : path.slice(0, end);
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
