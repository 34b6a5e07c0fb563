const LONGEST = 200;
const HEAD = 80;

/** A name or path of the spec in quotes. Of a very long one the middle is left out, so that the remedy behind it is told. */
export function quotedName(name: string): string {
  return `"${name.length <= LONGEST ? name : `${name.slice(0, HEAD)}…${name.slice(HEAD - LONGEST)}`}"`;
}

/** Behind `was not found`: what is wrong with a path that has an empty name in it. Such a path finds nothing. */
export function slashMistake(path: string): string {
  return /\/$|\/\//.test(path) ? ', for it has a "/" at its end or two in a row' : '';
}
