/**
 * Names and identities. They are frozen: with other names the operator would create all machines of all groups again.
 * identity.test.ts holds test vectors.
 */
import { createHash, hash } from 'node:crypto';
import type { VmGroupSpec } from '../../imports/vmgroup';
import { isLeftOut } from './left-out';

/** A place in a group: at most one virtual machine may exist for (group UID, ordinal, revision) (R2). */
export interface Slot {
  readonly ordinal: number;
  readonly revision: string;
}

/** A key for maps, and the name that the slot's instanceUuid is made from. */
export function slotKey(slot: Slot): string {
  return `${slot.ordinal}/${slot.revision}`;
}

/** vSphere names must have fewer than 80 characters. */
const LONGEST_NAME = 79;
/** metadata.name is held to this by the CRD; older objects may be longer and are cut. */
const LONGEST_GROUP_NAME = 62;

/**
 * Name of a group's folder: NAMESPACE.NAME. A namespace has no dot, so the first dot splits and no two groups collide.
 * A name over 79 characters is cut to 66, followed by `_` and 12 hex digits of the SHA-256 of the whole name. A plain name
 * has no `_`.
 */
export function groupFolderName(namespace: string, name: string): string {
  const plain = `${namespace}.${name}`;
  return plain.length <= LONGEST_NAME ? plain : `${plain.slice(0, 66)}_${sha256(plain).toString('hex').slice(0, 12)}`;
}

/** Whether a name has the form of a group's folder: a namespace and a dot before the rest. */
export function isGroupFolderName(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\../.test(name);
}

/** Eight letters a-z: the first 8 bytes of SHA-256(`UID/ordinal/revision`), modulo 26^8, most significant first. */
export function replicaId(groupUid: string, slot: Slot): string {
  const identity = `${groupUid}/${slotKey(slot)}`;
  const known = ids.get(identity);
  if (known !== undefined) return known;
  const id = computeId(identity);
  if (ids.size >= MOST_IDS) ids.clear();
  ids.set(identity, id);
  return id;
}

/** Each plan and each status needs the ids of all replicas of its group. */
const ids = new Map<string, string>();
const MOST_IDS = 10_000;

function computeId(identity: string): string {
  let rest = sha256(identity).readBigUInt64BE(0) % 26n ** 8n;
  let letters = '';
  for (let digit = 0; digit < 8; digit += 1) {
    letters = String.fromCharCode(97 + Number(rest % 26n)) + letters;
    rest /= 26n;
  }
  return letters;
}

/** Name of a replica: NAME-replica-ID, at most 79 characters. */
export function virtualMachineName(groupName: string, groupUid: string, slot: Slot): string {
  return `${groupName.slice(0, LONGEST_GROUP_NAME)}-replica-${replicaId(groupUid, slot)}`;
}

/** Host name of a Linux guest: the machine's name with dots as dashes. If it has over 63 characters, NAME is cut to 54. */
export function hostName(groupName: string, groupUid: string, slot: Slot): string {
  const id = replicaId(groupUid, slot);
  const plain = `${groupName.slice(0, LONGEST_GROUP_NAME)}-replica-${id}`.replaceAll('.', '-');
  return plain.length <= 63 ? plain : `${groupName.slice(0, 54).replaceAll('.', '-')}-${id}`;
}

/** Host name of a guest that may be Windows: the first 6 letters or digits of NAME, `-` and the ID, so at most 15 characters. */
export function shortHostName(groupName: string, groupUid: string, slot: Slot): string {
  return `${groupName.replace(/[^a-z0-9]/gi, '').slice(0, 6)}-${replicaId(groupUid, slot)}`;
}

/** The highest choice of an instanceUuid: more than a person keeps of one slot. */
export const MOST_UUID_CHOICES = 16;

/**
 * config.instanceUuid of a replica: UUID v5 (RFC 9562) of `ordinal/revision` in the namespace of the group's UID; of
 * `ordinal/revision#N` for the N-th choice, when a machine that is not ours any more has the others.
 */
