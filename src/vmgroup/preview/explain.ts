/** The reasons for the actions of a plan, for a person who reads the plan before it is carried out. */
import { type Slot, slotKey } from '../../api/identity';
import { isCurrent, slotRevisionOf } from '../../api/slot-revision';
import { Annotation } from '../../api/vm-group';
import { type ManagedObjectReference, refKey } from '../../vsphere/port';
import type { Action, Plan } from '../model/action';
import { diskKey } from '../model/disk-sizes';
import { isTakenOut } from '../model/failure-domain';
import { presentHardware } from '../model/hardware';
import { wantsHostRules } from '../model/host-rules';
import { describeSize, sizeKey, sizeOf } from '../model/machine-size';
import { nameList } from '../model/name-list';
import type { Observation, Replica } from '../model/observation';
import { isRetired } from '../model/retirement';
import type { SettingsPart } from '../model/settings-part';

/** The reason for one action of the plan that was made from this observation. The action itself is not repeated. */
export function explain(action: Action, observed: Observation, plan: Plan): string {
  switch (action.kind) {
    case 'AddFinalizer':
      return 'comes before all else: it holds a deleted group until its machines are gone';
    case 'RemoveFinalizer':
      return whyReleased(action, observed);
    case 'CreateFolder': {
      const { parentFolder } = observed.placement;
      return parentFolder?.kind === 'Missing'
        ? 'the folder that holds all groups is missing'
        : 'the group has no folder';
    }
    case 'Clone':
      return `${whyMade(action.slot, observed, plan)}${inDomain(action.failureDomain)}`;
    case 'Reconfigure':
      return sizeChange(action.replica, observed);
    case 'WriteSettings':
      return action.parts.map(whyWritten).join('; ');
    case 'WriteAttributes':
      return 'a live read tells whether it has the values of spec.customAttributes and the tags of spec.tags, and no others by the operator';
    case 'SizeDisks':
      return `a live read tells whether it has ${diskKey(action.disks)}; what is smaller grows`;
    case 'WriteHostRules':
      return wantsHostRules(observed)
        ? 'a live look tells whether the DRS rules of the group there have its machines'
        : 'a live look tells whether it still has a DRS rule of the group';
    case 'PowerOn':
      return `found ${action.replica.machine.powerState === 'suspended' ? 'suspended' : 'powered off'}`;
    case 'PowerOff':
      return `${whyOff(action.replica, observed, plan)}; ${whyHard(action.replica, observed)}`;
    case 'Shutdown':
      return whyOff(action.replica, observed, plan);
    case 'Destroy':
      return whyLeaving(action.replica.machine.ref, action.replica, observed, plan);
    case 'ReleaseMarks':
      return 'the group is deleted, and spec.deletionPolicy is Orphan';
    case 'Adopt':
      if (action.wanted !== undefined)
        return `spec.adopt: it becomes the replica with ordinal ${action.slot.ordinal}, as it is`;
      return action.owner === undefined
        ? `annotation ${Annotation.Legacy}=Adopt: made by the original operator`
        : `annotation ${Annotation.Adopt}=Adopt: made for ${action.owner.group} with the uid ${action.owner.groupUid}`;
    case 'RenameFolder':
      return "all machines in the original operator's folder are taken over";
    case 'DestroyFolder':
      return 'the group is deleted, and its folder is empty';
    case 'LookIntoFolder':
      return 'the group is deleted: a live read tells whether it holds a machine that an earlier process cloned last';
    case 'ProveMachineGone':
    case 'ProveFolderGone':
      return 'vCenter does not show it any more: a live read tells whether it is gone';
    case 'InspectMachines':
      return 'a live read tells whether they have the shape of the template, and no task works on them';
    case 'FindStoragePolicy':
      return 'a live read tells whether vCenter has the storage policy: no machine is made, or replaced, before that';
    case 'Settle':
      return 'the end of a call that was sent earlier is not known';
  }
}

function whyMade(slot: Slot, observed: Observation, plan: Plan): string {
  if (existing(observed, plan) >= observed.group.spec.replicas)
    return `a successor for a replica ${olderRevision(observed)}`;
  return observed.hadMachine.has(slotKey(slot))
    ? `ordinal ${slot.ordinal} is missing: the machine it had is gone`
    : `ordinal ${slot.ordinal} is missing`;
}

function inDomain(name: string | undefined): string {
  return name === undefined ? '' : `; in failure domain "${name}", which has the fewest`;
}

