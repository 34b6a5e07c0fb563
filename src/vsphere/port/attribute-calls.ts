/** What people and tools in vCenter know a machine by, and no guest sees: custom attributes and tags. */
import type { CallContext } from './call-context';
import type { ManagedObjectReference } from './managed-object';

/** The definition of a custom attribute that machines can have. */
export interface CustomField {
  /** Stays the same when the attribute is renamed. */
  readonly key: number;
  readonly name: string;
}

export interface TagName {
  readonly category: string;
  readonly name: string;
}

export interface Tag extends TagName {
  /** Stays the same when the tag is renamed. */
  readonly id: string;
  /** Whether an object can have one tag of its category only. */
  readonly isSingle: boolean;
  readonly isForMachines: boolean;
  /** The ids of all tags of its category. */
  readonly ofCategory: readonly string[];
}

/** None of these is a task. Each rejects with a VsphereError. */
export interface AttributeCalls {
  /** The custom attributes that are defined for machines or for all objects. The answer is kept for some seconds. */
  readCustomFields(call: CallContext): Promise<readonly CustomField[]>;
  /** Live read of the custom attributes of a machine, by CustomField.key; undefined if it is gone. */
  readCustomValues(
    machine: ManagedObjectReference,
    call: CallContext,
  ): Promise<ReadonlyMap<number, string> | undefined>;
  /** SetField. An empty value clears the attribute. */
  setCustomValue(machine: ManagedObjectReference, key: number, value: string, call: CallContext): Promise<void>;
  /** The tags with these names, as far as there are any. The answer is kept for a minute. */
  readTags(names: readonly TagName[], call: CallContext): Promise<readonly Tag[]>;
  /** Live read of the ids of a machine's tags. */
  readAttachedTags(machine: ManagedObjectReference, call: CallContext): Promise<readonly string[]>;
  /** No effect if the machine has the tag. */
  attachTag(machine: ManagedObjectReference, tag: string, call: CallContext): Promise<void>;
  /** No effect if the machine does not have the tag. */
  detachTag(machine: ManagedObjectReference, tag: string, call: CallContext): Promise<void>;
}
