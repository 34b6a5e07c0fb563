/**
 * An inventory path for govmomi's Finder, by which govc and the Terraform provider look objects up: it takes a path for a
 * pattern of Go's path.Match.
 */
export function finderPath(path: string): string {
  return path.replace(/[*?[\\]/g, '\\$&');
}
