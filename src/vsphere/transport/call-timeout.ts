/** How long a call may take, from the wait for a connection to the last byte of the answer. */
import type { MethodName } from '../vim25/methods';

const TIMEOUT_MS = 60_000;
/** vCenter answers these with a few lines and without much work. */
const SMALL_TIMEOUT_MS = 30_000;
const SMALL: ReadonlySet<MethodName> = new Set<MethodName>([
  ...(['RetrieveServiceContent', 'CurrentTime', 'CreatePropertyCollector', 'CreateContainerView'] as const),
  ...(['CreateListView', 'FindByInventoryPath', 'FindAllByUuid'] as const),
]);

/** The longer one for every mutation: after a timeout its outcome is unknown. */
export function callTimeoutMs(method: MethodName): number {
  return SMALL.has(method) ? SMALL_TIMEOUT_MS : TIMEOUT_MS;
}
