/** Diagnostics channels that metrics and debug logs subscribe to. No message has the content of a call (R10). */
import { channel } from 'node:diagnostics_channel';
import type { Lane } from '../port';

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

/** A value that vCenter sent and that could not be read. What it was is in the log. */
export interface UnreadableValue {
  readonly server: string;
}

/** A step that waited for its turn in the dispatcher, and was sent. */
export interface WorkSent {
  readonly lane: Lane;
  readonly waitedMs: number;
}

export interface InventoryRead {
  readonly server: string;
}

export const callEndChannel = channel('vmoperator:vsphere:call:end');
export const sessionExpiredChannel = channel('vmoperator:vsphere:session:expired');
export const unreadableValueChannel = channel('vmoperator:vsphere:value:unreadable');
export const workSentChannel = channel('vmoperator:vsphere:work:sent');
export const inventoryReadChannel = channel('vmoperator:vsphere:inventory:read');

export function publishCallEnd(message: CallEnd): void {
  if (callEndChannel.hasSubscribers) callEndChannel.publish(message);
}

export function publishSessionExpired(message: SessionEvent): void {
  if (sessionExpiredChannel.hasSubscribers) sessionExpiredChannel.publish(message);
}

export function publishUnreadableValue(message: UnreadableValue): void {
  if (unreadableValueChannel.hasSubscribers) unreadableValueChannel.publish(message);
}

export function publishWorkSent(message: WorkSent): void {
  if (workSentChannel.hasSubscribers) workSentChannel.publish(message);
}

export function publishInventoryRead(message: InventoryRead): void {
  if (inventoryReadChannel.hasSubscribers) inventoryReadChannel.publish(message);
}
