/** R15: whether a group's own folder may be where it is, or where it will be made. */
import { ConditionReason } from '../../api/reasons';
import type { VmGroupSpec } from '../../api/vm-group';
import { type Inventory, sameRef } from '../../vsphere/port';
import { refusalBy, remedyBy } from '../model/allow-list-refusal';
import { datacenterOf, isAtOrBelow } from '../model/lineage';
import type { GroupFolder } from '../model/observation';
import { fitsAny } from '../model/path-glob';
import type { Placement, PlacementProblem } from '../model/placement';
import type { PlacementRules } from './resolution';

const FIELD = 'spec.placement.folder';

export interface FolderQuestion {
  readonly spec: VmGroupSpec;
  readonly placement: Placement;
  /** The group's own folder. */
  readonly folder: GroupFolder;
  readonly inventory: Inventory;
  readonly rules: PlacementRules;
}

/** The placement, with what is wrong with the place of the group's own folder. */
export function withFolderRules(question: FolderQuestion): Placement {
  const { placement } = question;
  const refused = whyRefused(question);
  const problems = [...placement.problems, ...whyElsewhere(question), ...whyOutside(question), ...refused];
  return { ...placement, problems, ...(refused.length > 0 && { isFolderRefused: true }) };
}

/** The spec may name a datacenter for the first time when the folder is in another one already. */
function whyElsewhere({
  spec,
  folder,
  placement: { datacenter },
  inventory,
}: FolderQuestion): readonly PlacementProblem[] {
  if (folder.kind === 'Missing' || datacenter === undefined) return [];
  const actual = datacenterOf(folder.ref, inventory);
  if (actual === undefined || sameRef(actual.ref, datacenter.ref)) return [];
  const field = 'spec.placement.datacenter';
  // The field cannot be changed once set.
  const message = `the group's folder ${folder.path} is not in datacenter ${spec.placement?.datacenter ?? datacenter.name}: make a new group with ${field} set to that, or with ${actual.name}`;
  return [{ reason: ConditionReason.NotAllowed, field, message }];
}

/** A folder that was made before its namespace was confined, or that a person moved, may lie outside. The machines in it stay. */
function whyOutside({ folder, placement: { confinedTo }, inventory }: FolderQuestion): readonly PlacementProblem[] {
  if (folder.kind === 'Missing' || confinedTo === undefined) return [];
  if (isAtOrBelow(folder.ref, confinedTo.ref, inventory)) return [];
  const message = `the group's folder ${folder.path} is outside ${confinedTo.path}, the folder of its namespace: an administrator moves it there in vCenter`;
  return [{ reason: ConditionReason.NotAllowed, field: FIELD, message }];
}

/** The folder that holds the group's own, or will, is not one of those that are allowed. */
function whyRefused(question: FolderQuestion): readonly PlacementProblem[] {
  const { spec, folder, rules } = question;
  const { tenants } = rules;
  const patterns = tenants.allowed.folders;
  const path = patterns && pathOfHolder(question);
  if (path === undefined || fitsAny(path, patterns ?? [])) return [];
  const given = spec.placement?.folder;
  const what =
    folder.kind === 'Found'
      ? `folder ${path}, which holds the group's folder,`
      : `folder ${path}${given === undefined ? ` (${FIELD} is not given)` : ''}`;
  // The field cannot be changed once set.
  const choose =
    given === undefined ? `set ${FIELD} to one of these` : `make a new group with ${FIELD} set to one of these`;
  const isAny = (patterns ?? []).length > 0;
  const remedy =
    isAny && folder.kind === 'Found'
      ? `have an administrator move the group's folder in vCenter, or add it to spec.allowed.folders of ${tenants.source}`
      : `${isAny ? `${choose}, or ` : ''}${remedyBy(tenants, 'folders')}`;
  const message = `${what} ${refusalBy(tenants, patterns ?? [])}: ${remedy}`;
  return [{ reason: ConditionReason.NotAllowed, field: FIELD, message }];
}

/** Undefined while no folder is known: other problems say why. */
function pathOfHolder({ folder, placement, inventory }: FolderQuestion): string | undefined {
  if (folder.kind === 'Found') {
    const holder = inventory.entity(folder.ref)?.parent;
    // What the account does not see has the path /, which no pattern fits.
    return holder === undefined ? '/' : inventory.pathOf(holder);
  }
  return placement.parentFolder?.path;
}
