/** One request per method, with every field that is described. The program encode-requests has the same values. */
import type { ManagedObjectReference } from '../../src/vsphere/port';
import {
  ClusterAntiAffinityRuleSpec,
  ClusterConfigSpecEx,
  ClusterHostGroup,
  ClusterVmGroup,
  ClusterVmHostRuleInfo,
} from '../../src/vsphere/vim25/cluster-types';
import { typed } from '../../src/vsphere/vim25/describe';
import {
  Description,
  ETHERNET_CARDS,
  VirtualDeviceConfigSpec,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualEthernetCardOpaqueNetworkBackingInfo,
} from '../../src/vsphere/vim25/device-types';
import type { MethodName, ParametersOf } from '../../src/vsphere/vim25/methods';
import { PbmPlacementCapabilityProfileRequirement } from '../../src/vsphere/vim25/pbm-types';
import {
  OptionValue,
  SelectionSpec,
  TraversalSpec,
  VirtualMachineDefinedProfileSpec,
} from '../../src/vsphere/vim25/types';
import { linuxCustomization, windowsCustomization } from './customization-samples';

const ref = (type: string, value: string): ManagedObjectReference => ({ type, value });
const SELF = ref('Folder', 'self-1');
const VM = ref('VirtualMachine', 'vm-1');
const HOST = ref('HostSystem', 'host-1');
const TASK = ref('Task', 'task-1');
const UUID = '5028a4a5-3ff1-4e53-8cb1-e8ae0bd47a9c';
const MACHINE_METHODS: readonly MethodName[] = [
  ...(['CloneVM_Task', 'ReconfigVM_Task', 'PowerOnVM_Task', 'PowerOffVM_Task'] as const),
  ...(['ShutdownGuest', 'MarkAsTemplate', 'Rename_Task', 'Destroy_Task'] as const),
];

const ruleInfo = {
  ...{ key: 5, status: 'green', enabled: true, name: 'n', mandatory: false },
  ...{ userCreated: true, inCompliance: false, ruleUuid: UUID },
};
const groupInfo = { name: 'v', userCreated: true, uniqueID: 'u' };
const traversal = typed(TraversalSpec, {
  name: 'view',
  type: 'ContainerView',
  path: 'view',
  skip: false,
  selectSet: [typed(SelectionSpec, { name: 'again' })],
});
const filter = {
  propSet: [{ type: 'VirtualMachine', all: false, pathSet: ['name', 'config.extraConfig["k"].value'] }],
  objectSet: [{ obj: ref('ContainerView', 'session[a]b'), skip: true, selectSet: [traversal] }],
  reportMissingObjectsInResults: true,
};
const backings = [
  typed(VirtualEthernetCardNetworkBackingInfo, { deviceName: 'VM Network', network: ref('Network', 'network-1') }),
  typed(VirtualEthernetCardDistributedVirtualPortBackingInfo, {
    port: { switchUuid: UUID, portgroupKey: 'dvportgroup-1', portKey: '7' },
  }),
  typed(VirtualEthernetCardOpaqueNetworkBackingInfo, { opaqueNetworkId: 'o', opaqueNetworkType: 'nsx.LogicalSwitch' }),
];
const deviceChange = ETHERNET_CARDS.map((kind, index) =>
  typed(VirtualDeviceConfigSpec, {
    operation: 'edit',
    device: typed(kind, {
      key: 4000 + index,
      deviceInfo: typed(Description, { label: 'Network adapter', summary: 's' }),
      backing: backings[index % backings.length],
      connectable: { migrateConnect: 'unset', startConnected: true, allowGuestControl: true, connected: false },
      controllerKey: 100,
      unitNumber: 7 + index,
      addressType: 'assigned',
      macAddress: '00:50:56:00:00:01',
      wakeOnLanEnabled: true,
    }),
  }),
);
const profile = [typed(VirtualMachineDefinedProfileSpec, { profileId: UUID })];
const flat = typed(VirtualDiskFlatVer2BackingInfo, {
  fileName: '[ds] child.vmdk',
  datastore: ref('Datastore', 'ds-1'),
  diskMode: 'persistent',
  thinProvisioned: true,
  eagerlyScrub: false,
  parent: { fileName: '[ds] parent.vmdk', diskMode: 'persistent' },
});
const newDisk = typed(VirtualDeviceConfigSpec, {
  operation: 'add',
  fileOperation: 'create',
  device: typed(VirtualDisk, {
    key: -101,
    deviceInfo: typed(Description, { label: 'Hard disk', summary: 's' }),
    backing: flat,
    connectable: { startConnected: true, allowGuestControl: false, connected: false },
    controllerKey: 1_000,
    unitNumber: 1,
    capacityInKB: 1n << 21n,
    capacityInBytes: 1n << 31n,
    vDiskId: { id: 'fcd' },
  }),
  profile,
});
const config = {
  changeVersion: 'v1',
  name: 'n',
  version: 'vmx-19',
  uuid: UUID,
  instanceUuid: UUID,
  guestId: 'otherGuest',
  annotation: 'managed & <kept>',
  numCPUs: 2,
  numCoresPerSocket: 1,
  memoryMB: 4096n,
  memoryHotAddEnabled: true,
  cpuHotAddEnabled: false,
  deviceChange: [...deviceChange, newDisk],
  extraConfig: [
    typed(OptionValue, { key: 'codeconnect.uid', value: 'u' }),
    typed(OptionValue, { key: 'empty', value: '' }),
    typed(OptionValue, { key: 'number', value: 5 }),
    typed(OptionValue, { key: 'long', value: 1n << 40n }),
    typed(OptionValue, { key: 'truth', value: true }),
  ],
  vAppConfigRemoved: true,
};
const location = {
  folder: SELF,
  datastore: ref('Datastore', 'ds-1'),
  diskMoveType: 'moveAllDiskBackingsAndAllowSharing',
  pool: ref('ResourcePool', 'resgroup-1'),
  host: HOST,
  disk: [{ diskId: 2_000, datastore: ref('Datastore', 'ds-1'), diskMoveType: 'createNewChildDiskBacking', profile }],
  profile,
};
const snapshot = ref('VirtualMachineSnapshot', 'snap-1');

