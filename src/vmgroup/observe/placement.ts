import { readOwnership } from '../../api/ownership';
import { ConditionReason } from '../../api/reasons';
import type { VmGroupSpec } from '../../api/vm-group';
import type {
  Inventory,
  Lookup,
  ManagedEntity,
  ManagedEntityType,
  ManagedObjectReference,
  VirtualMachine,
} from '../../vsphere/port';
import type { ParentFolder, Placement, PlacementProblem } from '../model/placement';
import { quotedName } from '../model/quoted-name';

const COMPUTE: readonly ManagedEntityType[] = ['ClusterComputeResource', 'ComputeResource'];
const NETWORK: readonly ManagedEntityType[] = ['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'];
const POOL: readonly ManagedEntityType[] = ['ResourcePool', 'VirtualApp'];

/** The input of all resolve functions. Each adds the problems that it finds to `problems`. */
interface Resolution {
  readonly spec: VmGroupSpec;
  readonly inventory: Inventory;
  readonly problems: PlacementProblem[];
}

/** The same, with the datacenter: all other names are searched in it. */
interface InDatacenter extends Resolution {
  readonly datacenter: ManagedEntity;
}

/** What a name stands for: its noun in messages, the field of the spec, and the reason when it is not found. */
interface Wanted {
  readonly noun: string;
  readonly field: string;
  readonly notFound: ConditionReason;
}

/** Resolves all names of a spec against the inventory. Pure and without I/O, so a change in vCenter counts at once. */
export function resolvePlacement(spec: VmGroupSpec, inventory: Inventory, defaultFolder: string): Placement {
  const problems: PlacementProblem[] = [];
  const datacenter = resolveDatacenter({ spec, inventory, problems });
  if (datacenter === undefined) return { problems };
  const resolution = { spec, inventory, problems, datacenter };
  const parentFolder = resolveFolder(resolution, defaultFolder);
  const resourcePool = resolvePool(resolution);
  const datastore = resolveDatastore(resolution);
  const networks = resolveNetworks(resolution);
  const template = resolveTemplate(resolution);
  return {
    datacenter,
    problems,
    ...(parentFolder && { parentFolder }),
    ...(resourcePool && { resourcePool }),
    ...(datastore && { datastore }),
    ...(networks && { networks }),
    ...(template && { template }),
  };
}

function resolveDatacenter({ spec, inventory, problems }: Resolution): ManagedEntity | undefined {
  const about = {
    noun: 'datacenter',
    field: 'spec.placement.datacenter',
    notFound: ConditionReason.DatacenterNotFound,
  };
  const wanted = spec.placement?.datacenter;
  if (wanted !== undefined) return expectOne(inventory.findEntity(['Datacenter'], wanted), wanted, about, problems);
  const all = inventory.entitiesOfType(['Datacenter']);
  return expectOnly({ all, where: 'the vCenter', about, inventory, problems });
}

function resolveFolder(
  { spec, inventory, datacenter, problems }: InDatacenter,
  defaultFolder: string,
): ParentFolder | undefined {
  const field = 'spec.placement.folder';
  const folders = inventory.entitiesIn(datacenter.ref).filter(({ type }) => type === 'Folder');
  const vmFolder = folders.find(({ name }) => name === 'vm');
  if (vmFolder === undefined) {
    problems.push({
      reason: ConditionReason.FolderNotFound,
      field,
      message: `the VM folder of datacenter ${datacenter.name} is not visible: give the operator's account the privilege System.View on it`,
    });
    return undefined;
  }
  const wanted = spec.placement?.folder;
  if (wanted !== undefined) {
    const found = inventory.findEntity(['Folder'], wanted, vmFolder.ref);
    const folder = expectOne(
      found,
      wanted,
      { noun: 'folder', field, notFound: ConditionReason.FolderNotFound },
      problems,
    );
    return folder && { kind: 'Found', ref: folder.ref, path: inventory.pathOf(folder.ref) };
  }
  const found = inventory
    .entitiesIn(vmFolder.ref)
    .find((entity) => entity.type === 'Folder' && entity.name === defaultFolder);
  if (found === undefined) return { kind: 'Missing', within: vmFolder.ref, name: defaultFolder };
  return { kind: 'Found', ref: found.ref, path: inventory.pathOf(found.ref) };
}

function resolvePool(resolution: InDatacenter): ManagedObjectReference | undefined {
  const { spec, inventory, datacenter, problems } = resolution;
  const { cluster: wantedCluster, resourcePool: wantedPool } = spec.placement ?? {};
  let within = datacenter;
  // A pool that is named without a cluster is searched in the whole datacenter: the pool determines the cluster.
  if (wantedCluster !== undefined || wantedPool === undefined) {
    const cluster = resolveCluster(resolution);
    if (cluster === undefined) return undefined;
    within = cluster;
  }
  if (wantedPool !== undefined) {
    const found = inventory.findEntity(POOL, wantedPool, within.ref);
    const about = {
      noun: 'resource pool',
      field: 'spec.placement.resourcePool',
      notFound: ConditionReason.ResourcePoolNotFound,
    };
    return expectOne(found, wantedPool, about, problems)?.ref;
  }
  const root = inventory.entitiesIn(within.ref).find((entity) => entity.type === 'ResourcePool');
  if (root === undefined) {
    problems.push({
      reason: ConditionReason.ResourcePoolNotFound,
      field: 'spec.placement.cluster',
      message: `the root resource pool of cluster ${within.name} is not visible: give the operator's account the privilege System.View on it`,
    });
  }
  return root?.ref;
}

