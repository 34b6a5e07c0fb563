/**
 * Names of a group's machines and guests: by spec.naming, else those of identity.ts. A pattern names machines that are made
 * later. A machine that exists keeps its name, and is found by its marks (R2).
 */
import { hostName, replicaId, type Slot, shortHostName, virtualMachineName } from './identity';
import type { VmGroup } from './vm-group';

/** What names depend on. */
export type NamedGroup = Pick<VmGroup, 'metadata' | 'spec'>;

/** vSphere names must have fewer than 80 characters, a label of a host name fewer than 64. */
const LONGEST_MACHINE_NAME = 79;
const LONGEST_HOST_NAME = 63;
/** Windows cuts a longer name. */
export const LONGEST_WINDOWS_NAME = 15;
const HOST_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Name in vCenter of the machine of a slot that is made now. */
export function machineNameOf(group: NamedGroup, slot: Slot): string {
  const { name, uid } = group.metadata;
  const pattern = group.spec.naming?.vmName;
  return pattern === undefined ? virtualMachineName(name, uid, slot) : rendered(pattern, group, slot);
}

/** Host name of its guest. */
export function hostNameOf(group: NamedGroup, slot: Slot): string {
  const { name, uid } = group.metadata;
  const pattern = group.spec.naming?.hostname;
  if (pattern === undefined) {
    // A customization may be for Windows, and nobody knows that before it is read.
    const isCustomized = group.spec.guest?.customizationSpec !== undefined;
    return isCustomized ? shortHostName(name, uid, slot) : hostName(name, uid, slot);
  }
  return rendered(pattern, { ...group, metadata: { ...group.metadata, name: name.replaceAll('.', '-') } }, slot);
}

/** Why the names of a slot cannot be used, with the remedy; undefined if they can. */
export function nameProblem(group: NamedGroup, slot: Slot): string | undefined {
  const { vmName, hostname } = group.spec.naming ?? {};
  if (vmName !== undefined) {
    const name = machineNameOf(group, slot);
    // Without the id two machines could have one name, and the name is the lock of the slot (R2).
    if (!name.includes(replicaId(group.metadata.uid, slot)))
      return `spec.naming.vmName gives "${name}": add $(vm.id), so that no two machines have one name`;
    if (name.length > LONGEST_MACHINE_NAME)
      return `spec.naming.vmName gives "${name}", which has ${name.length} characters: shorten it to at most ${LONGEST_MACHINE_NAME}`;
  }
  if (hostname === undefined) return undefined;
  const name = hostNameOf(group, slot);
  if (name.length > LONGEST_HOST_NAME)
    return `spec.naming.hostname gives "${name}", which has ${name.length} characters: shorten it to at most ${LONGEST_HOST_NAME}`;
  return HOST_NAME.test(name)
    ? undefined
    : `spec.naming.hostname gives "${name}": use lower-case letters, digits and '-', with a letter or digit at both ends`;
}

function rendered(pattern: string, { metadata }: NamedGroup, slot: Slot): string {
  const values: ReadonlyMap<string, string> = new Map([
    ['vm.id', replicaId(metadata.uid, slot)],
    ['vm.ordinal', String(slot.ordinal)],
    ['vm.revision', slot.revision],
    ['group.name', metadata.name],
    ['group.namespace', metadata.namespace],
  ]);
  return pattern.replace(/\$\(([a-z.]+)\)/g, (whole, name: string) => values.get(name) ?? whole);
}
