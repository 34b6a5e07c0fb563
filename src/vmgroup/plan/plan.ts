/**
 * plan: what to do for a group now. A pure function of the observation. All policy is in this folder: replicas.ts plans
 * a group that stays, deletion.ts one that is being deleted.
 */
import { Annotation, FINALIZER, ORIGINAL_FINALIZER } from '../../api/vm-group';
import { letGo, NOTHING, type Plan } from '../model/action';
import { instanceMismatch, type Observation } from '../model/observation';
import { planDeletion } from './deletion';
import { planReplicas } from './replicas';

export function plan(observed: Observation): Plan {
  const { metadata, spec } = observed.group;
  const hasFinalizer = metadata.finalizers?.includes(FINALIZER) ?? false;
  if (metadata.deletionTimestamp !== undefined) {
    // A group that was deleted before it got our finalizer has that of the original operator only: it is ours to remove.
    if (!hasFinalizer && !metadata.finalizers?.includes(ORIGINAL_FINALIZER)) return NOTHING;
    // The way out when vCenter is gone for good. It changes nothing in vCenter, so neither a pause nor R13 prevents it.
    if (metadata.annotations?.[Annotation.ForceOrphan] === 'true') return letGo('ForceOrphan');
    if (observed.uninstalling) return letGo('CrdDeleted');
    if (observed.vcenter.kind !== 'Ready' || spec.paused) return NOTHING;
    return planDeletion(observed);
  }
  // R14: what cannot be read is not acted upon.
  if (observed.group.specProblems !== undefined) return NOTHING;
  // It can be deleted at any time: it has nothing in any vCenter, since that is recorded before anything is made (R2).
  if (!hasFinalizer && observed.vcenter.name === '' && observed.group.status?.vcenter === undefined) return NOTHING;
  // R13: no mutation for a group before the API server confirmed its finalizer.
  if (!hasFinalizer) return { ...NOTHING, actions: [{ kind: 'AddFinalizer' }] };
  if (observed.vcenter.kind !== 'Ready') return NOTHING;
  if (instanceMismatch(observed) !== undefined) return NOTHING;
  return planReplicas(observed);
}
