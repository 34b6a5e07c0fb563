/** The default of a switch over a closed set: with a new member the switch no longer compiles. */
export function assertNever(value: never): never {
  throw new Error(`not expected here: ${JSON.stringify(value)}`);
}
