/** Which vCenter a group of a manifest belongs to, by the rules of the controller (src/vcenter/selection.ts). */
import { ConditionReason } from '../../../api/reasons';
import type { VCenter } from '../../../api/vcenter';
import type { VmGroup } from '../../../api/vm-group';
import { asksForLabels } from '../../../vcenter/label-selector';
import { chooseVCenter, IMPLICIT_VCENTER, type VCenterWorld } from '../../../vcenter/selection';
import { selectionOf } from '../../manager/shard-selection';
import type { LabelsOf } from './namespace-labels';
import type { KnownVCenter } from './vcenters-in-use';

export type GroupChoice =
  | { readonly kind: 'On'; readonly name: string }
  /** As the status of the group would say it. */
  | { readonly kind: 'None'; readonly reason: string; readonly message: string };

/** `group`: as once its manifest is applied. */
export function choiceOf(group: VmGroup, vcenters: ReadonlyMap<string, KnownVCenter>, labelsOf: LabelsOf): GroupChoice {
  const { namespace } = group.metadata;
  const known = labelsOf(namespace);
  const objects = [...vcenters.values()].map(({ vcenter }) => vcenter);
  // Labels that are not known matter to none of these.
  if (known.kind === 'Unknown' && objects.some(({ spec }) => asksForLabels(spec.namespaceSelector)))
    return { kind: 'None', reason: ConditionReason.NoVCenter, message: unknownLabels(namespace, known.why) };
  const labels = known.kind === 'Known' ? known.labels : {};
  const choice = chooseVCenter(group, worldOf(objects, labels));
  if (choice?.kind === 'Chosen' && choice.name === IMPLICIT_VCENTER) return { kind: 'On', name: IMPLICIT_VCENTER };
  const vcenter = choice === undefined || choice.kind === 'None' ? undefined : vcenters.get(choice.name)?.vcenter;
  const usable = vcenter?.specProblems === undefined ? vcenter : undefined;
  const selection = selectionOf({ group, choice, vcenter, connected: usable && { name: usable.metadata.name } });
  if (selection.kind === 'Selected') return { kind: 'On', name: selection.vcenter.name };
  return { kind: 'None', reason: selection.reason, message: selection.message };
}

/** While there is no VCenter: a group that names one, or lives on one that is gone, is not on the vCenter of the environment. */
export function choiceWithoutObjects(group: VmGroup): GroupChoice {
  return choiceOf(group, new Map(), () => ({ kind: 'Known', labels: {} }));
}

function unknownLabels(namespace: string, why: string): string {
  return `the labels of namespace ${namespace}, by which a VCenter selects it, are not known (${why}): name the manifest of the namespace with -f, or use an account that may list namespaces`;
}

function worldOf(objects: readonly VCenter[], labels: Readonly<Record<string, string>>): VCenterWorld {
  const byName = new Map(objects.map((vcenter) => [vcenter.metadata.name, vcenter]));
  return {
    vcenters: { get: (name) => byName.get(name), list: () => byName.values(), size: byName.size },
    hasImplicit: true,
    labelsOf: () => labels,
  };
}
