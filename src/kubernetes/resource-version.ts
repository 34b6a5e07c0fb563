/**
 * Compares two resource versions of one resource type: negative when `a` is older. They are decimal numbers of any length
 * (KEP-5504 makes that a promise; every etcd-backed server has always done so). Undefined when one is not a number.
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (!DECIMAL.test(a) || !DECIMAL.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether `a` is known to be older than `b`. */
export function isOlder(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return (compareResourceVersions(a, b) ?? 0) < 0;
}

const DECIMAL = /^[1-9][0-9]*$/;
