/** Bytes and faults: one call to one vCenter. Knows no session besides carrying its cookie. */
import type { CallContext, ManagedObjectReference } from '../port';
import type { MethodName, ParametersOf, ReturnOf } from '../vim25/methods';

/** `https` is ours; `soap` goes through the package node-vsphere-soap. */
export const TransportKind = { Https: 'https', Soap: 'soap' } as const;
export type TransportKind = (typeof TransportKind)[keyof typeof TransportKind];

export interface TransportCall extends CallContext {
  /** Until the whole answer is there, the time in the queue for a connection included. Default: see call-timeout.ts. */
  readonly timeoutMs?: number;
  /** XML for the SOAP header, sent as it is: the Security element of LoginByToken. A secret (R10). */
  readonly security?: string;
}

export interface VimTransport {
  /** host:port, for messages, logs and metrics. */
  readonly server: string;
  /** Rejects with a VsphereError, always: a fault, or a transport word. A read is sent once more after a lost connection. */
  invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>>;
  /** Before a login: vCenter refuses one on a cookie whose session lives. */
  forgetSession(): void;
  /**
   * The same connections without the session, to log in with new credentials while the old session still serves.
   * A transport without it takes new credentials at the next login only.
   */
  withoutSession?(): VimTransport;
  /** Ends all connections; calls under way fail. */
  close(): void;
}
