/** Finds the machines that a spec asks to take over, and judges what the inventory tells of them (R1, R15). */
import { adoptionRevisionOf } from '../../api/identity';
import { type Ownership, readOwnership } from '../../api/ownership';
import { hasStaticAddresses } from '../../api/static-addresses';
import { Annotation } from '../../api/vm-group';
import { type Inventory, type ManagedEntity, refKey, sameRef, type VirtualMachine } from '../../vsphere/port';
import { isAdoptable, notAdoptable } from '../model/adoptable-machines';
import type { AdoptionRequest, Candidate, Inspection, Refusal } from '../model/adoption-request';
import { nameList } from '../model/name-list';
import { quotedName, slashMistake } from '../model/quoted-name';
import type { TenantPolicy } from '../model/tenant-policy';
import type { Seen } from './still-in-flight';

const LIST = 'spec.adopt.machines';
const FOLDER = 'spec.adopt.folder';

export interface RequestRules {
  readonly tenants: TenantPolicy;
  /** By refKey, what the last looks have found. */
  readonly inspections: ReadonlyMap<string, Inspection>;
  /** Whether no group that this process can see has this uid. */
  readonly isGone: (groupUid: string) => boolean;
}

/** Undefined where the spec asks for none, and of a group that is being deleted. */
export function findRequested(seen: Omit<Seen, 'replicas'>, rules: RequestRules): AdoptionRequest | undefined {
  const { group, placement, inventory } = seen;
  const { adopt } = group.spec;
  const revision = adoptionRevisionOf(group.spec);
  if (adopt === undefined || revision === undefined || group.metadata.deletionTimestamp !== undefined) return undefined;
  const { datacenter } = placement;
  // Without it PlacementReady says what is wrong.
  const found =
    datacenter === undefined ? [] : [...ofList(seen, rules, datacenter), ...ofFolder(seen, rules, datacenter)];
  const template = placement.template && inventory.virtualMachine(placement.template.ref);
  const folder = datacenter && adopt.folder !== undefined ? folderOf(adopt.folder, datacenter, inventory) : undefined;
  return {
    revision,
    isFulfilled: group.status?.adoptionRevision === revision,
    candidates: withoutRepeats(found).flatMap((candidate) => judged(candidate, seen, rules) ?? []),
    ...(template !== undefined && { template: withInspection({ machine: template }, rules) }),
    ...(folder?.kind === 'Found' && { folder: folder.object.ref }),
  };
}

function ofList(
  seen: Omit<Seen, 'replicas'>,
  { tenants }: RequestRules,
  datacenter: ManagedEntity,
): readonly Candidate[] {
  const named = (name: string, index: number): Candidate => {
    const found = seen.inventory.findVirtualMachine(name, datacenter.ref);
    const field = `${LIST}[${index}]`;
    switch (found.kind) {
      case 'Found':
        return { name, machine: found.object };
      case 'NotFound': {
        const elsewhere = otherDatacenterOf(name, datacenter, seen, tenants);
        if (elsewhere !== undefined)
          return refused(name, 'OtherDatacenter', otherDatacenter(name, field, elsewhere, datacenter));
        const what = `${quotedName(name)} was not found${slashMistake(name)}`;
        return refused(name, 'NotFound', `${what}: correct ${field}, or take it out`);
      }
      case 'Ambiguous': {
        const paths = found.candidatePaths.filter((path) => isAdoptable(path, seen, tenants)).sort();
        if (paths.length === 0) return refused(name, 'NotAllowed', notAdoptable(quotedName(name), seen, tenants));
        const what = `${quotedName(name)} is ambiguous`;
        return refused(name, 'Ambiguous', `${what}: set ${field} to one of the paths ${nameList(paths)}`);
      }
    }
  };
  return (seen.group.spec.adopt?.machines ?? []).map(named);
}

/**
 * The datacenter that a path of another one names, or in which a machine of that name is. R15: of a machine that the group
 * may not take nobody learns where it is.
 */
function otherDatacenterOf(
  name: string,
  datacenter: ManagedEntity,
  seen: Omit<Seen, 'replicas'>,
  tenants: TenantPolicy,
): ManagedEntity | undefined {
  const { inventory } = seen;
  const others = inventory.entitiesOfType(['Datacenter']).filter(({ ref }) => !sameRef(ref, datacenter.ref));
  if (name.startsWith('/')) return others.find(({ ref }) => name.startsWith(`${inventory.pathOf(ref)}/`));
  return others.find(({ ref }) => {
    const found = inventory.findVirtualMachine(name, ref);
    return found.kind === 'Found' && isAdoptable(inventory.pathOf(found.object.ref), seen, tenants);
  });
}

function otherDatacenter(name: string, field: string, actual: ManagedEntity, { name: wanted }: ManagedEntity): string {
  return `${quotedName(name)} is in datacenter ${actual.name}, and the machines of this group are in ${wanted}: take it out of ${field}, and into a VmGroup of that datacenter`;
}

function folderOf(wanted: string, { ref }: ManagedEntity, inventory: Inventory) {
  const vmFolder = inventory.entitiesIn(ref).find(({ type, name }) => type === 'Folder' && name === 'vm');
  return inventory.findEntity(['Folder'], wanted, vmFolder?.ref ?? ref);
}

