import type { Inventory, ManagedObjectReference } from '../../vsphere/port';

/** The datastore itself, or those of a datastore cluster that the operator's account sees. */
export function datastoresIn(
  target: ManagedObjectReference,
  inventory: Pick<Inventory, 'entitiesIn'>,
): readonly ManagedObjectReference[] {
  if (target.type !== 'StoragePod') return [target];
  const members = inventory.entitiesIn(target).filter(({ type }) => type === 'Datastore');
  return members.map(({ ref }) => ref);
}
