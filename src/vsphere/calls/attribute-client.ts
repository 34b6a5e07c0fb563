/** The calls of the port that are about custom attributes and tags. */
import type { Clock } from '../../time/clock';
import type { AttributeCalls, CallContext, CustomField, ManagedObjectReference, Tag, TagName } from '../port';
import type { RestSession } from '../session/rest-session';
import type { Session } from '../session/session';
import { CustomFields } from './custom-fields';
import { Tagging } from './tagging';
import { withoutEffect } from './without-effect';

export class AttributeClient implements AttributeCalls {
  readonly #customFields: CustomFields;
  readonly #tagging: Tagging;

  /** Without a REST session tags cannot be used. */
  constructor(session: Session, rest: RestSession | undefined, clock: Clock) {
    this.#customFields = new CustomFields(session, clock);
    this.#tagging = new Tagging(rest, clock);
  }

  readCustomFields(call: CallContext): Promise<readonly CustomField[]> {
    return withoutEffect(() => this.#customFields.definitions(call));
  }

  readCustomValues(
    machine: ManagedObjectReference,
    call: CallContext,
  ): Promise<ReadonlyMap<number, string> | undefined> {
    return withoutEffect(() => this.#customFields.values(machine, call));
  }

  setCustomValue(machine: ManagedObjectReference, key: number, value: string, call: CallContext): Promise<void> {
    return this.#customFields.set(machine, key, value, call);
  }

  readTags(names: readonly TagName[], call: CallContext): Promise<readonly Tag[]> {
    return withoutEffect(() => this.#tagging.tags(names, call));
  }

  readAttachedTags(machine: ManagedObjectReference, call: CallContext): Promise<readonly string[]> {
    return withoutEffect(() => this.#tagging.attached(machine, call));
  }

  attachTag(machine: ManagedObjectReference, tag: string, call: CallContext): Promise<void> {
    return this.#tagging.attach(machine, tag, call);
  }

  detachTag(machine: ManagedObjectReference, tag: string, call: CallContext): Promise<void> {
    return this.#tagging.detach(machine, tag, call);
  }
}
