/** How long a call may take, from its place in the queue for a connection to the end of its answer. */
import type { MethodName } from '../vim25/methods';

const TIMEOUT_MS = 60_000;
/** vCenter answers these from memory, with an answer of a few lines: when one takes longer, something is wrong. */
const SMALL_TIMEOUT_MS = 30_000;
const SMALL: ReadonlySet<MethodName> = new Set<MethodName>([
  ...(['RetrieveServiceContent', 'CurrentTime', 'CreatePropertyCollector', 'CreateContainerView'] as const),
  ...(['CreateListView', 'FindByInventoryPath', 'FindAllByUuid'] as const),
]);

/** For a mutation the longer one always: given up too early, its outcome is unknown. */
export function callTimeoutMs(method: MethodName): number {
  return SMALL.has(method) ? SMALL_TIMEOUT_MS : TIMEOUT_MS;
}
