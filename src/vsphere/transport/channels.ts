/** What can be observed from outside: metrics and debug logs subscribe to these diagnostics channels. Never a body (R10). */
import { channel } from 'node:diagnostics_channel';

export interface CallEnd {
  readonly server: string;
  readonly method: string;
  readonly operationId: string;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Absent when the call succeeded; else the code of its VsphereError. */
  readonly code?: string;
}

export interface SessionEvent {
  readonly server: string;
}

export const callEndChannel = channel('vmoperator:vsphere:call:end');
export const sessionExpiredChannel = channel('vmoperator:vsphere:session:expired');

export function publishCallEnd(message: CallEnd): void {
  if (callEndChannel.hasSubscribers) callEndChannel.publish(message);
}

export function publishSessionExpired(message: SessionEvent): void {
  if (sessionExpiredChannel.hasSubscribers) sessionExpiredChannel.publish(message);
}
