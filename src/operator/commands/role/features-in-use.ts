/** Which features of vCenter the objects of a cluster use. */
import { isInstanceUuidOf } from '../../../api/identity';
import type { VCenter } from '../../../api/vcenter';
import { Annotation, type VmGroup, type VmGroupStatusReplica } from '../../../api/vm-group';
import { diskSizesOf } from '../../../vmgroup/model/disk-sizes';
import { FEATURE_NAMES, type Feature } from '../../../vmgroup/model/features';
import { wantsApart } from '../../../vmgroup/model/host-rules';
import { hasGuestData } from '../../../vmgroup/model/required-privileges';
import { choiceOf } from '../vcenters/group-choice';
import type { LabelsOf } from '../vcenters/namespace-labels';
import { RoleError } from './role-error';

export interface StoredObjects {
  readonly groups: readonly VmGroup[];
  readonly vcenters: readonly VCenter[];
  /** The labels of namespaces, by which a VCenter selects groups. Asked for only with the name of a VCenter. */
  readonly labelsOf: LabelsOf;
}

/** Those on one VCenter, or, without a name, on all. Throws a RoleError if there is nothing that could tell. */
export function featuresOnVCenter(stored: StoredObjects, name: string | undefined): readonly Feature[] {
  const { groups, vcenters } = stored;
  if (name !== undefined && !vcenters.some(({ metadata }) => metadata.name === name))
    throw new RoleError('NoSuchVCenter', `there is no VCenter "${name}": look with kubectl get vcenters`);
  const meant = name === undefined ? groups : groupsOn(name, stored);
  if (meant.length === 0)
    throw new RoleError(
      'NoGroups',
      `there is no VmGroup${name === undefined ? '' : ` on VCenter "${name}"`} to tell what is used${name === undefined ? '' : whyUnsure(stored)}: name it with --features, or use --features all`,
    );
  return featuresInUse(
    meant,
    vcenters.filter(({ metadata }) => name === undefined || metadata.name === name),
  );
}

/** As the operator would choose, also before one has run: a role is needed before that. */
function groupsOn(wanted: string, { groups, vcenters, labelsOf }: StoredObjects): readonly VmGroup[] {
  const known = new Map(vcenters.map((vcenter) => [vcenter.metadata.name, { vcenter, source: undefined }]));
  return groups.filter((group) => {
    const choice = choiceOf(group, known, labelsOf);
    // One that cannot be chosen now may have machines there.
    const name = choice.kind === 'On' ? choice.name : (group.status?.vcenter?.name ?? group.spec.vcenterRef?.name);
    return name === wanted;
  });
}

/** Without labels a group counts only where its status or spec names the VCenter. */
function whyUnsure({ groups, labelsOf }: StoredObjects): string {
  const [why] = groups.flatMap(({ metadata }) => {
    const labels = labelsOf(metadata.namespace);
    return labels.kind === 'Unknown' ? [labels.why] : [];
  });
  return why === undefined ? '' : ` (the labels of namespaces, which select it, are not known: ${why})`;
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
  const { customAttributesGiven = false, tagsGiven = false, hostRuleClusters = [], replicas = [] } = status ?? {};
  const uses: Readonly<Partial<Record<Feature, boolean>>> = {
    'power-on': spec.powerState !== 'PoweredOff',
    adoption: spec.adopt !== undefined || replicas.some((replica) => wasTakenOver(replica, metadata.uid)),
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

/** The field may have been taken out of the spec since. */
function wasTakenOver({ instanceUuid, ...slot }: VmGroupStatusReplica, groupUid: string): boolean {
  return instanceUuid !== undefined && !isInstanceUuidOf(groupUid, slot, instanceUuid);
}

function featuresOfVCenter({ spec }: VCenter): readonly Feature[] {
  const hasPolicy = spec.defaults?.placement?.storagePolicy !== undefined;
  const hasHostGroup = spec.failureDomains?.some(({ hostGroup }) => hostGroup !== undefined) ?? false;
  return [...(hasPolicy ? (['storage-policies'] as const) : []), ...(hasHostGroup ? (['drs-rules'] as const) : [])];
}
