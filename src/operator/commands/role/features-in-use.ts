/** Which features of vCenter the objects of a cluster use. */
import type { VCenter } from '../../../api/vcenter';
import { Annotation, type VmGroup } from '../../../api/vm-group';
import { diskSizesOf } from '../../../vmgroup/model/disk-sizes';
import { FEATURE_NAMES, type Feature } from '../../../vmgroup/model/features';
import { wantsApart } from '../../../vmgroup/model/host-rules';
import { hasGuestData } from '../../../vmgroup/model/required-privileges';
import { RoleError } from './role-error';

export interface StoredObjects {
  readonly groups: readonly VmGroup[];
  readonly vcenters: readonly VCenter[];
}

/** Those on one VCenter, or, without a name, on all. Throws a RoleError if there is nothing that could tell. */
export function featuresOnVCenter({ groups, vcenters }: StoredObjects, name: string | undefined): readonly Feature[] {
  if (name !== undefined && !vcenters.some(({ metadata }) => metadata.name === name))
    throw new RoleError('NoSuchVCenter', `there is no VCenter "${name}": look with kubectl get vcenters`);
  const meant = groups.filter(({ spec, status }) => {
    return name === undefined || (status?.vcenter?.name ?? spec.vcenterRef?.name) === name;
  });
  if (meant.length === 0)
    throw new RoleError(
      'NoGroups',
      `there is no VmGroup${name === undefined ? '' : ` on VCenter "${name}"`} to tell what is used: name it with --features, or use --features all`,
    );
  return featuresInUse(
    meant,
    vcenters.filter(({ metadata }) => name === undefined || metadata.name === name),
  );
}

/**
 * In the order of FEATURE_NAMES. No object tells of machine sources, which are a flag of the operator, and of encrypted
 * templates. What a group was given and no longer asks for is still to be taken away, so its status counts, too.
 */
export function featuresInUse(groups: readonly VmGroup[], vcenters: readonly VCenter[]): readonly Feature[] {
  const used = new Set<Feature>([
    'machines',
    ...groups.flatMap(featuresOfGroup),
    ...vcenters.flatMap(featuresOfVCenter),
  ]);
  return FEATURE_NAMES.filter((feature) => used.has(feature));
}

function featuresOfGroup({ spec, metadata, status }: VmGroup): readonly Feature[] {
  const { networks = [], placement, guest, customAttributes = [], tags = [] } = spec;
  const { customAttributesGiven = false, tagsGiven = false, hostRuleClusters = [] } = status ?? {};
  const uses: Readonly<Partial<Record<Feature, boolean>>> = {
    'power-on': spec.powerState !== 'PoweredOff',
    networks: networks.length > 0,
    'guest-data': hasGuestData(spec),
    disks: diskSizesOf({ spec }) !== undefined,
    'storage-policies': placement?.storagePolicy !== undefined,
    'drs-rules': wantsApart({ spec }) || hostRuleClusters.length > 0,
    customization: guest?.customizationSpec !== undefined,
    'custom-attributes': customAttributes.length > 0 || customAttributesGiven,
    tags: tags.length > 0 || tagsGiven,
    'legacy-folders': metadata.annotations?.[Annotation.Legacy] === 'Adopt',
  };
  return FEATURE_NAMES.filter((feature) => uses[feature] === true);
}

function featuresOfVCenter({ spec }: VCenter): readonly Feature[] {
  const hasPolicy = spec.defaults?.placement?.storagePolicy !== undefined;
  const hasHostGroup = spec.failureDomains?.some(({ hostGroup }) => hostGroup !== undefined) ?? false;
  return [...(hasPolicy ? (['storage-policies'] as const) : []), ...(hasHostGroup ? (['drs-rules'] as const) : [])];
}