export function instanceUuid(groupUid: string, slot: Slot, choice = 0): string {
  const namespace = Buffer.from(groupUid.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1')
    .update(namespace)
    .update(choice === 0 ? slotKey(slot) : `${slotKey(slot)}#${choice}`)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Whether the machine of a slot was made for it: its clone asked for one of these UUIDs. A machine that was taken over has kept
 * another one, and nothing of it changes this, also not a restart of the operator.
 */
export function isInstanceUuidOf(groupUid: string, slot: Slot, uuid: string): boolean {
  const wanted = uuid.toLowerCase();
  // Most others are told apart by the version alone.
  if (wanted[VERSION_AT] !== '5') return false;
  for (let choice = 0; choice <= MOST_UUID_CHOICES; choice += 1)
    if (instanceUuid(groupUid, slot, choice) === wanted) return true;
  return false;
}

/** Index of the version in a UUID as text (RFC 9562). */
const VERSION_AT = 14;

/**
 * Revision of a spec: ten hex digits of the SHA-256 of the canonical JSON of those fields that are set and whose change
 * replaces replicas. A field that a later release adds is left out while it is unset, so an upgrade of the operator
 * replaces nothing. cpu and memory are changed in place and are not part of it.
 */
export function revisionOf(spec: VmGroupSpec): string {
  const known = revisions.get(spec);
  if (known !== undefined) return known;
  const revision = computeRevision(spec);
  revisions.set(spec, revision);
  return revision;
}

/** A spec object never changes, and each plan needs its revision many times. */
const revisions = new WeakMap<VmGroupSpec, string>();

/** Gives the revision of a spec whose long texts were left out (kept-group.ts). */
export function rememberRevision(spec: VmGroupSpec, revision: string): void {
  revisions.set(spec, revision);
}

function computeRevision(spec: VmGroupSpec): string {
  const { cluster, resourcePool, datastore, datastoreCluster, storagePolicy } = spec.placement ?? {};
  const { userData, metadata } = spec.guest?.cloudInit ?? {};
  const { ignition } = spec.guest ?? {};
  // Any revision made from it would be another one, and replace all machines.
  if ([userData, metadata, ignition?.config].some((source) => isLeftOut(source?.value)))
    throw new Error('the revision of a spec without the texts for its guests is not known: give the whole spec');
  const fields = {
    template: spec.template,
    placement: { cluster, resourcePool, datastore, datastoreCluster, storagePolicy },
    // The name of an entry is for people: another name changes no machine.
    networks: spec.networks?.length ? spec.networks.map(networkFields) : undefined,
    // An empty cloudInit counts too: it gives the guest an instance-id and a host name.
    cloudInit: spec.guest?.cloudInit && { userData, metadata, given: true },
    ignition: ignition && { config: ignition.config },
    customizationSpec: spec.guest?.customizationSpec && { name: spec.guest.customizationSpec.name },
    restartToken: spec.updateStrategy?.restartToken,
    clone: spec.clone?.mode === 'Linked' ? spec.clone : undefined,
    disks: spec.disks?.extra?.length ? dataDisks(spec.disks.extra) : undefined,
  };
  return sha256(canonicalJson(fields)).toString('hex').slice(0, 10);
}

/** Addresses are not among them: each replica has its own (slot-revision.ts). */
function networkFields({ network, gateway, nameservers }: NonNullable<VmGroupSpec['networks']>[number]): unknown {
  const isPlain = gateway === undefined && (nameservers === undefined || nameservers.length === 0);
  return isPlain ? network : { network, gateway, nameservers };
}

/** Which data disks there are, in any order. Their sizes change in place. */
function dataDisks(extra: NonNullable<NonNullable<VmGroupSpec['disks']>['extra']>) {
  const disks = extra.map(({ name, provisioning }) => ({ name, provisioning }));
  return disks.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Hash of the size that a spec asks for and of the way to it: another one has to reach every replica (ConfigSynced). */
export function sizeRevisionOf(spec: VmGroupSpec): string {
  const known = sizeRevisions.get(spec);
  if (known !== undefined) return known;
  const { cpu, memory, hardware } = spec;
  // A token replaces machines; it allows no restart for a size.
  const { restartToken: _, ...updateStrategy } = spec.updateStrategy ?? {};
  const { rootSizeGiB, extra = [] } = spec.disks ?? {};
  const disks = { rootSizeGiB, extra: Object.fromEntries(extra.map(({ name, sizeGiB }) => [name, sizeGiB])) };
  const revision = sha256(canonicalJson({ cpu, memory, hardware, disks, updateStrategy })).toString('hex').slice(0, 10);
  sizeRevisions.set(spec, revision);
  return revision;
}

const sizeRevisions = new WeakMap<VmGroupSpec, string>();

/** Hash of the machines that a spec asks to take over; undefined without any (status.adoptionRevision). */
export function adoptionRevisionOf({ adopt }: Pick<VmGroupSpec, 'adopt'>): string | undefined {
  return adopt && sha256(canonicalJson(adopt)).toString('hex').slice(0, 10);
}

/** JSON with sorted keys, without unset fields and empty objects. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(prune(value)) ?? 'null';
}

function prune(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value)
    .map(([key, child]) => [key, prune(child)] as const)
    .filter(([, child]) => child !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
