/** Which vCenters the operator would use once the manifests are applied: VCenter objects, or that of the environment. */
import type { VCenter } from '../../../api/vcenter';
import type { VCenterManifest } from '../manifest/manifest';
import { refusedChangesOfVCenter } from '../manifest/refused-changes';
import type { ListedVCenters } from './cluster-reader';

/** What a person should know of how the vCenters were found. */
export interface VCenterNote {
  readonly isWarning: boolean;
  readonly message: string;
  readonly remedy?: string;
}

export interface KnownVCenter {
  readonly vcenter: VCenter;
  /** File and line of its manifest; undefined for one of the cluster. */
  readonly source: string | undefined;
}

export type VCentersInUse =
  /** `isSure`: there is no VCenter object, and not only none that can be seen. */
  | { readonly kind: 'Environment'; readonly isSure: boolean; readonly note?: VCenterNote }
  | { readonly kind: 'Objects'; readonly vcenters: ReadonlyMap<string, KnownVCenter>; readonly note?: VCenterNote };

/** A manifest stands for the stored object of its name, as once it is applied. */
export function vcentersInUse(given: readonly VCenterManifest[], listed: ListedVCenters): VCentersInUse {
  const stored = listed.kind === 'Listed' ? listed.vcenters : [];
  const vcenters = new Map<string, KnownVCenter>(
    stored.map((vcenter) => [vcenter.metadata.name, { vcenter, source: undefined }]),
  );
  for (const { source, vcenter } of given) {
    const { name } = vcenter.metadata;
    vcenters.set(name, { source, vcenter: onceApplied(vcenter, vcenters.get(name)?.vcenter) });
  }
  const note = noteOn(listed, given.length > 0);
  const noted = note === undefined ? {} : { note };
  if (vcenters.size > 0) return { kind: 'Objects', vcenters, ...noted };
  return { kind: 'Environment', isSure: listed.kind === 'Listed' || listed.kind === 'NoKind', ...noted };
}

function onceApplied(given: VCenter, stored: VCenter | undefined): VCenter {
  if (stored === undefined) return given;
  // What cannot be read of a stored spec is compared with nothing.
  const refused = stored.specProblems === undefined ? refusedChangesOfVCenter(stored.spec, given.spec) : [];
  const specProblems = [...(given.specProblems ?? []), ...refused];
  const { specProblems: _, ...rest } = stored;
  return { ...rest, spec: given.spec, ...(specProblems.length > 0 && { specProblems }) };
}

const BY_FILES = 'only those of the files count';

function noteOn(listed: ListedVCenters, isGiven: boolean): VCenterNote | undefined {
  const instead = isGiven ? BY_FILES : 'the vCenter of the environment, (env), is looked at';
  switch (listed.kind) {
    case 'Listed':
    case 'NoCluster':
      return undefined;
    case 'NoKind': {
      if (isGiven) return undefined;
      return { isWarning: false, message: `the cluster does not know the kind VCenter: ${instead}` };
    }
    case 'Forbidden':
      return {
        isWarning: true,
        message: `the account of the kubeconfig may not list VCenters: ${instead}`,
        remedy: 'grant it list on vcenters.vm.codeconnect.vmworld.com, or name the manifests of all VCenters with -f',
      };
    case 'Failed':
      return {
        isWarning: true,
        message: `the API server could not be asked for VCenters (${listed.why}): ${instead}`,
        remedy: 'correct the kubeconfig, or name the manifests of all VCenters with -f',
      };
  }
}
