/** One vCenter, as the rest of the program sees it. */
import type { VimClient } from './calls';
import type { ShownCertificate } from './certificate';
import type { VsphereFailure } from './failure';
import type { Inventory, InventoryChange } from './inventory';
import type { ManagedObjectReference } from './managed-object';
import type { Dispatcher } from './work';

/** The part of ServiceContent.about that is used. */
export interface About {
  readonly fullName: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly build?: string;
  /** Identifies the vCenter: with another value it is another vCenter, even under the same host name. */
  readonly instanceUuid: string;
}

/**
 * State of a connection.
 * - Connecting: not synced yet, or not again after a loss; nothing may be planned (R13).
 * - Ready: logged in, the inventory is complete, and its stream runs.
 * - Failed: the last attempt to connect failed with `error`, or vCenter no longer answers. The next attempt is due at
 *   `retryAtWallMs`, or earlier when the credentials or the trust settings change.
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

/** The values that guests set in guestinfo. The stream watches what is wanted, also after a new connect, without polling. */
export interface GuestInfoSource {
  /**
   * Replaces the keys that this holder wants in `VirtualMachine.guestInfo` of these machines: keys without `guestinfo.`, of
   * which one that cannot be part of a property path is left out. A machine has one holder. Without keys or machines the
   * holder wants nothing any more.
   */
  want(holder: string, machines: readonly ManagedObjectReference[], keys: readonly string[]): void;
}

/** One vCenter. It is connected while `run` runs. */
export interface VCenterConnection {
  readonly status: ConnectionStatus;
  readonly inventory: Inventory;
  readonly calls: VimClient;
  readonly dispatcher: Dispatcher;
  readonly guestInfo: GuestInfoSource;
  /** The account that is logged in, as TaskReasonUser.userName shows it; undefined until the first login. */
  readonly userName: string | undefined;
  /** Monotonic time of the last answer to the wait for changes, which is due once a minute at least; undefined before the first. */
  readonly streamAnsweredAtMs: number | undefined;
  /** What the server showed last, refused or not; undefined until it has shown one. */
  readonly certificate: ShownCertificate | undefined;
  /** Calls `listener` after each change of `status`. Returns the function that removes it. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  /** Calls `listener` with each change while Ready, and with the changes of a resync before the status turns Ready. */
  onInventoryChange(listener: (change: InventoryChange) => void): () => void;
  /** The credentials may be others now: a session logs in with them at once, and the old one is logged out last. */
  checkCredentials(): void;
  /**
   * vCenter has, or may have, what the inventory does not show: all of it is read again, if the last time was longer ago than
   * `pauseMs`, and than a quarter of an hour. Until it is read the connection is Connecting. `reason` is for the log. Returns
   * the milliseconds until a next call would have an effect.
   */
  readAgain(reason: string, pauseMs?: number): number;
  /**
   * Connects, stays connected until `signal` is aborted, then logs out. Never rejects. `mayProbe` says whether a refused
   * login may be sent again while the credentials do not change, when its pause is over: of several processes only one
   * should, so that no account is locked. Default: it may.
   */
  run(signal: AbortSignal, mayProbe?: () => boolean): Promise<void>;
}
