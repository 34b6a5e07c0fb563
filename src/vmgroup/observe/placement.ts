import { readOwnership } from '../../api/ownership';
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

const COMPUTE: readonly ManagedEntityType[] = ['ClusterComputeResource', 'ComputeResource'];
const NETWORK: readonly ManagedEntityType[] = ['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'];
const POOL: readonly ManagedEntityType[] = ['ResourcePool', 'VirtualApp'];

/** Resolves all names of a spec against the inventory. Pure and free of I/O: a change in vCenter is seen at once. */
export function resolvePlacement(spec: VmGroupSpec, inventory: Inventory, defaultFolder: string): Placement {
  const problems: PlacementProblem[] = [];
  const datacenter = resolveDatacenter(spec, inventory, problems);
  if (datacenter === undefined) return { problems };
  const parentFolder = resolveFolder(spec, inventory, datacenter, defaultFolder, problems);
  const resourcePool = resolvePool(spec, inventory, datacenter, problems);
  const datastore = resolveDatastore(spec, inventory, datacenter, problems);
  const networks = resolveNetworks(spec, inventory, datacenter, problems);
  const template = resolveTemplate(spec, inventory, datacenter, problems);
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

function resolveDatacenter(
  spec: VmGroupSpec,
  inventory: Inventory,
  problems: PlacementProblem[],
): ManagedEntity | undefined {
  const field = 'spec.placement.datacenter';
  const wanted = spec.placement?.datacenter;
  if (wanted !== undefined) {
    return expectOne(inventory.findEntity(['Datacenter'], wanted), wanted, 'datacenter', field, problems);
  }
  const all = inventory.entitiesOfType(['Datacenter']);
  return expectOnly(all, inventory, 'datacenter', field, 'the vCenter', problems);
}

function resolveFolder(
  spec: VmGroupSpec,
  inventory: Inventory,
  datacenter: ManagedEntity,
  defaultFolder: string,
  problems: PlacementProblem[],
): ParentFolder | undefined {
  const vmFolder = inventory
    .entitiesIn(datacenter.ref)
    .find((entity) => entity.type === 'Folder' && entity.name === 'vm');
  if (vmFolder === undefined) {
    problems.push({
      reason: 'FolderNotFound',
      field: 'spec.placement.folder',
      message: `the VM folder of datacenter ${datacenter.name} is not visible: give the operator's account the privilege System.View on it`,
    });
    return undefined;
  }
  const wanted = spec.placement?.folder;
  if (wanted !== undefined) {
    const found = inventory.findEntity(['Folder'], wanted, vmFolder.ref);
    const folder = expectOne(found, wanted, 'folder', 'spec.placement.folder', problems);
    return folder && { kind: 'Found', ref: folder.ref, path: inventory.pathOf(folder.ref) };
  }
  const found = inventory
    .entitiesIn(vmFolder.ref)
    .find((entity) => entity.type === 'Folder' && entity.name === defaultFolder);
  if (found === undefined) return { kind: 'Missing', within: vmFolder.ref, name: defaultFolder };
  return { kind: 'Found', ref: found.ref, path: inventory.pathOf(found.ref) };
}

function resolvePool(
  spec: VmGroupSpec,
  inventory: Inventory,
  datacenter: ManagedEntity,
  problems: PlacementProblem[],
): ManagedObjectReference | undefined {
  const { cluster: wantedCluster, resourcePool: wantedPool } = spec.placement ?? {};
  let within = datacenter;
  // A pool named without its cluster is looked for in the whole datacenter: it tells the cluster by itself.
  if (wantedCluster !== undefined || wantedPool === undefined) {
    const field = 'spec.placement.cluster';
    const cluster =
      wantedCluster !== undefined
        ? expectOne(
            inventory.findEntity(COMPUTE, wantedCluster, datacenter.ref),
            wantedCluster,
            'cluster',
            field,
            problems,
          )
        : expectOnly(
            inventory.entitiesOfType(COMPUTE, datacenter.ref),
            inventory,
            'cluster',
            field,
            `datacenter ${datacenter.name}`,
            problems,
          );
    if (cluster === undefined) return undefined;
    within = cluster;
  }
  if (wantedPool !== undefined) {
    const found = inventory.findEntity(POOL, wantedPool, within.ref);
    return expectOne(found, wantedPool, 'resource pool', 'spec.placement.resourcePool', problems)?.ref;
  }
  const root = inventory.entitiesIn(within.ref).find((entity) => entity.type === 'ResourcePool');
  if (root === undefined) {
    problems.push({
      reason: 'ResourcePoolNotFound',
      field: 'spec.placement.cluster',
      message: `the root resource pool of cluster ${within.name} is not visible: give the operator's account the privilege System.View on it`,
    });
  }
  return root?.ref;
}

function resolveDatastore(
  spec: VmGroupSpec,
  inventory: Inventory,
  datacenter: ManagedEntity,
  problems: PlacementProblem[],
): ManagedObjectReference | undefined {
  const wanted = spec.placement?.datastore;
  if (wanted === undefined) return undefined;
  const found = inventory.findEntity(['Datastore'], wanted, datacenter.ref);
  return expectOne(found, wanted, 'datastore', 'spec.placement.datastore', problems)?.ref;
}

/** All of them or none: a machine with half of its adapters connected would be of no use. */
function resolveNetworks(
  spec: VmGroupSpec,
  inventory: Inventory,
  datacenter: ManagedEntity,
  problems: PlacementProblem[],
): readonly ManagedObjectReference[] | undefined {
  if (!spec.networks?.length) return undefined;
  const found = spec.networks.map(({ name, network }) =>
    expectOne(
      inventory.findEntity(NETWORK, network, datacenter.ref),
      network,
      'network',
      `spec.networks[${name}].network`,
      problems,
    ),
  );
  const refs = found.flatMap((entity) => (entity === undefined ? [] : [entity.ref]));
  return refs.length === spec.networks.length ? refs : undefined;
}

function resolveTemplate(
  spec: VmGroupSpec,
  inventory: Inventory,
  datacenter: ManagedEntity,
  problems: PlacementProblem[],
): Placement['template'] {
  const field = 'spec.template';
  const found: Lookup<VirtualMachine> = inventory.findVirtualMachine(spec.template, datacenter.ref);
  switch (found.kind) {
    case 'Found': {
      const owner = readOwnership(found.object);
      if (owner === undefined) return { ref: found.object.ref, path: found.path };
      problems.push({
        reason: 'TemplateNotFound',
        field,
        message: `template "${spec.template}" is a replica of VmGroup ${owner.group}: set ${field} to a template or to a machine that no group owns`,
      });
      return undefined;
    }
    case 'NotFound':
      problems.push({
        reason: 'TemplateNotFound',
        field,
        message: `template "${spec.template}" was not found in datacenter ${datacenter.name}: correct ${field}, or create a template of that name`,
      });
      return undefined;
    case 'Ambiguous':
      problems.push(ambiguous(spec.template, 'template', field, found.candidatePaths));
      return undefined;
  }
}

function expectOne(
  found: Lookup<ManagedEntity>,
  wanted: string,
  noun: string,
  field: string,
  problems: PlacementProblem[],
): ManagedEntity | undefined {
  switch (found.kind) {
    case 'Found':
      return found.object;
    case 'NotFound':
      problems.push({
        reason: `${reasonPrefix(noun)}NotFound`,
        field,
        message: `${noun} "${wanted}" was not found: correct ${field}, or create it`,
      });
      return undefined;
    case 'Ambiguous':
      problems.push(ambiguous(wanted, noun, field, found.candidatePaths));
      return undefined;
  }
}

function expectOnly(
  all: readonly ManagedEntity[],
  inventory: Inventory,
  noun: string,
  field: string,
  where: string,
  problems: PlacementProblem[],
): ManagedEntity | undefined {
  const [only, ...others] = all;
  if (only === undefined) {
    problems.push({
      reason: `${reasonPrefix(noun)}NotFound`,
      field,
      message: `${where} shows no ${noun}: create one, or give the operator's account the privilege to see it`,
    });
    return undefined;
  }
  if (others.length > 0) {
    const paths = all.map((entity) => inventory.pathOf(entity.ref)).sort();
    problems.push({
      reason: 'Ambiguous',
      field,
      message: `${where} has ${all.length} ${noun}s: set ${field} to one of ${listed(paths)}`,
    });
    return undefined;
  }
  return only;
}

function ambiguous(wanted: string, noun: string, field: string, paths: readonly string[]): PlacementProblem {
  return {
    reason: 'Ambiguous',
    field,
    message: `${noun} "${wanted}" is ambiguous: set ${field} to one of the paths ${listed([...paths].sort())}`,
  };
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}

const reasonPrefix = (noun: string): string =>
  noun
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