function whyWritten(part: SettingsPart): string {
  switch (part) {
    case 'network':
      return 'a live read tells whether it has the network configuration of its static addresses';
    case 'cleanup':
      return 'it is ready: its user-data is removed, as spec.guest.cloudInit.cleanup asks';
    default:
      return 'a live read tells whether it has the settings of spec.extraConfig, and no others by the operator';
  }
}

/** Why a machine is removed; or that it stays. */
export function whyLeaving(
  machine: ManagedObjectReference,
  replica: Replica,
  observed: Observation,
  plan: Plan,
): string {
  const reason = plan.leaving.get(refKey(machine));
  switch (reason) {
    case 'Surplus':
      return `surplus: ${observed.replicas.length} exist, ${observed.group.spec.replicas} wanted`;
    case 'Outdated':
      return whyOutdated(replica, observed);
    case 'Deleted':
      return 'the group is deleted';
    case undefined:
      return 'it stays';
  }
}

const RETIRED = 'listed in spec.retire';

/** Why a replica is replaced: spec.retire, its revision, its failure domain, or its size if resizePolicy is Replace. */
export function whyOutdated(replica: Replica, observed: Observation): string {
  if (isRetired(replica, observed)) return RETIRED;
  const { ordinal, revision } = replica.slot;
  const wanted = slotRevisionOf(observed.group.spec, ordinal);
  if (revision === wanted && isTakenOut(replica, observed))
    return `in failure domain "${replica.failureDomain}", which the group does not use any more`;
  return revision === wanted ? sizeChange(replica, observed) : `of an older revision (${revision} -> ${wanted})`;
}

/** For example: size 2 CPU and 4 GiB -> 4 CPU and 8 GiB. */
export function sizeChange({ machine }: Replica, { group }: Observation): string {
  const wanted = sizeOf(group);
  const { numCpu = wanted.numCpu, memoryMiB = wanted.memoryMiB, details } = machine;
  const present = { numCpu, memoryMiB, ...presentHardware(details, wanted) };
  return `size ${describeSize(present)} -> ${sizeKey(group)}`;
}

function whyOff(replica: Replica, observed: Observation, plan: Plan): string {
  const { ref } = replica.machine;
  if (plan.leaving.has(refKey(ref))) return `${whyLeaving(ref, replica, observed, plan)}; it is powered off first`;
  if (plan.restarting.has(refKey(ref))) return `${sizeChange(replica, observed)} needs a restart`;
  return 'spec.powerState is PoweredOff';
}

function whyHard(replica: Replica, observed: Observation): string {
  if (observed.policy.powerOff.mode === 'Hard') return 'spec.powerOff.mode is Hard';
  if (replica.machine.powerState === 'suspended') return 'its guest is suspended and cannot be asked';
  return replica.machine.details?.toolsRunning === true
    ? 'its guest was asked and did not shut down in time'
    : 'its guest runs no tools and cannot be asked';
}

function whyReleased(
  { keptFor, unrecorded }: Extract<Action, { readonly kind: 'RemoveFinalizer' }>,
  { group, uninstalling }: Observation,
): string {
  if (group.metadata.annotations?.[Annotation.ForceOrphan] === 'true')
    return `the group is deleted, and annotation ${Annotation.ForceOrphan} leaves vCenter as it is`;
  if (uninstalling) return 'the CRD of the VmGroups is deleted, which leaves every machine, folder and mark';
  if (unrecorded !== undefined)
    return `the group is deleted and has no machine left; the folder ${unrecorded} stays, since nothing shows that the operator made it`;
  if (keptFor.length > 0)
    return `the group is deleted and has no machine left; its folder is kept for ${nameList(keptFor)}`;
  return 'the group is deleted, and nothing of it is left to clean up';
}

/** The number of replicas that are not surplus. */
function existing({ replicas }: Observation, plan: Plan): number {
  return replicas.filter(({ machine }) => plan.leaving.get(refKey(machine.ref)) !== 'Surplus').length;
}

function olderRevision(observed: Observation): string {
  const { spec } = observed.group;
  const older = observed.replicas.find(({ slot }) => !isCurrent(slot, spec));
  if (older !== undefined)
    return `of an older revision (${older.slot.revision} -> ${slotRevisionOf(spec, older.slot.ordinal)})`;
  if (observed.replicas.some((replica) => isRetired(replica, observed))) return RETIRED;
  if (observed.replicas.some((replica) => isTakenOut(replica, observed)))
    return 'in a failure domain that the group does not use any more';
  return 'of another size';
}