function resolveCluster({ spec, inventory, datacenter, problems }: InDatacenter): ManagedEntity | undefined {
  const about = { noun: 'cluster', field: 'spec.placement.cluster', notFound: ConditionReason.ClusterNotFound };
  const wanted = spec.placement?.cluster;
  if (wanted !== undefined) {
    return expectOne(inventory.findEntity(COMPUTE, wanted, datacenter.ref), wanted, about, problems);
  }
  const all = inventory.entitiesOfType(COMPUTE, datacenter.ref);
  return expectOnly({ all, where: `datacenter ${datacenter.name}`, about, inventory, problems });
}

function resolveDatastore({ spec, inventory, datacenter, problems }: InDatacenter): ManagedObjectReference | undefined {
  const wanted = spec.placement?.datastore;
  if (wanted === undefined) return undefined;
  const found = inventory.findEntity(['Datastore'], wanted, datacenter.ref);
  return expectOne(
    found,
    wanted,
    { noun: 'datastore', field: 'spec.placement.datastore', notFound: ConditionReason.DatastoreNotFound },
    problems,
  )?.ref;
}

/** All networks or none: a machine with only some of its adapters connected would be of no use. */
function resolveNetworks({
  spec,
  inventory,
  datacenter,
  problems,
}: InDatacenter): readonly ManagedObjectReference[] | undefined {
  if (!spec.networks?.length) return undefined;
  const found = spec.networks.map(({ name, network }) => {
    const about = {
      noun: 'network',
      field: `spec.networks[${name}].network`,
      notFound: ConditionReason.NetworkNotFound,
    };
    return expectOne(inventory.findEntity(NETWORK, network, datacenter.ref), network, about, problems);
  });
  const refs = found.flatMap((entity) => (entity === undefined ? [] : [entity.ref]));
  return refs.length === spec.networks.length ? refs : undefined;
}

function resolveTemplate({ spec, inventory, datacenter, problems }: InDatacenter): Placement['template'] {
  const field = 'spec.template';
  const found: Lookup<VirtualMachine> = inventory.findVirtualMachine(spec.template, datacenter.ref);
  switch (found.kind) {
    case 'Found': {
      const owner = readOwnership(found.object);
      if (owner === undefined) return { ref: found.object.ref, path: found.path };
      problems.push({
        reason: ConditionReason.TemplateNotFound,
        field,
        message: `template ${quotedName(spec.template)} is a replica of VmGroup ${owner.group}: set ${field} to a template or to a machine that no group owns`,
      });
      return undefined;
    }
    case 'NotFound':
      problems.push({
        reason: ConditionReason.TemplateNotFound,
        field,
        message: `template ${quotedName(spec.template)} was not found in datacenter ${datacenter.name}: correct ${field}, or create a template of that name`,
      });
      return undefined;
    case 'Ambiguous':
      problems.push(ambiguous(spec.template, { noun: 'template', field }, found.candidatePaths));
      return undefined;
  }
}

function expectOne(
  found: Lookup<ManagedEntity>,
  wanted: string,
  about: Wanted,
  problems: PlacementProblem[],
): ManagedEntity | undefined {
  const { noun, field, notFound } = about;
  switch (found.kind) {
    case 'Found':
      return found.object;
    case 'NotFound':
      problems.push({
        reason: notFound,
        field,
        message: `${noun} ${quotedName(wanted)} was not found: correct ${field}, or create it`,
      });
      return undefined;
    case 'Ambiguous':
      problems.push(ambiguous(wanted, about, found.candidatePaths));
      return undefined;
  }
}

/** For a name that the spec leaves out: takes the only entity there is. */
function expectOnly({
  all,
  where,
  about: { noun, field, notFound },
  inventory,
  problems,
}: {
  readonly all: readonly ManagedEntity[];
  readonly where: string;
  readonly about: Wanted;
} & Omit<Resolution, 'spec'>): ManagedEntity | undefined {
  const [only, ...others] = all;
  if (only === undefined) {
    problems.push({
      reason: notFound,
      field,
      message: `${where} shows no ${noun}: create one, or give the operator's account the privilege to see it`,
    });
    return undefined;
  }
  if (others.length > 0) {
    const paths = all.map((entity) => inventory.pathOf(entity.ref)).sort();
    problems.push({
      reason: ConditionReason.Ambiguous,
      field,
      message: `${where} has ${all.length} ${noun}s: set ${field} to one of ${listed(paths)}`,
    });
    return undefined;
  }
  return only;
}

function ambiguous(
  wanted: string,
  { noun, field }: Omit<Wanted, 'notFound'>,
  paths: readonly string[],
): PlacementProblem {
  return {
    reason: ConditionReason.Ambiguous,
    field,
    message: `${noun} ${quotedName(wanted)} is ambiguous: set ${field} to one of the paths ${listed([...paths].sort())}`,
  };
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
