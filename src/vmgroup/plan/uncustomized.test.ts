import { expect, test } from 'vitest';
import { aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import { classifyFailure } from '../../vsphere/fault/classify';
import { refKey } from '../../vsphere/port';
import { recordFault } from '../act/record-fault';
import { statusOf } from '../status/status';
import { plan } from './plan';

const group = aGroup({ replicas: 1, guest: { customizationSpec: { name: 'linux' } } });
const left = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
const failed = (reason: string, powerState: 'poweredOn' | 'poweredOff' = 'poweredOff') => {
  const fault = {
    ...aFault(group, { class: 'NeedsUser', reason, message: 'it was refused' }),
    retryAt: { wallMs: 0, monotonicMs: 0 },
  };
  const replica = { ...left, machine: { ...left.machine, powerState } };
  const observed = anObservation(group, { replicas: [replica], faults: new Map([[slotKey(left.slot), fault]]) });
  const planned = plan(observed);
  return { actions: planned.actions.map(({ kind }) => kind), message: statusOf(observed, planned)?.lastMessage };
};

test('R2: a machine that a clone left behind without its customization gets no second one, and is not powered on', () => {
  const { actions, message } = failed('NicSettingMismatch');
  expect(actions).toEqual([]);
  expect(message).toContain(`${left.machine.name} was left behind without its customization and stays powered off`);
});

test('after another failure it is powered on as ever, and so is one in a group without customization', () => {
  expect(failed('NoPermission').actions).toEqual(['PowerOn']);
  expect(failed('CustomizationPending').actions).toEqual(['PowerOn']);
  const plain = aGroup({ replicas: 1 });
  const replica = aReplica(plain, { ordinal: 0 }, { powerState: 'poweredOff' });
  expect(plan(anObservation(plain, { replicas: [replica] })).actions.map(({ kind }) => kind)).toEqual(['PowerOn']);
});

test('R2: the status goes on telling of it while the account does not see the machine, so that a restart does not forget it', () => {
  const { machine, slot } = left;
  const unseen = { ref: machine.ref, slot, name: machine.name, isShown: false };
  const faults = new Map([
    [slotKey(slot), aFault(group, { reason: 'NicSettingMismatch' })],
    [refKey(machine.ref), aFault(group, { reason: 'NotVisible' })],
  ]);
  const observed = anObservation(group, { known: { machines: [unseen] }, faults });
  expect(statusOf(observed, plan(observed))?.replicas).toMatchObject([
    { moRef: machine.ref.value, fault: { reason: 'NicSettingMismatch' } },
  ]);
});

test('R2: a look for it that is refused waits for its next try, and says nothing of its guest', () => {
  const subject = slotKey(left.slot);
  const fault = aFault(group, { class: 'NeedsUser', reason: 'NicSettingMismatch' });
  const memory = { faults: new Map([[subject, fault]]) };
  const now = { wallMs: 10_000_000, monotonicMs: 10_000_000 };
  const refused = { code: 'NotVisible', message: 'not to be seen', outcome: 'Refused' } as const;
  const verdict = { ...classifyFailure(refused), reason: 'NotVisible' };
  recordFault(subject, refused, verdict, { group, memory, random: () => 0.5, now });
  expect(memory.faults.get(subject)).toMatchObject({ reason: 'NicSettingMismatch', since: fault.since });
  expect(memory.faults.get(subject)?.retryAt.monotonicMs).toBeGreaterThan(now.monotonicMs);
});
