/**
 * The custom attributes and tags of machines: who is due for them. No guest sees them, so nothing waits for them, and a machine is
 * given them once nothing else is to be done to it.
 */
import { customAttributesDigest } from '../../api/custom-attributes';
import { hasGiven, isAskedFor, isToldAsGiven } from '../../api/given-lists';
import { tagsDigest } from '../../api/tags';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VCenterAction } from './action';
import type { Observation, Replica } from './observation';
import { type AttributeList, type AttributePart, attributePart, isPartOf } from './settings-part';
import { areTagsRefused } from './tags';

export const ATTRIBUTE_LISTS: readonly AttributeList[] = ['customAttributes', 'tags'];

/** The lists that the machine should be given now, and has not been given by this process. */
export function attributesDue(
  { machine }: Replica,
  { group, written, placement }: Pick<Observation, 'group' | 'written' | 'placement'>,
): readonly AttributePart[] {
  // A suspended machine takes no change.
  if (machine.powerState === 'suspended') return [];
  const has = written.get(machine.ref.value);
  return ATTRIBUTE_LISTS.filter((list) => hasGiven(list, group) && !(list === 'tags' && areTagsRefused(placement)))
    .map((list) => attributePartOf(list, group.spec))
    .filter((part) => !has?.has(part));
}

export function attributePartOf(list: AttributeList, spec: Pick<VmGroupSpec, AttributeList>): AttributePart {
  return attributePart(list, DIGESTS[list](spec));
}

const DIGESTS: { readonly [L in AttributeList]: (spec: Pick<VmGroupSpec, L>) => string } = {
  customAttributes: customAttributesDigest,
  tags: tagsDigest,
};

/**
 * Whether an action may be sent as it was planned. R7: not before the stored status says that machines may have such
 * attributes; else a later process would not look for them.
 */
export function mayGiveAttributes(
  action: VCenterAction,
  { spec }: VmGroup,
  stored: Pick<VmGroup, 'status'> | undefined,
): boolean {
  return ATTRIBUTE_LISTS.every((list) => {
    const gives =
      action.kind === 'Clone' ||
      (action.kind === 'WriteAttributes' && action.parts.some((part) => isPartOf(list, part)));
    return !gives || !isAskedFor(list, spec) || isToldAsGiven(list, stored);
  });
}
