import { expect, test } from 'vitest';
import { defaultPlaces } from './default-places';

const EAST = { datacenter: 'east' };

test('groups that name no place go where the defaults say, and to each failure domain', () => {
  const defaults = { ...EAST, datastore: 'ssd', storagePolicy: 'gold' };
  expect(defaultPlaces({ defaults, failureDomains: [{ name: 'a', cluster: 'one' }] })).toEqual([
    defaults,
    { ...EAST, cluster: 'one', datastore: 'ssd', storagePolicy: 'gold' },
  ]);
});

test('the datastore cluster of a failure domain takes the place of a default datastore', () => {
  const defaults = { ...EAST, datastore: 'ssd' };
  const failureDomains = [{ name: 'a', cluster: 'one', datastoreCluster: 'pod' }];
  expect(defaultPlaces({ defaults, failureDomains })[1]).toEqual({ ...EAST, cluster: 'one', datastoreCluster: 'pod' });
});
