import { describe, expect, test } from 'vitest';
import { type GivenPlaces, rolePlaces } from './inventory-places';

const NONE: GivenPlaces = {
  ...{
    datacenters: [],
    folders: [],
    adopted: [],
    templates: [],
    pools: [],
    datastores: [],
    datastoreClusters: [],
    networks: [],
  },
};
const places = (given: Partial<GivenPlaces>) => rolePlaces({ ...NONE, ...given });

describe('the objects of a role', () => {
  test('are the datacenter and the folder vm-operator, where nothing else is named', () => {
    expect(places({ datacenters: ['dc1'] })).toMatchObject({
      datacenters: [{ path: '/dc1', kind: 'Datacenter' }],
      folders: [{ path: '/dc1/vm/vm-operator', kind: 'Folder' }],
      pools: [],
    });
  });

  test('have the datacenter of their paths, and the folders that it is in', () => {
    expect(places({ folders: ['/east/lab/dc1/vm/teams/shop'] })).toMatchObject({
      datacenterFolders: [{ path: '/east' }, { path: '/east/lab' }],
      datacenters: [{ path: '/east/lab/dc1' }],
      folders: [{ path: '/east/lab/dc1/vm/teams/shop' }],
    });
  });

  test('a root pool is its cluster, for vCenter takes no permission on it; each pool has a cluster', () => {
    const { pools, clusters } = places({
      pools: ['/dc1/host/c1/Resources', '/dc1/host/c1', '/dc1/host/f/c2/Resources/a/b'],
    });
    expect(pools).toEqual([
      { path: '/dc1/host/c1', kind: 'Cluster' },
      { path: '/dc1/host/f/c2/Resources/a/b', kind: 'ResourcePool' },
    ]);
    expect(clusters.map(({ path }) => path)).toEqual(['/dc1/host/c1', '/dc1/host/f/c2']);
  });

  test.each<[string, Partial<GivenPlaces>, string]>([
    ['nothing', {}, 'no datacenter is named: give --datacenter, such as --datacenter dc1'],
    [
      'the root folder of the machines, for those to take over',
      { datacenters: ['dc1'], adopted: ['/dc1/vm'] },
      '--adopted "/dc1/vm": vCenter takes no permission on it: name a folder below it, and move the machines there',
    ],
    ['a name', { pools: ['c1'] }, '--pool "c1": give the inventory path, such as /dc1/host/cluster1'],
    [
      'a path of another datacenter',
      { datacenters: ['dc1'], datastores: ['/dc2/datastore/ssd'] },
      '--datastore "/dc2/datastore/ssd": it is in none of the datacenters of --datacenter: name its datacenter, too, or take it out',
    ],
    [
      'a child of a datacenter',
      { datacenters: ['dc1'], folders: ['/dc1/vm'] },
      '--folder "/dc1/vm": vCenter takes no permission on it: leave it out, and /dc1 gets it',
    ],
    [
      'another kind of object',
      { networks: ['/dc1/vm/web'] },
      '--network "/dc1/vm/web": it is not below /dc1/network, such as /dc1/network/NAME',
    ],
    [
      'a slash at the end',
      { templates: ['/dc1/vm/gold/'] },
      '--templates "/dc1/vm/gold/": it ends with a slash: take that away',
    ],
  ])('%s is refused', (_, given, message) => expect(() => places(given)).toThrow(message));
});
