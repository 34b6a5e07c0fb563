/** The plan of one manifest on its vCenter. */

import { groupFolderName } from '../../../api/identity';
import type { VmGroup } from '../../../api/vm-group';
import type { Clock } from '../../../time/clock';
import { inspectMachines } from '../../../vmgroup/act/inspect-machines';
import { adoptionDecision } from '../../../vmgroup/model/adoption-decision';
import { isUncertain } from '../../../vmgroup/model/limits';
import type { Observation } from '../../../vmgroup/model/observation';
import { DEFAULT_TENANT_POLICY } from '../../../vmgroup/model/tenant-policy';
import { type CloneFolderQuestion, namespaceOfCloneFolder } from '../../../vmgroup/observe/clone-folder';
import { GroupMemory } from '../../../vmgroup/observe/group-memory';
import { type ObserveInput, observe } from '../../../vmgroup/observe/observe';
import { plan } from '../../../vmgroup/plan/plan';
import { forecast } from '../../../vmgroup/preview/forecast';
import type { VirtualMachine } from '../../../vsphere';
import type { Manifest } from '../manifest/manifest';
import { networkRefusal } from '../network-refusal';
import type { VCenterReader } from '../reading';
import { type GroupPlan, groupPlan } from './group-plan';
import type { PlannedVCenter, ReadyVCenter } from './planned-vcenter';
import type { Stored } from './stored-group';

export interface Candidate {
  readonly manifest: Manifest;
  readonly stored: Stored;
  /** As once the manifest is applied. */
  readonly group: VmGroup;
}

export interface PlanRules {
  readonly clock: Clock;
  /** The group is deleted because its CRD is. */
  readonly isUninstalling: boolean;
  /** The uids of all groups of the cluster; undefined if they could not be listed, or matter to no group. */
  readonly living: ReadonlySet<string> | undefined;
}

export async function plannedGroup(
  { manifest, stored, group }: Candidate,
  on: PlannedVCenter,
  { clock, isUninstalling, living }: PlanRules,
  signal: AbortSignal,
): Promise<GroupPlan> {
  const now = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  const seen = {
    ...{ group, now, memory: GroupMemory.from(group, now), uninstalling: isUninstalling },
    // A group of this name is the one that is planned, and the machines of others are told by their names.
    isLiving: () => false,
    isGone: (uid: string) => living !== undefined && !living.has(uid),
  };
  if (on.kind === 'Unavailable') {
    const nothing = { clusterId: '', inventory: undefined, defaultFolder: '', tenants: DEFAULT_TENANT_POLICY };
    const observed = observe({ ...seen, ...nothing, vcenter: on, unclaimedClones: () => true });
    return groupPlan(manifest.source, stored, observed, NO_INVENTORY);
  }
  const { reader, clusterId, clones, room, promised, instanceUuid } = on;
  const { limits } = reader.tenants;
  const { inventory, defaultFolder, tenants } = reader;
  const question = { inventory, rules: { clusterId, defaultFolder, tenants }, groups: only(group) };
  const input: PlannedInput = {
    ...{ ...seen, clusterId, inventory: reader.inventory },
    ...{ defaultFolder: reader.defaultFolder, tenants: reader.tenants },
    vcenter: { kind: 'Ready', name: reader.name, instanceUuid },
    unclaimedClones: (asked) => clones.blocks(asked),
    quota: {
      holders: room.holders,
      isUncertain: isUncertain(limits, group.metadata.namespace, {
        mayAdd: (asked) => clones.mayAdd(asked, (target) => namespaceOfCloneFolder(target, question)),
      }),
      quietUntilMs: 0,
    },
  };
  const observed = await lookedAt(input, on, signal);
  // The operator waits for what is on its way in vCenter now. The plan is about what comes after that.
  const later = observed.predecessorQuietAtMs === undefined ? {} : { predecessorQuietAtMs: now.monotonicMs };
  const settled = { ...observed, ...later };
  const planned = groupPlan(manifest.source, stored, settled, reader.inventory);
  room.take(settled, forecast(settled, plan(settled)));
  promised.keep(settled);
  return await withNetworks(planned, observed, reader, signal);
}

type PlannedInput = ObserveInput & { readonly memory: GroupMemory };

/** The machines of spec.adopt are looked at live, as before they are taken over: the plan tells which of them fit. */
async function lookedAt(
  input: PlannedInput,
  { reader, promised }: ReadyVCenter,
  signal: AbortSignal,
): Promise<Observation> {
  const { now } = input;
  const looked = new Set<VirtualMachine>();
  for (;;) {
    const observed = promised.applyTo(observe(input));
    const look = observed.adoption === undefined ? [] : adoptionDecision(observed).look;
    const next = look.filter((machine) => !looked.has(machine));
    if (next.length === 0) return observed;
    for (const machine of next) looked.add(machine);
    const call = { operationId: 'vmop-plan', signal };
    input.memory.inspected(await inspectMachines(next, reader.calls, now.monotonicMs, call));
  }
}

/** The groups of the cluster as far as this plan knows them. */
function only(group: VmGroup): CloneFolderQuestion['groups'] {
  const { namespace, name } = group.metadata;
  return {
    byFolder: ({ value }) => (group.status?.folder?.moRef === value ? [group] : []),
    byFolderName: (asked) => (asked === groupFolderName(namespace, name) ? [group] : []),
  };
}

/** Nothing of a vCenter is in a plan without one. */
const NO_INVENTORY = { pathOf: ({ value }: { readonly value: string }) => value };

/** The networks of a template are in no inventory: whether they are allowed is read here, as it is when a clone is sent. */
async function withNetworks(
  planned: GroupPlan,
  { placement }: Observation,
  reader: VCenterReader,
  signal: AbortSignal,
): Promise<GroupPlan> {
  if (!planned.now.some(({ kind }) => kind === 'Clone')) return planned;
  const asked = { template: placement.template?.ref, networks: placement.networks };
  const message = await networkRefusal(asked, reader, { operationId: 'vmop-plan', signal });
  if (message === undefined) return planned;
  return { ...planned, inTheWay: [...planned.inTheWay, { reason: 'NetworkNotAllowed', message, stops: 'Part' }] };
}
