import { hash } from 'node:crypto';

/** Longer texts are left out. Most cloud-init data is shorter, and a clone then needs no further read. */
const LONGEST_KEPT = 4096;
/** Texts beyond the limit of the CRD are kept: readable-group.ts finds them. */
const LONGEST_VALID = 65_536;
/** Half of a surrogate pair. UTF-8 has none, so no text that the API server stores begins like this. */
const MARK = '\ud800';

/** Stands for the finalizers of others when there are very many. */
export const OTHER_FINALIZERS = `${MARK}others`;

/** The text, or what stands for it when it is long: a digest, so that two texts are equal when these are. */
export function keptText(text: string): string {
  if (text.length <= LONGEST_KEPT || isTooLong(text)) return text;
  return MARK + digestOf(text);
}

/** The CRD counts a surrogate pair as one character. */
function isTooLong(text: string): boolean {
  if (text.length <= LONGEST_VALID) return false;
  const pairs = text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;
  return text.length - pairs > LONGEST_VALID;
}

export function isLeftOut(text: string | undefined): boolean {
  return text?.startsWith(MARK) ?? false;
}

export function digestOf(text: string): string {
  return `sha256:${hash('sha256', text)}`;
}