/** Templates are no machines: one of them may well be that of the group. */
function ofFolder(
  seen: Omit<Seen, 'replicas'>,
  { tenants }: RequestRules,
  datacenter: ManagedEntity,
): readonly Candidate[] {
  const { group, inventory } = seen;
  const wanted = group.spec.adopt?.folder;
  if (wanted === undefined) return [];
  const found = folderOf(wanted, datacenter, inventory);
  switch (found.kind) {
    case 'Found': {
      const machines = inventory.virtualMachinesIn(found.object.ref).filter(({ isTemplate }) => !isTemplate);
      const allowed = machines.filter(({ ref }) => isAdoptable(inventory.pathOf(ref), seen, tenants)).sort(byName);
      const candidates = allowed.map((machine) => ({ name: inventory.pathOf(machine.ref), machine }));
      if (allowed.length === machines.length) return candidates;
      // R15: nobody reads in a status what is in the folders of others.
      const what = `${allowed.length === 0 ? 'machines' : 'some machines'} in folder ${quotedName(wanted)}`;
      return [...candidates, refused(wanted, 'NotAllowed', notAdoptable(what, seen, tenants))];
    }
    case 'NotFound': {
      const elsewhere = wanted.startsWith('/') ? otherDatacenterOf(wanted, datacenter, seen, tenants) : undefined;
      if (elsewhere !== undefined)
        return [refused(wanted, 'OtherDatacenter', otherDatacenter(wanted, FOLDER, elsewhere, datacenter))];
      return [
        refused(
          wanted,
          'NotFound',
          `folder ${quotedName(wanted)} was not found${slashMistake(wanted)}: correct ${FOLDER}, or take it out`,
        ),
      ];
    }
    case 'Ambiguous':
      return [
        refused(wanted, 'Ambiguous', `folder ${quotedName(wanted)} is ambiguous: set ${FOLDER} to an absolute path`),
      ];
  }
}

/** web-2 comes before web-10, as a person counts. */
const byName = (a: VirtualMachine, b: VirtualMachine): number => collator.compare(a.name, b.name);
const collator = new Intl.Collator('en', { numeric: true });

function withoutRepeats(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ machine }) => {
    if (machine === undefined) return true;
    const key = refKey(machine.ref);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Undefined for a machine that is in the group already. */
function judged(candidate: Candidate, seen: Omit<Seen, 'replicas'>, rules: RequestRules): Candidate | undefined {
  const { machine } = candidate;
  if (machine === undefined) return candidate;
  const { group, clusterId } = seen;
  const owner = readOwnership(machine);
  if (owner?.cluster === clusterId && owner.groupUid === group.metadata.uid) return undefined;
  const refusal = whyRefused(candidate.name, machine, seen, rules);
  if (refusal !== undefined) return { ...candidate, refusal };
  return { ...candidate, ...withInspection({ machine }, rules) };
}

/** The first that a person has to mend comes first: who may not have the machine is told nothing else about it. */
function whyRefused(
  name: string,
  machine: VirtualMachine,
  seen: Omit<Seen, 'replicas'>,
  { tenants, isGone }: RequestRules,
): Refusal | undefined {
  const { group, placement, inventory } = seen;
  const path = inventory.pathOf(machine.ref);
  const take = 'take it out of spec.adopt';
  if (!isAdoptable(path, seen, tenants))
    return { code: 'NotAllowed', message: notAdoptable(quotedName(name), seen, tenants) };
  const owner = readOwnership(machine);
  if (owner !== undefined) return { code: 'OwnedByAnother', message: ownedMessage(path, owner, { ...seen, isGone }) };
  if (machine.isTemplate || sameRef(machine.ref, placement.template?.ref))
    return { code: 'IsTemplate', message: `${path} is a template: ${take}` };
  if (machine.connectionState !== 'connected')
    return {
      code: 'NotConnected',
      message: `${path} is ${machine.connectionState} in vCenter: bring its host or datastore back, or ${take}`,
    };
  if (machine.unreadable || machine.instanceUuid === undefined)
    return {
      code: 'Unreadable',
      message: `vCenter does not tell the configuration of ${path}: give the operator's account the privilege System.Read on it, or ${take}`,
    };
  if (hasStaticAddresses(group.spec))
    return {
      code: 'StaticAddresses',
      message: `spec.networks gives static addresses, and nobody knows those of ${path}: take one or the other out of the spec`,
    };
  return undefined;
}

/** R1: the marks of another group or cluster are never overwritten, whether that group lives or not. */
function ownedMessage(
  path: string,
  { cluster, group: name, groupUid }: Ownership,
  { group, clusterId, isGone }: Pick<Seen, 'group' | 'clusterId'> & Pick<RequestRules, 'isGone'>,
): string {
  const marked = `${path} carries the marks of VmGroup ${name}`;
  const otherwise = 'or take the machine out of spec.adopt';
  if (cluster !== clusterId) return `${marked} of another cluster (${cluster}): have it released there, ${otherwise}`;
  if (!isGone(groupUid)) return `${marked}: delete that group with deletionPolicy Orphan, ${otherwise}`;
  // The operator may serve some namespaces only: this one it does.
  const [namespace] = name.split('/');
  const doubt = namespace === group.metadata.namespace ? '' : ', or in a namespace that this operator does not serve';
  return `${marked} (uid ${groupUid}), which is gone${doubt}: make it again, with the annotation ${Annotation.Adopt}=Adopt, deletionPolicy Orphan and updateStrategy OnDelete, and delete it once it has the machine, ${otherwise}`;
}

function refused(name: string, code: Refusal['code'], message: string): Candidate {
  return { name, refusal: { code, message } };
}

function withInspection<T extends { readonly machine: VirtualMachine }>(
  of: T,
  { inspections }: RequestRules,
): T & { readonly inspection?: Inspection } {
  const inspection = inspections.get(refKey(of.machine.ref));
  // The inventory makes a new object of a machine that has changed: then the look is out of date.
  return inspection === undefined || inspection.machine !== of.machine ? of : { ...of, inspection };
}