export const requestSamples: { readonly [M in MethodName]: ParametersOf<M> } = {
  RetrieveServiceContent: {},
  CurrentTime: {},
  Login: { userName: 'u', password: 'p&"<>', locale: 'en' },
  LoginByToken: { locale: 'en' },
  Logout: {},
  TerminateSession: { sessionId: ['a', 'b'] },
  CreatePropertyCollector: {},
  DestroyPropertyCollector: {},
  DestroyPropertyFilter: {},
  CreateFilter: { spec: filter, partialUpdates: false },
  WaitForUpdatesEx: { version: '1', options: { maxWaitSeconds: 0, maxObjectUpdates: 100 } },
  RetrievePropertiesEx: { specSet: [filter, filter], options: { maxObjects: 100 } },
  ContinueRetrievePropertiesEx: { token: 't' },
  RetrieveProperties: { specSet: [filter] },
  CreateContainerView: { container: SELF, type: ['VirtualMachine', 'Folder'], recursive: true },
  CreateListView: { obj: [TASK, TASK] },
  ModifyListView: { add: [TASK], remove: [TASK] },
  DestroyView: {},
  FindByInventoryPath: { inventoryPath: 'dc/vm/a%2fb' },
  FindAllByUuid: { datacenter: SELF, uuid: UUID, vmSearch: true, instanceUuid: true },
  QueryEvents: {
    filter: {
      entity: { entity: VM, recursion: 'self' },
      time: { beginTime: '2026-01-01T00:00:00Z' },
      disableFullMessage: true,
      eventTypeId: ['VmBeingClonedEvent'],
    },
  },
  FetchUserPrivilegeOnEntities: { entities: [SELF, VM], userName: 'u' },
  GetCustomizationSpec: { name: 'linux & <static>' },
  SetField: { entity: ref('VirtualMachine', 'vm-1'), key: 101, value: 'team <web>' },
  RecommendDatastores: {
    storageSpec: {
      type: 'clone',
      vm: VM,
      podSelectionSpec: { storagePod: ref('StoragePod', 'group-p1') },
      cloneSpec: { location, template: false, customization: windowsCustomization, powerOn: false },
      cloneName: 'n',
      folder: SELF,
    },
  },
  CreateFolder: { name: 'größe 値' },
  UnregisterAndDestroy_Task: {},
  CloneVM_Task: {
    folder: SELF,
    name: 'n',
    spec: {
      ...{ location, template: false, config, customization: linuxCustomization, powerOn: false, snapshot },
      ...{ memory: false, tpmProvisionPolicy: 'copy' },
    },
  },
  ReconfigVM_Task: { spec: config },
  ReconfigureComputeResource_Task: {
    spec: typed(ClusterConfigSpecEx, {
      rulesSpec: [
        { operation: 'edit', info: typed(ClusterAntiAffinityRuleSpec, { ...ruleInfo, vm: [VM] }) },
        {
          operation: 'add',
          info: typed(ClusterVmHostRuleInfo, {
            ...ruleInfo,
            vmGroupName: 'v',
            affineHostGroupName: 'h',
            antiAffineHostGroupName: 'o',
          }),
        },
        { operation: 'remove', removeKey: 7 },
      ],
      groupSpec: [
        { operation: 'add', info: typed(ClusterVmGroup, { ...groupInfo, vm: [VM] }) },
        { operation: 'edit', info: typed(ClusterHostGroup, { ...groupInfo, host: [HOST] }) },
        { operation: 'remove', removeKey: 'v' },
      ],
    }),
    modify: true,
  },
  PowerOnVM_Task: { host: HOST },
  PowerOffVM_Task: {},
  ShutdownGuest: {},
  MarkAsTemplate: {},
  Rename_Task: { newName: 'new' },
  Destroy_Task: {},
  PbmRetrieveServiceContent: {},
  PbmQueryProfile: { resourceType: { resourceType: 'STORAGE' }, profileCategory: 'REQUIREMENT' },
  PbmRetrieveContent: { profileIds: [{ uniqueId: UUID }, { uniqueId: 'other' }] },
  PbmCheckRequirements: {
    hubsToSearch: [
      { hubType: 'Datastore', hubId: 'ds-1' },
      { hubType: 'Datastore', hubId: 'ds-2' },
    ],
    placementSubjectRequirement: [typed(PbmPlacementCapabilityProfileRequirement, { profileId: { uniqueId: UUID } })],
  },
};

export function sampleSelf(method: MethodName): ManagedObjectReference {
  return MACHINE_METHODS.includes(method) ? VM : SELF;
}
