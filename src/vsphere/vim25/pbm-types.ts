/**
 * The data objects of PBM, the service of vCenter for storage policies (docs/vsphere.md#storage-policies). It has the faults
 * and references of vim25, and types and methods of its own.
 */
import { lenient, objectType, optionalList } from './describe';
import { LocalizedMethodFault } from './types';

export const PbmServiceInstanceContent = objectType('PbmServiceInstanceContent', {
  profileManager: 'ref',
  placementSolver: 'ref',
});

export const PbmProfileResourceType = objectType('PbmProfileResourceType', { resourceType: 'string' });
export const PbmProfileId = objectType('PbmProfileId', { uniqueId: 'string' });
/** What all types of profiles have. */
export const PbmProfile = objectType('PbmProfile', { profileId: PbmProfileId, name: 'string' });
// One that cannot be read has no name that a spec could give.
lenient(PbmProfile, { name: '' });
lenient(PbmProfileId, { uniqueId: '' });

/** A datastore or a datastore cluster: the type and the value of its reference. */
export const PbmPlacementHub = objectType('PbmPlacementHub', { hubType: 'string', hubId: 'string' });
export const PbmPlacementCapabilityProfileRequirement = objectType('PbmPlacementCapabilityProfileRequirement', {
  profileId: PbmProfileId,
});
/** With an error it is not compatible. */
export const PbmPlacementCompatibilityResult = objectType('PbmPlacementCompatibilityResult', {
  hub: PbmPlacementHub,
  error: optionalList(LocalizedMethodFault),
});
