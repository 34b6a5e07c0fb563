/** A name as a part of a path: what would end or begin a name in it is written as vCenter shows it, such as %2f for a slash. */
export function escapedName(name: string): string {
  return name.replace(/[%/\\]/g, (character) => encodeURIComponent(character).toLowerCase());
}
