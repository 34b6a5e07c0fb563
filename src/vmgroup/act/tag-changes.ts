/** The change that gives a machine the tags of spec.tags, and takes away those that it was given and should not have. */
import { readTagsRecord, TAGS_KEY, tagPath } from '../../api/tags';
import type { VmGroupSpec } from '../../api/vm-group';
import type { CallContext, LiveVirtualMachine, Tag, TagName, VimClient } from '../../vsphere/port';
import { nameList } from '../model/name-list';
import { quotedName } from '../model/quoted-name';
import { ActError, type ActErrorCode } from './act-error';
import type { AttributeChanges } from './attribute-changes';

type Asked = Pick<VmGroupSpec, 'tags'>;
type Calls = Pick<VimClient, 'readTags' | 'readAttachedTags' | 'attachTag' | 'detachTag'>;

const FIELD = 'spec.tags';

/** What a machine has to be told. `record` is the text on the machine. Throws an ActError for a name that means no tag for it. */
export async function tagChanges(
  spec: Asked,
  { ref, name, instanceUuid }: LiveVirtualMachine,
  record: string | undefined,
  calls: Calls,
  call: CallContext,
): Promise<AttributeChanges> {
  const given = readTagsRecord(record, instanceUuid);
  // A vCenter whose groups have no tags sees no login for them.
  if (!spec.tags?.length && given.length === 0) return { recordKey: TAGS_KEY, given, ours: [], steps: [] };
  const wanted = await requireTags(spec, calls, call);
  const ids = wanted.map(({ id }) => id);
  const attached = await calls.readAttachedTags(ref, call);
  const former = given.filter((id) => !ids.includes(id) && attached.includes(id));
  const missing = wanted.filter(({ id }) => !attached.includes(id));
  const blocked = missing.filter(({ isSingle, ofCategory }) => {
    const others = attached.filter((id) => ofCategory.includes(id) && !former.includes(id));
    return isSingle && others.length > 0;
  });
  if (blocked.length > 0)
    throw refusal(
      'TagCategorySingle',
      blocked,
      `${name} has another tag of the category that the operator did not give it, and the category allows one per object: remove that tag in vCenter, or take it out of ${FIELD}`,
    );
  return {
    recordKey: TAGS_KEY,
    given,
    // R1: one that it has already, and not by us, stays when it is no longer asked for.
    ours: ids.filter((id) => given.includes(id) || !attached.includes(id)),
    steps: [
      // First: a category may allow one tag per object.
      ...former.map((id) => (next: CallContext) => calls.detachTag(ref, id, next)),
      ...missing.map(
        ({ id }) =>
          (next: CallContext) =>
            calls.attachTag(ref, id, next),
      ),
    ],
  };
}

/** The tags that the spec names. Throws an ActError if a name means none, or none for machines. */
export async function requireTags(
  { tags = [] }: Asked,
  calls: Pick<VimClient, 'readTags'>,
  call: CallContext,
): Promise<readonly Tag[]> {
  if (tags.length === 0) return [];
  const found = await calls.readTags(tags, call);
  const named = (wanted: TagName) =>
    found.filter(({ category, name }) => category === wanted.category && name === wanted.name);
  const absent = tags.filter((wanted) => named(wanted).length === 0);
  if (absent.length > 0)
    throw refusal('TagNotFound', absent, `vCenter has no such tag, or hides it: create it, or take it out of ${FIELD}`);
  const doubtful = tags.filter((wanted) => named(wanted).length > 1);
  if (doubtful.length > 0)
    throw refusal('TagAmbiguous', doubtful, 'vCenter has more than one such tag: rename all but one');
  const foreign = found.filter(({ isForMachines }) => !isForMachines);
  if (foreign.length > 0)
    throw refusal(
      'TagNotAttachable',
      foreign,
      `the category is not for virtual machines: let it be, or take it out of ${FIELD}`,
    );
  const rivals = found.filter((one) => one.isSingle && found.some((other) => isRival(one, other)));
  if (rivals.length > 0)
    throw refusal(
      'TagCategorySingle',
      rivals,
      `the category allows one tag per object: take all but one out of ${FIELD}`,
    );
  return found;
}

function isRival(one: Tag, other: Tag): boolean {
  return one.category === other.category && one.id !== other.id;
}

function refusal(code: ActErrorCode, tags: readonly TagName[], why: string): ActError {
  return new ActError(code, `tag ${nameList(tags.map((tag) => quotedName(tagPath(tag))))}: ${why}`);
}
