import { expect, test } from 'vitest';
import { aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
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
