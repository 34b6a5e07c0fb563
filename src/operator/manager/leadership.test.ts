import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { IMPLICIT_VCENTER } from '../../vcenter/selection';
import { Logger } from '../telemetry/logger';
import { LEASE_NAME, leadershipOf, leaseNameOf, processIdentity } from './leadership';
import { LeaseTurns } from './lease-turns';

/** What the API server takes as the name of an object (apimachinery: IsDNS1123Subdomain). */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const isName = (text: string) => text.length <= 253 && SUBDOMAIN.test(text);

test('the Lease of (env) has the name of the operator, and that of a VCenter its name after it', () => {
  expect(leaseNameOf(IMPLICIT_VCENTER)).toBe(LEASE_NAME);
  expect(leaseNameOf('east')).toBe('codeconnect-vm-operator.east');
});

test('a name that is as long as a name may be is not cut', () => {
  const longest = 'a'.repeat(253 - LEASE_NAME.length - 1);
  expect(leaseNameOf(longest)).toBe(`codeconnect-vm-operator.${longest}`);
});

test.each(['.', '-', '.a', 'a.'])(
  'the API server takes the name of the Lease, wherever %j is where it is cut',
  (part) => {
    for (let at = 200; at <= 240; at += 1) {
      const name = `${'a'.repeat(at)}${part}${'b'.repeat(253 - at - part.length)}`;
      expect(isName(name)).toBe(true);
      expect(isName(leaseNameOf(name)), leaseNameOf(name)).toBe(true);
    }
    const dots = `${'a.'.repeat(126)}a`;
    expect(isName(leaseNameOf(dots)), leaseNameOf(dots)).toBe(true);
  },
);

test('R6: two VCenters never have one Lease, and a cut name is never one that is not cut', () => {
  const long = `${'a'.repeat(252)}b`;
  const names = [IMPLICIT_VCENTER, 'a', `${'a'.repeat(253)}`, long, `${'a'.repeat(251)}.b`];
  expect(new Set(names.map(leaseNameOf)).size).toBe(names.length);
  const cut = leaseNameOf(long);
  // An administrator may give a VCenter the name that would lead to it.
  expect(cut.startsWith(`${LEASE_NAME}.`)).toBe(false);
});

test('each process has an identity of its own, also one that follows another in its pod', () => {
  expect(processIdentity()).not.toBe(processIdentity());
});

test('R6: without an election the one process leads, and its Lease is nobody’s', async () => {
  const clock = new VirtualClock();
  const alone = leadershipOf({
    flags: {
      leaderElect: false,
      leaseTimings: { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 },
    },
    ...{ namespace: 'operator', vcenter: 'east', identity: 'pod-1', clock, random: () => 0.5, onResumed: () => {} },
    turns: new LeaseTurns(clock, () => 0),
    news: { follow: unused },
    server: { server: 'none', request: unused, stream: unused, close: () => {} },
    logger: new Logger({ level: 'error', format: 'text', clock, write: () => {} }),
  });
  const stop = new AbortController();
  await alone.acquire(stop.signal);
  expect(alone).toMatchObject({ isLeader: true, identity: 'pod-1' });
  expect(alone.mayMutate()).toBe(true);
  const renewing = expect(alone.renew(stop.signal)).rejects.toThrow('stopping');
  await clock.advance(3_600_000);
  stop.abort(new Error('stopping'));
  await renewing;
  await alone.release(stop.signal);
  expect(clock.pending).toBe(0);
});

function unused(): never {
  throw new Error('the API server is not asked');
}
