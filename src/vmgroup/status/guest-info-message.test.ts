import { expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

const group = aGroup({
  replicas: 3,
  readiness: { type: 'PoweredOn', guestInfo: [{ key: 'ready', value: 'true' }] },
});
const replica = (ordinal: number, guestInfo?: Record<string, string>) =>
  aReplica(group, { ordinal }, guestInfo && { guestInfo });
const readyOf = (...replicas: ReturnType<typeof replica>[]) => {
  const observed = anObservation(group, { replicas });
  return statusOf(observed, plan(observed))?.conditions?.find(({ type }) => type === 'Ready');
};

test('the status says which key a replica waits for, and nothing of what the guest has set instead (R10)', () => {
  const replicas = [replica(0, { ready: 'true' }), replica(1, { ready: 'hunter2' }), replica(2)];
  const condition = readyOf(...replicas);
  const [, second, third] = replicas.map(({ machine }) => machine.name);
  expect(condition).toMatchObject({ status: 'False', reason: 'NotReady' });
  expect(condition?.message).toBe(
    `1 of 3 replicas ready; ${second} is not ready: guestinfo.ready is not yet "true"; ` +
      `${third} is not ready: vCenter has not told guestinfo.ready yet`,
  );
});

test('nothing is told of a replica that is not on, and nothing once all guests have set their values', () => {
  const off = aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff', guestInfo: { ready: '' } });
  expect(readyOf(replica(0, { ready: 'true' }), off, replica(2, { ready: 'true' }))?.message).toBe(
    '2 of 3 replicas ready',
  );
  const all = [0, 1, 2].map((ordinal) => replica(ordinal, { ready: 'true' }));
  expect(readyOf(...all)).toMatchObject({ status: 'True', message: '3 of 3 replicas ready' });
});
