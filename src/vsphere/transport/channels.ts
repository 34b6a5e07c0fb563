/** Diagnostics channels that metrics and debug logs subscribe to. No message has the content of a call (R10). */
import { channel } from 'node:diagnostics_channel';

export interface CallEnd {
  readonly server: string;
  readonly method: string;
  readonly operationId: string;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** The code of the VsphereError; absent if the call succeeded. */
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
