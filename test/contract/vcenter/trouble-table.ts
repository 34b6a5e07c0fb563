/** What a connection makes of the transport failures of vim25.md part 3.3 that a proxy can provoke. */
import { classifyFailure, type VsphereFailure } from '../../../src/vsphere';
import { listedFaults } from '../../../src/vsphere/fault/fault-table';
import type { TransportCode } from '../../../src/vsphere/vim25/vsphere-error';
import type { Rule, Trouble } from '../../envtest/proxies/vcenter-proxy';

export type CallEnding = 'Answered' | { readonly code: TransportCode; readonly outcome: VsphereFailure['outcome'] };

export interface TransportTrouble {
  readonly name: string;
  readonly trouble: Trouble;
  readonly read: CallEnding;
  readonly mutation: CallEnding;
  /** vCenter has carried the call out. */
  readonly reachesVCenter: boolean;
}

const LOST: CallEnding = { code: 'ConnectionLost', outcome: 'Unknown' };

/** A read goes out once more on a new socket, a mutation never. */
function lost(name: string, trouble: Trouble, reachesVCenter: boolean): TransportTrouble {
  return { name, trouble, read: 'Answered', mutation: LOST, reachesVCenter };
}

function slow(name: string, trouble: Trouble): TransportTrouble {
  return { name, trouble, read: 'Answered', mutation: 'Answered', reachesVCenter: true };
}

export function page(status: number): Trouble {
  return { kind: 'Status', status, html: `<html><body><h1>${status}</h1></body></html>` };
}

export function soapFault(type: string): Trouble {
  return { kind: 'SoapFault', fault: { type } };
}

function refused(status: number, code: TransportCode, outcome: VsphereFailure['outcome']): TransportTrouble {
  const ending = { code, outcome };
  const name = `a page with status ${status}`;
  return { name, trouble: page(status), read: ending, mutation: ending, reachesVCenter: false };
}

export const TRANSPORT_TROUBLES: readonly TransportTrouble[] = [
  lost('a lost request', { kind: 'ResetBefore' }, false),
  lost('a lost answer', { kind: 'ResetAfter' }, true),
  lost('a cut answer', { kind: 'Truncate' }, true),
  slow('a slow answer', { kind: 'SlowBody', pieces: 7, pauseMs: 5 }),
  slow('a slow request', { kind: 'Latency', ms: 20 }),
  refused(200, 'NotVCenter', 'Refused'),
  refused(301, 'NotVCenter', 'Refused'),
  refused(404, 'NotVCenter', 'Refused'),
  refused(405, 'NotVCenter', 'Refused'),
  refused(401, 'Forbidden', 'Refused'),
  refused(403, 'Forbidden', 'Refused'),
  refused(407, 'Forbidden', 'Refused'),
  refused(413, 'InvalidInput', 'Refused'),
  refused(431, 'InvalidInput', 'Refused'),
  refused(429, 'Unavailable', 'Refused'),
  refused(503, 'Unavailable', 'Refused'),
  refused(500, 'Unavailable', 'Unknown'),
  refused(502, 'Unavailable', 'Unknown'),
  refused(504, 'Unavailable', 'Unknown'),
];

/** Whatever the stream gets over by itself, wherever it strikes; the rest waits for a person while it connects. */
const SURVIVABLE: readonly Trouble[] = [
  ...TRANSPORT_TROUBLES.filter(({ mutation }) => mutation === 'Answered' || !isForAPerson(mutation.code)).map(
    ({ trouble }) => trouble,
  ),
  ...[...listedFaults.keys()].filter((type) => type !== 'NotAuthenticated' && !isForAPerson(type)).map(soapFault),
];

function isForAPerson(code: string): boolean {
  const { backoff } = classifyFailure({ code, message: '', outcome: 'Refused' });
  return backoff === 'HalfHour' || backoff === 'LoginBreaker';
}

/** A schedule under which all that the contract promises still holds: waits, reads, slowness and sessions suffer. */
export const SCHEDULE: readonly Rule[] = [
  ...SURVIVABLE.map((trouble, index): Rule => ({ methods: ['WaitForUpdatesEx'], after: 3 * index, times: 1, trouble })),
  { methods: ['RetrievePropertiesEx'], every: 4, trouble: { kind: 'ResetAfter' } },
  { methods: ['CreatePropertyCollector', 'CreateContainerView'], every: 5, trouble: { kind: 'ResetBefore' } },
  { methods: ['PowerOnVM_Task'], every: 2, trouble: { kind: 'ExpireSession' } },
  { methods: ['PowerOffVM_Task', 'Destroy_Task'], every: 2, trouble: { kind: 'SlowBody', pieces: 5, pauseMs: 10 } },
  { methods: ['ReconfigVM_Task', 'DestroyView'], trouble: { kind: 'Latency', ms: 20 } },
];
