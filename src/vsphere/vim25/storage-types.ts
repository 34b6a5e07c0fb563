/** The vim25 data objects of Storage DRS. */
import { objectType, optional, optionalList } from './describe';
import { VirtualMachineCloneSpec } from './types';

export const StorageDrsPodSelectionSpec = objectType('StorageDrsPodSelectionSpec', { storagePod: 'ref?' });
export const StoragePlacementSpec = objectType('StoragePlacementSpec', {
  type: 'string',
  vm: 'ref?',
  podSelectionSpec: StorageDrsPodSelectionSpec,
  cloneSpec: optional(VirtualMachineCloneSpec),
  cloneName: 'string?',
  folder: 'ref?',
});

/** One step of a recommendation: this datastore. */
export const StoragePlacementAction = objectType('StoragePlacementAction', { type: 'string', destination: 'ref' });
/** Its steps are of an abstract type. */
export const ClusterRecommendation = objectType('ClusterRecommendation', { key: 'string', action: 'object[]?' });
export const ClusterDrsFaults = objectType('ClusterDrsFaults', { reason: 'string' });
export const StoragePlacementResult = objectType('StoragePlacementResult', {
  recommendations: optionalList(ClusterRecommendation),
  drsFault: optional(ClusterDrsFaults),
});
