import type { ManagedObjectReference } from '../../../src/vsphere';
import type { InventoryTruth } from './inventory-truth';
import { SILENT_GUEST } from './objects';

/** The objects that every model has at the start, with the names that vcsim gives them. */
export const LANDMARK = {
  root: ref('Folder', 'group-d1'),
  datacenter: ref('Datacenter', 'datacenter-2'),
  machineFolder: ref('Folder', 'group-v3'),
  operatorFolder: ref('Folder', 'group-v4'),
  cluster: ref('ClusterComputeResource', 'domain-c7'),
  resourcePool: ref('ResourcePool', 'resgroup-8'),
  host: ref('HostSystem', 'host-9'),
  datastore: ref('Datastore', 'datastore-10'),
  template: ref('VirtualMachine', 'vm-11'),
  network: ref('Network', 'network-13'),
  portgroup: ref('DistributedVirtualPortgroup', 'dvportgroup-14'),
  opaqueNetwork: ref('OpaqueNetwork', 'network-o15'),
} as const;

/** Makes them, and so many foreign machines. */
export function furnish(truth: InventoryTruth, machines: number, by: string): void {
  const { datacenter, machineFolder, operatorFolder, cluster, resourcePool, host, datastore, template } = LANDMARK;
  truth.addEntity('Datacenter', datacenter.value, 'vcqaDC', LANDMARK.root);
  truth.addEntity('Folder', machineFolder.value, 'vm', datacenter);
  truth.addEntity('Folder', operatorFolder.value, 'vm-operator', machineFolder);
  truth.addEntity('Folder', 'group-h5', 'host', datacenter);
  truth.addEntity('Folder', 'group-s6', 'datastore', datacenter);
  truth.addEntity('ClusterComputeResource', cluster.value, 'C0', ref('Folder', 'group-h5'));
  truth.addEntity('ResourcePool', resourcePool.value, 'Resources', cluster);
  truth.addEntity('HostSystem', host.value, 'host-1', cluster);
  truth.addEntity('Datastore', datastore.value, 'datastore-1', ref('Folder', 'group-s6'));
  const networkFolder = truth.addEntity('Folder', 'group-n12', 'network', datacenter).ref;
  truth.addEntity('Network', LANDMARK.network.value, 'VM Network', networkFolder);
  truth.addEntity('DistributedVirtualPortgroup', LANDMARK.portgroup.value, 'DC0_DVPG0', networkFolder);
  truth.addEntity('OpaqueNetwork', LANDMARK.opaqueNetwork.value, 'segment-1', networkFolder);
  const common = {
    powerState: 'poweredOff' as const,
    connectionState: 'connected',
    numCpu: 1,
    memoryMiB: 1024,
    annotation: '',
    host,
    resourcePool,
    datastores: [datastore],
    adapters: [{ key: 4_000, kind: 'VirtualE1000', network: LANDMARK.portgroup }],
    home: '[datastore-1] template',
    disks: [{ label: 'Hard disk 1', fileName: '[datastore-1] template/disk-0.vmdk', unit: 0, capacityKiB: 1_048_576n }],
    guest: SILENT_GUEST,
    cpuHotAdd: false,
    memoryHotAdd: false,
    coresPerSocket: 1,
    createdWallMs: 0,
    hasVAppConfig: true,
    changes: 1,
    madeBy: by,
  };
  truth.addMachine({
    ...common,
    ref: template,
    name: 'vm-operator-template',
    parent: operatorFolder,
    isTemplate: true,
    instanceUuid: '50000000-0000-4000-8000-000000000011',
    extraConfig: new Map([['guestinfo.made', 'by hand']]),
  });
  for (let index = 0; index < machines; index += 1)
    truth.addMachine({
      ...common,
      ref: ref('VirtualMachine', truth.nextId('vm')),
      name: `foreign-${index}`,
      parent: machineFolder,
      isTemplate: false,
      instanceUuid: `50000000-0000-4000-8000-${String(1000 + index).padStart(12, '0')}`,
      extraConfig: new Map(),
    });
}

function ref<T extends string>(type: T, value: string): ManagedObjectReference & { readonly type: T } {
  return { type, value };
}
