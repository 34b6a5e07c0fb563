/** One thing that a machine is given by a live read and a change. The text tells two wishes apart. */
import type { GivenList } from '../../api/given-lists';

export type SettingsPart = 'network' | 'cleanup' | ExtraConfigPart | AttributePart;

/** With the digest of the list that is wished for. */
export type ExtraConfigPart = `extraConfig ${string}`;
/** What people and tools in vCenter know a machine by, and no guest sees. With the digest of the list that is wished for. */
export type AttributePart = `${AttributeList} ${string}`;
export type AttributeList = Exclude<GivenList, 'extraConfig'>;

export function extraConfigPart(digest: string): ExtraConfigPart {
  return `extraConfig ${digest}`;
}

export function attributePart(list: AttributeList, digest: string): AttributePart {
  return `${list} ${digest}`;
}

export function isExtraConfigPart(part: SettingsPart): part is ExtraConfigPart {
  return wordOf(part) === 'extraConfig';
}

export function isPartOf(list: AttributeList, part: SettingsPart): boolean {
  return wordOf(part) === list;
}

/** Whether the first, once written, is in the place of the second. */
export function takesThePlaceOf(part: SettingsPart, other: SettingsPart): boolean {
  return wordOf(part) === wordOf(other);
}

function wordOf(part: SettingsPart): string {
  return part.split(' ', 1)[0] ?? '';
}
