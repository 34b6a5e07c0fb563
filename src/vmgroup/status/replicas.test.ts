import { expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { instanceUuid } from '../../api/identity';
import { hostNameOf } from '../../api/naming';
import { marksFor } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import { plan } from '../plan/plan';
import { replicaStatuses } from './replicas';

/** The replica with ordinal 0, on a machine with this instanceUuid. */
const replicaOf = (group: VmGroup, uuid: string) => {
  const { slot } = aReplica(group, { ordinal: 0 });
  const owner = { cluster: 'c', group: 'shop/web', groupUid: group.metadata.uid, slot };
  return aReplica(group, slot, { instanceUuid: uuid, extraConfig: marksFor(owner, uuid) });
};
const told = (group: VmGroup, uuid: string) => {
  const observed = anObservation(group, { replicas: [replicaOf(group, uuid)] });
  return replicaStatuses(observed, plan(observed));
};
const group = aGroup();
const { slot } = aReplica(group, { ordinal: 0 });
const BY_HAND = '5012ab34-1111-2222-3333-0123456789ab';

test.each([
  ['as vCenter makes it', BY_HAND],
  ['of a clone of another group', instanceUuid('7d1c6c1e-0000-4c5d-8e9f-0a1b2c3d4e5f', slot)],
])('R7: a machine with an instanceUuid %s was taken over, and nobody knows the host name of its guest', (_, uuid) => {
  const [first] = told(group, uuid);
  expect(first).toMatchObject({ ordinal: 0, instanceUuid: uuid });
  expect(first).not.toHaveProperty('hostname');
  // Also with the name that an earlier version wrote into the status.
  const before = { status: { replicas: [{ ...slot, name: 'a', moRef: first?.moRef ?? '', hostname: 'web-0' }] } };
  const named = aGroup({ naming: { hostname: 'web-$(vm.ordinal)' } }, before);
  expect(told(named, uuid)[0]).not.toHaveProperty('hostname');
});

test.each([0, 1, 16])(
  'a clone has the host name that it was given, with the %s. choice of its instanceUuid',
  (choice) => {
    const uuid = instanceUuid(group.metadata.uid, slot, choice);
    const hostname = hostNameOf(group, slot);
    expect(told(group, uuid)).toMatchObject([{ hostname }]);
    expect(told(group, uuid.toUpperCase())).toMatchObject([{ hostname }]);
  },
);

test('a machine taken over that cannot be read now has no host name either, and a clone keeps it', () => {
  const unread = (uuid: string) => {
    const { machine } = replicaOf(group, uuid);
    const replicas = [{ ...slot, name: machine.name, moRef: machine.ref.value, instanceUuid: uuid }];
    const observed = anObservation(aGroup({}, { status: { replicas } }), { unreadable: [machine] });
    return replicaStatuses(observed, plan(observed));
  };
  expect(unread(BY_HAND)).toMatchObject([{ instanceUuid: BY_HAND }]);
  expect(unread(BY_HAND)[0]).not.toHaveProperty('hostname');
  expect(unread(instanceUuid(group.metadata.uid, slot))).toMatchObject([{ hostname: hostNameOf(group, slot) }]);
});
