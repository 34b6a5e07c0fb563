/** The folder that holds a group's own folder: the one that the spec names, the namespace's, or the default folder. */
import { isGroupFolderName } from '../../api/identity';
import { readOwnership } from '../../api/ownership';
import { ConditionReason } from '../../api/reasons';
import { type ManagedEntity, type ManagedObjectReference, sameRef } from '../../vsphere/port';
import { isAtOrBelow, lineageOf } from '../model/lineage';
import type { ParentFolder, Placement, PlacementProblem } from '../model/placement';
import { pathWith } from '../model/tenant-policy';
import { defaultFolder, homesOfGroups, namespaceFolder, namespacePath } from './group-homes';
import { expectOne, type InDatacenter } from './resolution';

const FIELD = 'spec.placement.folder';

type Folders = Pick<Placement, 'parentFolder' | 'confinedTo'>;

export function resolveFolder(resolution: InDatacenter): Folders {
  const { spec, inventory, datacenter, problems, rules } = resolution;
  const vmFolder = inventory.entitiesIn(datacenter.ref).find(({ type, name }) => type === 'Folder' && name === 'vm');
  if (vmFolder === undefined) {
    problems.push({
      reason: ConditionReason.FolderNotFound,
      field: FIELD,
      message: `the VM folder of datacenter ${datacenter.name} is not visible: give the operator's account the privilege System.View on it`,
    });
    return {};
  }
  const wanted = spec.placement?.folder;
  const isConfined = rules.tenants.namespaceFolder !== undefined;
  const home = isConfined ? namespaceFolder(resolution, vmFolder) : defaultFolder(resolution, vmFolder);
  if (home === undefined && (isConfined || wanted === undefined)) {
    problems.push(isConfined ? noNamespaceFolder(resolution) : noDefaultFolder(resolution));
    return {};
  }
  const confined = isConfined && home?.kind === 'Found' ? { confinedTo: home } : {};
  if (wanted === undefined) return { ...confined, ...(home && { parentFolder: home }) };
  const found = inventory.findEntity(['Folder'], wanted, vmFolder.ref);
  const about = { noun: 'folder', field: FIELD, notFound: ConditionReason.FolderNotFound };
  const folder = expectOne(found, wanted, about, problems);
  if (folder === undefined) return confined;
  const refusal = whyRefused(folder, home, isConfined, resolution, vmFolder);
  if (refusal !== undefined) {
    problems.push({ reason: ConditionReason.NotAllowed, field: FIELD, message: refusal });
    return confined;
  }
  const isHome = home?.kind === 'Found' && sameRef(home.ref, folder.ref);
  const named: ParentFolder = { kind: 'Found', ref: folder.ref, path: inventory.pathOf(folder.ref) };
  return { ...confined, parentFolder: isHome ? home : named };
}

function noDefaultFolder({ rules, datacenter }: InDatacenter): PlacementProblem {
  const folder = pathWith(rules.defaultFolder, rules);
  return {
    reason: ConditionReason.FolderNotFound,
    field: FIELD,
    message:
      `the default folder "${folder}" of ${rules.tenants.source} is not in the VM folder of datacenter ${datacenter.name}: ` +
      `set ${FIELD} to a folder in it, or have an administrator correct spec.defaults.placement.folder`,
  };
}

function noNamespaceFolder(resolution: InDatacenter): PlacementProblem {
  const { datacenter, namespace } = resolution;
  return {
    reason: ConditionReason.FolderNotFound,
    field: FIELD,
    message: `datacenter ${datacenter.name} has no folder "${namespacePath(resolution)}" for namespace ${namespace}: an administrator creates it, or corrects --namespace-folder`,
  };
}

/** Why a folder that the spec names is not for this group, and what is; undefined if it is. */
function whyRefused(
  folder: ManagedEntity,
  home: ParentFolder | undefined,
  isConfined: boolean,
  resolution: InDatacenter,
  vmFolder: ManagedEntity,
): string | undefined {
  const { inventory, namespace } = resolution;
  const path = inventory.pathOf(folder.ref);
  // The field cannot be changed once set.
  const remedy = (what: string) => `make a new group with ${FIELD} set to ${what}`;
  if (isConfined && home?.kind === 'Found' && !isAtOrBelow(folder.ref, home.ref, inventory))
    return `folder ${path} is outside ${home.path}, the folder of namespace ${namespace}: ${remedy('that or one below it')}, or without it`;
  const taken = groupFolderAround(folder, resolution, vmFolder);
  if (taken === undefined) return undefined;
  return `folder ${path} is or lies in ${inventory.pathOf(taken.ref)}, the folder of a group: ${remedy('another folder')}, or without it`;
}

/** The folder itself or the nearest one around it that is a group's own: by a status, by its place and name, or by machines in it. */
function groupFolderAround(
  folder: ManagedEntity,
  resolution: InDatacenter,
  vmFolder: ManagedEntity,
): ManagedEntity | undefined {
  const { inventory } = resolution;
  const around = lineageOf(folder.ref, inventory);
  const top = around.findIndex(({ ref }) => sameRef(ref, vmFolder.ref));
  const homes = homesOfGroups(resolution, vmFolder);
  return around.slice(0, Math.max(0, top)).find(({ ref, name, parent }) => {
    const isAtHome = homes.some((home) => sameRef(home, parent));
    const isRecorded = resolution.rules.isFolderOfAnother?.(ref) === true;
    return isRecorded || (isAtHome && isGroupFolderName(name)) || holdsOthers(ref, resolution);
  });
}

/** Whether a machine right in the folder carries the marks of another group, of whatever cluster. */
function holdsOthers(folder: ManagedObjectReference, { inventory, rules, uid }: InDatacenter): boolean {
  return inventory.virtualMachinesIn(folder).some((machine) => {
    const owner = readOwnership(machine);
    return owner !== undefined && !(owner.cluster === rules.clusterId && owner.groupUid === uid);
  });
}
