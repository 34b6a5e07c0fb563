/** Bytes and faults: one call to one vCenter. Knows no session besides carrying its cookie. */
import type { CallContext, ManagedObjectReference } from './port';
import type { MethodName, ParametersOf, ReturnOf } from './vim25/methods';

export interface TransportCall extends CallContext {
  /** Until the whole answer is there, the time in the queue for a connection included. Default 60 s. */
  readonly timeoutMs?: number;
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
  /** Ends all connections; calls under way fail. */
  close(): void;
}
