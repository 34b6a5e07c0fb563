/** The folders that hold groups' own folders by the settings of the operator: the default folder and the namespace's. */
import type { Inventory, ManagedEntity, ManagedObjectReference } from '../../vsphere/port';
import { descend, levelsBelow } from '../model/lineage';
import type { ParentFolder } from '../model/placement';
import { pathWith } from '../model/tenant-policy';
import type { InDatacenter, PlacementRules } from './resolution';

export type HomeQuestion = Pick<InDatacenter, 'inventory' | 'rules' | 'namespace'>;

export interface DefaultFolderQuestion {
  readonly inventory: Inventory;
  readonly rules: Pick<PlacementRules, 'defaultFolder' | 'clusterId'>;
}

/**
 * It may have several levels. Missing ones are made, one at a time. Undefined: it is in another datacenter, by an absolute
 * path.
 */
export function defaultFolder(
  { inventory, rules }: DefaultFolderQuestion,
  vmFolder: ManagedEntity,
): ParentFolder | undefined {
  const levels = levelsBelow(vmFolder, pathWith(rules.defaultFolder, rules), inventory);
  if (levels === undefined) return undefined;
  const path = [inventory.pathOf(vmFolder.ref), ...levels].join('/');
  let reached = vmFolder;
  for (const name of levels) {
    const next = inventory.entitiesIn(reached.ref).find((entity) => entity.type === 'Folder' && entity.name === name);
    if (next === undefined) return { kind: 'Missing', within: reached.ref, name, path };
    reached = next;
  }
  return { kind: 'Found', ref: reached.ref, path: inventory.pathOf(reached.ref), ofOperator: true };
}

/** It is an administrator's: it carries the permissions and the limits of a namespace, so it is never made here. */
export function namespaceFolder(question: HomeQuestion, vmFolder: ManagedEntity): ParentFolder | undefined {
  const { inventory } = question;
  const levels = levelsBelow(vmFolder, namespacePath(question), inventory);
  const found = levels && descend(vmFolder, levels, inventory).find(({ type }) => type === 'Folder');
  if (found === undefined) return undefined;
  return { kind: 'Found', ref: found.ref, path: inventory.pathOf(found.ref), ofOperator: true };
}

/** Path of the namespace's folder; empty if the settings give none. */
export function namespacePath({ rules, namespace }: Pick<HomeQuestion, 'rules' | 'namespace'>): string {
  return pathWith(rules.tenants.namespaceFolder ?? '', { ...rules, namespace });
}

/** Folders that hold groups' folders by the settings of the operator. */
export function homesOfGroups(question: HomeQuestion, vmFolder: ManagedEntity): readonly ManagedObjectReference[] {
  const { rules } = question;
  const homes = [
    defaultFolder(question, vmFolder),
    ...(rules.tenants.namespaceFolder === undefined ? [] : [namespaceFolder(question, vmFolder)]),
  ];
  return homes.flatMap((home) => (home?.kind === 'Found' ? [home.ref] : []));
}
