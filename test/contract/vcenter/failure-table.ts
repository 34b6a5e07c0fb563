/**
 * How calls end at the transport failures that a proxy can cause. docs/vsphere.md#the-outcome-of-a-lost-call says why; the
 * meaning of an HTTP status is in src/vsphere/transport/status-error.ts.
 */
import { classifyFailure, type VsphereFailure } from '../../../src/vsphere';
import { listedFaults } from '../../../src/vsphere/fault/fault-table';
import type { TransportCode } from '../../../src/vsphere/vim25/vsphere-error';
import type { Failure, Rule } from '../../envtest/proxies/vcenter-proxy';

export type CallEnding = 'Answered' | { readonly code: TransportCode; readonly outcome: VsphereFailure['outcome'] };

export interface TransportFailure {
  readonly name: string;
  readonly failure: Failure;
  readonly read: CallEnding;
  readonly mutation: CallEnding;
  /** Whether vCenter has done the call. */
  readonly reachesVCenter: boolean;
}

const LOST: CallEnding = { code: 'ConnectionLost', outcome: 'Unknown' };

/** A read is sent once more on a new socket, a mutation never. */
function lost(name: string, failure: Failure, reachesVCenter: boolean): TransportFailure {
  return { name, failure, read: 'Answered', mutation: LOST, reachesVCenter };
}

function slow(name: string, failure: Failure): TransportFailure {
  return { name, failure, read: 'Answered', mutation: 'Answered', reachesVCenter: true };
}

export function page(status: number): Failure {
  return { kind: 'Status', status, html: `<html><body><h1>${status}</h1></body></html>` };
}

export function soapFault(type: string): Failure {
  return { kind: 'SoapFault', fault: { type } };
}

function refused(status: number, code: TransportCode, outcome: VsphereFailure['outcome']): TransportFailure {
  const name = `a page with status ${status}`;
  // A read changes nothing, so nobody has to find out what became of it.
  const read = { code, outcome: outcome === 'Unknown' ? 'NotSent' : outcome } as const;
  return { name, failure: page(status), read, mutation: { code, outcome }, reachesVCenter: false };
}

export const TRANSPORT_FAILURES: readonly TransportFailure[] = [
  lost('a lost request', { kind: 'ResetBefore' }, false),
  lost('a lost answer', { kind: 'ResetAfter' }, true),
  lost('a cut answer', { kind: 'Truncate' }, true),
  slow('a slow answer', { kind: 'SlowBody', pieces: 7, pauseMs: 5 }),
  slow('a slow request', { kind: 'Latency', ms: 20 }),
  // The connection was good before: a proxy speaks while vCenter restarts.
  ...[200, 301, 404, 405, 401, 403, 407].map((status) => refused(status, 'Unavailable', 'Refused')),
  refused(413, 'InvalidInput', 'Refused'),
  refused(431, 'InvalidInput', 'Refused'),
  refused(429, 'Unavailable', 'Refused'),
  refused(503, 'Unavailable', 'Refused'),
  refused(500, 'Unavailable', 'Unknown'),
  refused(502, 'Unavailable', 'Unknown'),
  refused(504, 'Unavailable', 'Unknown'),
];

/** Failures that the stream survives by itself. After the others a connection waits for a person. */
const SURVIVABLE: readonly Failure[] = [
  ...TRANSPORT_FAILURES.filter(({ mutation }) => mutation === 'Answered' || !needsPerson(mutation.code)).map(
    ({ failure }) => failure,
  ),
  ...[...listedFaults.keys()].filter((type) => type !== 'NotAuthenticated' && !needsPerson(type)).map(soapFault),
];

function needsPerson(code: string): boolean {
  const { backoff } = classifyFailure({ code, message: '', outcome: 'Refused' });
  return backoff === 'HalfHour' || backoff === 'LoginBreaker';
}

/** A schedule of failures of waits, reads and sessions. The whole contract must hold under it. */
export const SCHEDULE: readonly Rule[] = [
  ...SURVIVABLE.map((failure, index): Rule => ({ methods: ['WaitForUpdatesEx'], after: 3 * index, times: 1, failure })),
  { methods: ['RetrievePropertiesEx'], every: 4, failure: { kind: 'ResetAfter' } },
  { methods: ['CreatePropertyCollector', 'CreateContainerView'], every: 5, failure: { kind: 'ResetBefore' } },
  { methods: ['PowerOnVM_Task'], every: 2, failure: { kind: 'ExpireSession' } },
  { methods: ['PowerOffVM_Task', 'Destroy_Task'], every: 2, failure: { kind: 'SlowBody', pieces: 5, pauseMs: 10 } },
  { methods: ['ReconfigVM_Task', 'DestroyView'], failure: { kind: 'Latency', ms: 20 } },
];
