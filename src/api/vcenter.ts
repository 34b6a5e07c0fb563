import type { VCenter as StoredVCenter } from '../../imports/vcenter';
import { API_GROUP } from './vm-group';

export type {
  VCenterSpec,
  VCenterSpecAllowed,
  VCenterSpecCredentials,
  VCenterSpecDefaultsPlacement,
  VCenterSpecEndpoint,
  VCenterSpecFailureDomain,
  VCenterSpecLimits,
  VCenterSpecLimitsPerNamespace,
  VCenterSpecLimitsPerVM,
  VCenterSpecLimitsTotal,
  VCenterSpecNamespaceSelector,
  VCenterSpecNamespaceSelectorMatchExpression,
  VCenterSpecTls,
  VCenterStatus,
  VCenterStatusAbout,
  VCenterStatusCertificate,
  VCenterStatusCondition,
  VCenterStatusNamespace,
  VCenterStatusUsage,
} from '../../imports/vcenter';

/** A VCenter as the API server stores it: fields with a default are there. */
export interface VCenter extends StoredVCenter {
  /** What is wrong with its spec, one sentence per field; absent if nothing is. See readable-vcenter.ts. */
  readonly specProblems?: readonly string[];
}

/** How the API server serves VCenters. They are in no namespace. */
export const VCENTER_RESOURCE = {
  apiVersion: `${API_GROUP}/v1alpha1`,
  kind: 'VCenter',
  plural: 'vcenters',
} as const;

/** Keeps a deleted VCenter until no VmGroup uses it. */
export const VCENTER_FINALIZER = `${API_GROUP}/vcenter`;
