/** In which datacenter a group goes on that has a folder already. */
import { expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, VCENTER_UUID } from '../../../test/support/builders/observation';
import type { VmGroupSpecPlacement } from '../../api/vm-group';
import type { Placement } from '../model/placement';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { GroupMemory } from './group-memory';
import { observe } from './observe';

const pool = (dc: string) => `Datacenter:${dc}/Folder:host/ClusterComputeResource:c-${dc}/ResourcePool:Resources`;
const template = (dc: string) => `Datacenter:${dc}/Folder:vm/VirtualMachine:ubuntu`;
const folderOf = (name: string) => `Datacenter:dc1/Folder:vm/Folder:vm-operator/Folder:${name}`;
const STORE = anInventory(
  ...['dc1', 'dc2'].flatMap((dc) => [pool(dc), template(dc)]),
  ...['shop.web', 'shop.db'].map(folderOf),
);

/** The default is dc2 by now. */
function placed(recorded: string | undefined, placement: VmGroupSpecPlacement = {}): Placement {
  const status = recorded === undefined ? {} : { status: { folder: { moRef: drawn(folderOf(recorded)).value } } };
  const group = aGroup({ placement }, status);
  return observe({
    ...{ group, clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', inventory: STORE },
    now: { wallMs: 0, monotonicMs: 1_000_000 },
    vcenter: { kind: 'Ready', name: 'lab', instanceUuid: VCENTER_UUID },
    tenants: { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', defaults: { datacenter: 'dc2' } },
    memory: GroupMemory.from(group, { wallMs: 0, monotonicMs: 0 }),
    isLiving: () => true,
    unclaimedClones: () => false,
    uninstalling: false,
  }).placement;
}

test('a group goes on in the datacenter of its folder when the default is another one by now', () => {
  const { problems, datacenter, template: source, resourcePool, parentFolder } = placed('shop.web');
  expect([problems, datacenter?.name, source?.path]).toEqual([[], 'dc1', '/dc1/vm/ubuntu']);
  expect([resourcePool, parentFolder?.path]).toEqual([drawn(pool('dc1')), '/dc1/vm/vm-operator']);
});

test('a new one goes where the default says', () => {
  expect(placed(undefined)).toMatchObject({ problems: [], datacenter: { name: 'dc2' } });
});

test('R1: the datacenter of a recorded folder that is not its own does not count', () => {
  expect(placed('shop.db')).toMatchObject({ problems: [], datacenter: { name: 'dc2' } });
});

test('a datacenter that its spec names later is refused, with the remedy', () => {
  expect(placed('shop.web', { datacenter: 'dc1' }).problems).toEqual([]);
  expect(placed('shop.web', { datacenter: 'dc2' }).problems).toEqual([
    {
      reason: 'NotAllowed',
      field: 'spec.placement.datacenter',
      message:
        "the group's folder /dc1/vm/vm-operator/shop.web is not in datacenter dc2: make a new group with " +
        'spec.placement.datacenter set to that, or with dc1',
    },
  ]);
});
