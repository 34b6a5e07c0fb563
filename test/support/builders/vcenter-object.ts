import type { VCenter, VCenterSpec } from '../../../src/api/vcenter';
import { VCENTER_RESOURCE } from '../../../src/api/vcenter';

/** A VCenter as the API server stores it, with its defaults. */
export function aVCenter(spec: Partial<VCenterSpec> = {}, rest: Partial<VCenter> = {}): VCenter {
  return {
    apiVersion: VCENTER_RESOURCE.apiVersion,
    kind: VCENTER_RESOURCE.kind,
    metadata: {
      name: 'east',
      uid: '9c1b7a52-7a3e-4f0e-8a55-0c3d5f3a1b02',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      endpoint: { host: 'vcenter.example.com', port: 443 },
      credentials: { secretRef: { name: 'vcenter-account' }, method: 'Password' },
      ...spec,
    },
    ...rest,
  };
}
