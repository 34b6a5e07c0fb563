/** One vCenter, as the rest of the program sees it. Types that other rooms build against. */
import type { VimClient } from './calls';
import type { VsphereFailure } from './failure';
import type { Inventory, InventoryChange } from './inventory';
import type { Dispatcher } from './work';

/** vim25 ServiceContent.about, the part in use. */
export interface About {
  readonly fullName: string;
  readonly version: string;
  readonly apiVersion: string;
  /** Identity of the vCenter: another one behind the same name is another vCenter. */
  readonly instanceUuid: string;
}

/**
 * State of a connection.
 * - Connecting: not yet, or not again, synced; nothing may be planned (R13).
 * - Ready: logged in, the inventory is complete and its stream runs.
 * - Failed: the last attempt to connect failed with `error`; the next is due at `retryAtWallMs`, or earlier when the
 *   credentials or trust settings change.
 */
export type ConnectionStatus =
  | { readonly kind: 'Connecting'; readonly sinceMonotonicMs: number }
  | { readonly kind: 'Ready'; readonly about: About }
  | {
      readonly kind: 'Failed';
      readonly sinceMonotonicMs: number;
      readonly error: VsphereFailure;
      readonly retryAtWallMs: number;
    };

/** One vCenter, connected for as long as `run` runs. */
export interface VCenterConnection {
  readonly status: ConnectionStatus;
  readonly inventory: Inventory;
  readonly calls: VimClient;
  readonly dispatcher: Dispatcher;
  /** Full name of the account that is logged in, as TaskInfo.reason.userName shows it; undefined until the first login. */
  readonly userName: string | undefined;
  /** Called after each change of `status`. Returns the function that ends it. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  /** Called with each change while Ready, and with the differences of a resync before the status turns Ready. */
  onInventoryChange(listener: (change: InventoryChange) => void): () => void;
  /** Connects and stays connected until aborted, then logs out. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}
