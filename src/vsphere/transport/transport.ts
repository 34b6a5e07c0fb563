/** A transport sends calls to one vCenter. It keeps the session cookie, and knows nothing else of sessions. */
import type { CallContext, ManagedObjectReference } from '../port';
import type { MethodName, ParametersOf, ReturnOf } from '../vim25/methods';

/** `https` uses our codec, `soap` the package node-vsphere-soap. */
export const TransportKind = { Https: 'https', Soap: 'soap' } as const;
export type TransportKind = (typeof TransportKind)[keyof typeof TransportKind];

export interface TransportCall extends CallContext {
  /**
   * For the whole call, from the wait for a connection to the last byte of the answer. Default: see call-timeout.ts.
   */
  readonly timeoutMs?: number;
  /** XML for the SOAP header, which is not escaped: the Security element of LoginByToken. A secret (R10). */
  readonly security?: string;
}

export interface VimTransport {
  /** host:port, for messages, logs and metrics. */
  readonly server: string;
  /**
   * Rejects with a VsphereError only, for a fault or a TransportCode. After a lost connection a read is sent once more.
   */
  invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>>;
  /** Forgets the session cookie. Called before a login: vCenter refuses a login in a session that is logged in. */
  forgetSession(): void;
  /**
   * A transport over the same connections without a session, to log in with new credentials while the old session is
   * still used. Without this method new credentials are used at the next login only.
   */
  withoutSession?(): VimTransport;
  /** Closes all connections; calls in flight fail. */
  close(): void;
}
