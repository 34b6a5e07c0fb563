/** spec.tags, and which tags a machine was given. */
import { escapedName } from './escaped-name';
import { digestOf } from './given-lists';
import { givenRecord, readGivenRecord } from './given-record';
import type { VmGroupSpec } from './vm-group';

type Asked = Pick<VmGroupSpec, 'tags'>;

/** The extraConfig key. It is no mark: only machines of groups with spec.tags have it. */
export const TAGS_KEY = 'codeconnect.tags';

export function tagsDigest({ tags }: Asked): string {
  return digestOf(tags, ({ category, name }) => [category, name]);
}

/** A tag as messages and allow-lists name it: category/name. A slash in a name is written as in a path of the inventory. */
export function tagPath({ category, name }: { readonly category: string; readonly name: string }): string {
  return [category, name].map(escapedName).join('/');
}

/** The record of a machine with this instanceUuid, by the ids of tags: they stay the same when a tag is renamed. */
export function tagsRecord(ids: readonly string[], instanceUuid: string): Readonly<Record<string, string>> {
  return givenRecord(TAGS_KEY, ids, instanceUuid);
}

/** The ids of the tags that a machine was given. */
export function readTagsRecord(text: string | undefined, instanceUuid: string | undefined): readonly string[] {
  return readGivenRecord(text, instanceUuid, (id) => /^[\w:.-]{1,256}$/.test(id));
}
