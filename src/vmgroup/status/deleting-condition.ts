import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import type { Plan } from '../model/action';
import { unseenMachines } from '../model/known-objects';
import { nameList } from '../model/name-list';
import type { Observation } from '../model/observation';
import type { ConditionDraft } from './condition';
import { faultsOf } from './fault-messages';
import { invalidSpecMessage } from './invalid-spec';
import { orphansMessage } from './orphans-message';
import { unreadableMessage } from './unreadable-message';

/** What a person has to do about a place that the account does not see. */
export function blindSpotMessage(blindSpot: string): string {
  return (
    `the operator's account does not see ${blindSpot}, so nobody can say whether the group's machines and folder are gone: ` +
    'grant it System.View and System.Read there'
  );
}

const WAY_OUT = 'annotate it vm.codeconnect.vmworld.com/force-orphan=true to leave vCenter as it is';

/** Deleting: what the deletion waits for, and the way out. Undefined unless the group is being deleted. */
export function deletingCondition(observed: Observation, plan: Plan): ConditionDraft | undefined {
  const { metadata, spec } = observed.group;
  if (metadata.deletionTimestamp === undefined) return undefined;
  // The reason may be that of a fault: any word, not only a ConditionReason.
  const yes = (reason: string, message: string): ConditionDraft => ({
    ...{ type: ConditionType.Deleting, status: 'True' as const },
    ...{ reason, message },
  });
  const { vcenter, replicas, orphans, unreadable, blindSpot } = observed;
  if (vcenter.kind === 'Unavailable') {
    return yes(ConditionReason.VCenterNotReady, `deletion waits for vCenter: ${vcenter.message}; or ${WAY_OUT}`);
  }
  const invalid = invalidSpecMessage(observed);
  if (spec.paused && invalid !== undefined)
    return yes(ConditionReason.InvalidSpec, `deletion waits for a spec that can be read: ${invalid}; or ${WAY_OUT}`);
  if (spec.paused) return yes(ConditionReason.Paused, 'deletion waits while spec.paused is true');
  if (orphans.kind === 'Legacy' && spec.deletionPolicy !== 'Orphan')
    return yes(ConditionReason.LegacyFolderFound, `${orphansMessage(orphans)}; or ${WAY_OUT}`);
  const unreachable = replicas.filter(({ machine }) => machine.connectionState !== 'connected');
  if (unreachable.length > 0) {
    const names = nameList(unreachable.map(({ machine }) => machine.name));
    return yes(
      ConditionReason.WaitingForDestroy,
      `${names}: host is not connected, deletion goes on when it is back; or ${WAY_OUT}`,
    );
  }
  if (unreadable.length > 0)
    return yes(ConditionReason.MachineUnreadable, `${unreadableMessage(unreadable)}; or ${WAY_OUT}`);
  const faults = faultsOf(observed, plan);
  const stuck = faults.find(({ fault }) => fault.class === 'NeedsUser');
  if (stuck !== undefined) return yes(stuck.fault.reason, `${stuck.fault.message}; or ${WAY_OUT}`);
  if (blindSpot !== undefined && replicas.length === 0 && spec.deletionPolicy !== 'Orphan')
    return yes(ConditionReason.NotVisible, `${blindSpotMessage(blindSpot)}; or ${WAY_OUT}`);
  const on = replicas.filter(({ machine }) => machine.powerState !== 'poweredOff').length;
  if (on > 0)
    return yes(ConditionReason.WaitingForPowerOff, `${on} of ${replicas.length} machines are still powered on`);
  if (replicas.length > 0) return yes(ConditionReason.WaitingForDestroy, `${replicas.length} machines are still there`);
  const unseen = unseenMachines(observed);
  if (unseen.length > 0 && faults.length === 0) {
    const names = nameList(unseen.map(({ name }) => name));
    return yes(ConditionReason.WaitingForDestroy, `${names}: vCenter is asked whether they are gone`);
  }
  const [folderFault] = faults;
  return yes(ConditionReason.WaitingForDestroy, folderFault?.fault.message ?? whatIsNext(observed));
}

function whatIsNext({ inFlight, unclaimedClones }: Observation): string {
  const cloning = inFlight.filter(({ operation }) => operation === 'Clone').length;
  if (cloning > 0) return `${cloning} machines are still being cloned, and are removed once they are there`;
  if (unclaimedClones) return 'waiting for clones that an earlier operator process may have started';
  return 'the machines are gone, the folder is next';
}
