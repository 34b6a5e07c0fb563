/** The status that a request writes: a JSON patch that tests the uid first; undefined for any other request. */
export function writtenStatus<Status extends object>(body: unknown): Status | undefined {
  if (!Array.isArray(body)) return undefined;
  const operations: readonly { readonly path?: string; readonly value?: Status }[] = body;
  return operations.find(({ path }) => path === '/status')?.value;
}
