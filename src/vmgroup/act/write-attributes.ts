/** Gives a machine its custom attributes and tags: reads it live, and changes what differs (R1). */
import { CUSTOM_ATTRIBUTES_KEY, customAttributesOf, customAttributesRecord } from '../../api/custom-attributes';
import { TAGS_KEY, tagsRecord } from '../../api/tags';
import type { VmGroupSpec } from '../../api/vm-group';
import type { CallContext, LiveVirtualMachine, ManagedObjectReference, VimClient } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { ATTRIBUTE_LISTS } from '../model/attributes';
import { nameList } from '../model/name-list';
import { type AttributeList, isPartOf } from '../model/settings-part';
import { ActError, rulesChanged } from './act-error';
import { type AttributeChanges, recordAfter, recordBefore } from './attribute-changes';
import { customAttributeChanges, requireCustomAttributes } from './custom-attribute-changes';
import { requireTags, tagChanges } from './tag-changes';
import { type VerifyContext, verifyOwnership } from './verify';

export interface AttributesContext extends VerifyContext {
  /** R15: whether the action is allowed by now. */
  isAllowed(action: VCenterAction): boolean;
  /**
   * What is sent only prepares the machine: the rest has to be planned again. False if just that was sent before, and the machine
   * does not show it.
   */
  preparesOnly(machine: ManagedObjectReference, what: string): boolean;
}

export const RECORD_KEYS: Readonly<Record<AttributeList, string>> = {
  customAttributes: CUSTOM_ATTRIBUTES_KEY,
  tags: TAGS_KEY,
};

/** The task that writes the record; undefined if there is none to write, or if the machine is gone. Throws an ActError. */
export async function writeAttributes(
  action: Extract<VCenterAction, { kind: 'WriteAttributes' }>,
  context: AttributesContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await verifyOwnership(action.replica, context, call);
  if (machine?.instanceUuid === undefined) return undefined;
  const { calls } = context;
  const { lists, refusal } = await changesOf(action, machine, context, call);
  // R15: the reads may have taken long.
  if (!context.isAllowed(action)) throw rulesChanged('change');
  const uuid = machine.instanceUuid;
  const before = lists.map((changes) => recordBefore(changes, uuid)).filter((record) => record !== undefined);
  if (before.length > 0) return writeFirst(before, machine, context, call);
  for (const { steps } of lists) for (const step of steps) await step(call);
  const after = lists.map((changes) => recordAfter(changes, uuid)).filter((record) => record !== undefined);
  // What the other list asks for is done. The next plan comes back to this one, and finds nothing else to do.
  if (refusal !== undefined && after.length > 0) return writeFirst(after, machine, context, call);
  if (refusal !== undefined) throw refusal;
  if (after.length === 0) return undefined;
  return calls.reconfigure(machine, { extraConfig: Object.assign({}, ...after) }, call);
}

/** Records after which the same has to be planned again. */
function writeFirst(
  records: readonly Readonly<Record<string, string>>[],
  machine: LiveVirtualMachine,
  context: AttributesContext,
  call: CallContext,
): Promise<ManagedObjectReference> {
  const extraConfig: Readonly<Record<string, string>> = Object.assign({}, ...records);
  if (!context.preparesOnly(machine.ref, JSON.stringify(extraConfig)))
    throw new ActError(
      'RecordNotKept',
      `${machine.name} does not have the extraConfig ${nameList(Object.keys(extraConfig))} that it was given: see who changes it`,
    );
  return context.calls.reconfigure(machine, { extraConfig }, call);
}

interface DueChanges {
  readonly lists: readonly AttributeChanges[];
  /** Why a list cannot be written. The other one does not wait for it. */
  readonly refusal?: ActError;
}

/** Of each list that is due. None of a machine that is gone by now. */
async function changesOf(
  { parts }: Extract<VCenterAction, { kind: 'WriteAttributes' }>,
  machine: LiveVirtualMachine,
  { group, calls }: AttributesContext,
  call: CallContext,
): Promise<DueChanges> {
  const isDue = (list: AttributeList) => parts.some((part) => isPartOf(list, part));
  const told = await calls.readExtraConfig([machine.ref], Object.values(RECORD_KEYS), call);
  const records = told.get(machine.ref.value);
  if (records === undefined)
    throw new ActError(
      'HostDisconnected',
      `vCenter does not tell the configuration of ${machine.name}: it is left alone until it does`,
    );
  const looks: Readonly<Record<AttributeList, () => Promise<AttributeChanges | undefined>>> = {
    customAttributes: () => customAttributeChanges(group.spec, machine, records[CUSTOM_ATTRIBUTES_KEY], calls, call),
    tags: () => tagChanges(group.spec, machine, records[TAGS_KEY], calls, call),
  };
  const found: (AttributeChanges | ActError)[] = [];
  for (const list of ATTRIBUTE_LISTS.filter(isDue)) found.push(...(await changesOrRefusal(looks[list])));
  const refusal = found.find((one) => one instanceof ActError);
  return {
    lists: found.flatMap((one) => (one instanceof ActError ? [] : [one])),
    ...(refusal !== undefined && { refusal }),
  };
}

async function changesOrRefusal(
  look: () => Promise<AttributeChanges | undefined>,
): Promise<readonly (AttributeChanges | ActError)[]> {
  try {
    const changes = await look();
    return changes === undefined ? [] : [changes];
  } catch (error) {
    if (error instanceof ActError) return [error];
    throw error;
  }
}

/**
 * What a clone is given: the record of what it gets once it is there, since no clone can carry the attributes themselves. Throws
 * an ActError for a name that means none: such a machine is not made.
 */
export async function attributeRecordsOfClone(
  spec: Pick<VmGroupSpec, AttributeList>,
  instanceUuid: string,
  calls: Pick<VimClient, 'readCustomFields' | 'readTags'>,
  call: CallContext,
): Promise<Readonly<Record<string, string>>> {
  await requireCustomAttributes(spec, calls, call);
  const names = [...customAttributesOf(spec).keys()];
  const tags = await requireTags(spec, calls, call);
  return {
    ...(names.length > 0 && customAttributesRecord(names, instanceUuid)),
    ...(tags.length > 0 &&
      tagsRecord(
        tags.map(({ id }) => id),
        instanceUuid,
      )),
  };
}
