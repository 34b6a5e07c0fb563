/** Ends a switch over a closed set: a new member then fails to compile wherever a choice is due. */
export function assertNever(value: never): never {
  throw new Error(`Not expected here: ${JSON.stringify(value)}`);
}
