/** Steps after one that fails: nothing else on a replica has to wait for it. */
import { expect, test } from 'vitest';
import { aFault, aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroupSpec } from '../../api/vm-group';
import { plan } from './plan';

const GROWN: Partial<VmGroupSpec> = { disks: { rootSizeGiB: 100, extra: [] } };
const CLEANUP: Partial<VmGroupSpec> = { guest: { cloudInit: { cleanup: true, userData: { value: 'secret' } } } };

/** The actions for a ready replica with a snapshot, whose disk could not grow. */
function planned(spec: Partial<VmGroupSpec>): readonly string[] {
  const group = aGroup({ replicas: 1, ...GROWN, ...spec });
  const replica = aReplica(group, { ordinal: 0 }, { details: aGuest({ toolsRunning: true }) });
  const fault = aFault(group, { class: 'NeedsUser', reason: 'DiskHasParent', only: 'SizeDisks' });
  const faults = new Map([[slotKey(replica.slot), fault]]);
  return plan(anObservation(group, { replicas: [replica], faults })).actions.map(({ kind }) => kind);
}

test('a disk that cannot grow does not keep user-data in the machine', () => {
  expect(planned(CLEANUP)).toEqual(['WriteSettings']);
});

test('nor tags away from it', () => {
  expect(planned({ tags: [{ category: 'team', name: 'web' }] })).toEqual(['WriteAttributes']);
});

test('and nothing is tried before it is due', () => {
  expect(planned({})).toEqual([]);
});
