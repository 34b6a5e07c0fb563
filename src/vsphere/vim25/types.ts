/**
 * The vim25 data objects and fields that are used. Fields are in the order of the WSDL, those of the base type first.
 */
import { CustomizationSpec } from './customization-types';
import { type DataOf, lenient, list, objectType, optional, optionalList, since } from './describe';
// The decoder finds types by name, so the devices must be registered whenever these types are.
import './device-types';

export const AboutInfo = objectType('AboutInfo', {
  name: 'string',
  fullName: 'string',
  version: 'string',
  build: 'string?',
  apiType: 'string',
  apiVersion: 'string',
  instanceUuid: 'string?',
});

export const ServiceContent = objectType('ServiceContent', {
  rootFolder: 'ref',
  propertyCollector: 'ref',
  viewManager: 'ref?',
  about: AboutInfo,
  sessionManager: 'ref?',
  taskManager: 'ref?',
  authorizationManager: 'ref?',
  searchIndex: 'ref?',
  eventManager: 'ref?',
  storageResourceManager: 'ref?',
  customizationSpecManager: 'ref?',
  customFieldsManager: 'ref?',
});
export type ServiceContent = DataOf<typeof ServiceContent>;

export const UserSession = objectType('UserSession', { key: 'string', userName: 'string', fullName: 'string?' });

// Names of people and products, which nothing depends on.
lenient(AboutInfo, { name: '', fullName: '' });
lenient(UserSession, {});

export const LocalizableMessage = objectType('LocalizableMessage', { key: 'string?', message: 'string?' });
/** `fault` is any of the 697 fault types of vim25. They have no descriptions: all their fields are kept. */
export const LocalizedMethodFault = objectType('LocalizedMethodFault', {
  fault: 'object?',
  localizedMessage: 'string?',
});
lenient(LocalizedMethodFault, {}, ['fault']);
export type LocalizedMethodFault = DataOf<typeof LocalizedMethodFault>;

export const SelectionSpec = objectType('SelectionSpec', { name: 'string?' });
export const TraversalSpec = objectType('TraversalSpec', SelectionSpec, {
  type: 'string',
  path: 'string',
  skip: 'boolean?',
  selectSet: 'object[]?',
});
export const PropertySpec = objectType('PropertySpec', { type: 'string', all: 'boolean?', pathSet: 'string[]?' });
export const ObjectSpec = objectType('ObjectSpec', { obj: 'ref', skip: 'boolean?', selectSet: 'object[]?' });
export const PropertyFilterSpec = objectType('PropertyFilterSpec', {
  propSet: list(PropertySpec),
  objectSet: list(ObjectSpec),
  reportMissingObjectsInResults: 'boolean?',
});
export type PropertyFilterSpec = DataOf<typeof PropertyFilterSpec>;

/** Of an object that an answer does not name, and of a property. */
const NOBODY = { type: '', value: '' };

/** vcsim sends one without `val` for a property that is unset. */
export const DynamicProperty = objectType('DynamicProperty', { name: 'string', val: 'any?' });
lenient(DynamicProperty, { name: '' }, ['val']);
export const MissingProperty = objectType('MissingProperty', { path: 'string', fault: optional(LocalizedMethodFault) });
lenient(MissingProperty, { path: '' }, ['fault']);
export type MissingProperty = DataOf<typeof MissingProperty>;
export const ObjectContent = objectType('ObjectContent', {
  obj: 'ref',
  propSet: optionalList(DynamicProperty),
  missingSet: optionalList(MissingProperty),
});
lenient(ObjectContent, { obj: NOBODY });
export type ObjectContent = DataOf<typeof ObjectContent>;
export const RetrieveOptions = objectType('RetrieveOptions', { maxObjects: 'int?' });
export const RetrieveResult = objectType('RetrieveResult', { token: 'string?', objects: list(ObjectContent) });

export const WaitOptions = objectType('WaitOptions', { maxWaitSeconds: 'int?', maxObjectUpdates: 'int?' });
export const PropertyChange = objectType('PropertyChange', { name: 'string', op: 'string', val: 'any?' });
lenient(PropertyChange, { name: '', op: '' }, ['val']);
export const ObjectUpdate = objectType('ObjectUpdate', {
  kind: 'string',
  obj: 'ref',
  changeSet: optionalList(PropertyChange),
  missingSet: optionalList(MissingProperty),
});
lenient(ObjectUpdate, { kind: '', obj: NOBODY });
export type ObjectUpdate = DataOf<typeof ObjectUpdate>;
export const MissingObject = objectType('MissingObject', { obj: 'ref', fault: optional(LocalizedMethodFault) });
lenient(MissingObject, { obj: NOBODY }, ['fault']);
export const PropertyFilterUpdate = objectType('PropertyFilterUpdate', {
  filter: 'ref',
  objectSet: optionalList(ObjectUpdate),
  missingSet: optionalList(MissingObject),
});
export type PropertyFilterUpdate = DataOf<typeof PropertyFilterUpdate>;
export const UpdateSet = objectType('UpdateSet', {
  version: 'string',
  filterSet: optionalList(PropertyFilterUpdate),
  truncated: 'boolean?',
});
export type UpdateSet = DataOf<typeof UpdateSet>;

export const TaskReasonUser = objectType('TaskReasonUser', { userName: 'string' });
export const TaskInfo = objectType('TaskInfo', {
  key: 'string',
  task: 'ref',
  name: 'string?',
  descriptionId: 'string',
  entity: 'ref?',
  entityName: 'string?',
  state: 'string',
  cancelled: 'boolean?',
  cancelable: 'boolean?',
  error: optional(LocalizedMethodFault),
  result: 'any?',
  progress: 'int?',
  reason: 'object?',
  queueTime: 'dateTime?',
  startTime: 'dateTime?',
  completeTime: 'dateTime?',
  eventChainId: 'int?',
});
// A task must be seen to end, whatever else it tells.
lenient(TaskInfo, { key: '', task: NOBODY, descriptionId: '' }, ['error', 'result', 'reason']);
export type TaskInfo = DataOf<typeof TaskInfo>;

export const OptionValue = objectType('OptionValue', { key: 'string', value: 'any' });

export const VirtualMachineConfigSpec = objectType('VirtualMachineConfigSpec', {
  changeVersion: 'string?',
  name: 'string?',
  version: 'string?',
  uuid: 'string?',
  instanceUuid: 'string?',
  guestId: 'string?',
  annotation: 'string?',
  numCPUs: 'int?',
  numCoresPerSocket: 'int?',
  memoryMB: 'long?',
  memoryHotAddEnabled: 'boolean?',
  cpuHotAddEnabled: 'boolean?',
  deviceChange: 'object[]?',
  extraConfig: 'object[]?',
  vAppConfigRemoved: 'boolean?',
});
/** A storage policy: its id at PBM. */
export const VirtualMachineDefinedProfileSpec = objectType('VirtualMachineDefinedProfileSpec', { profileId: 'string' });
/** Where one disk goes; `profile` has at most one VirtualMachineDefinedProfileSpec here, as everywhere. */
export const VirtualMachineRelocateSpecDiskLocator = objectType('VirtualMachineRelocateSpecDiskLocator', {
  diskId: 'int',
  datastore: 'ref',
  diskMoveType: 'string?',
  profile: 'object[]?',
});
export const VirtualMachineRelocateSpec = objectType('VirtualMachineRelocateSpec', {
  folder: 'ref?',
  datastore: 'ref?',
  diskMoveType: 'string?',
  pool: 'ref?',
  host: 'ref?',
  disk: optionalList(VirtualMachineRelocateSpecDiskLocator),
  profile: 'object[]?',
});
export const VirtualMachineCloneSpec = objectType('VirtualMachineCloneSpec', {
  location: VirtualMachineRelocateSpec,
  template: 'boolean',
  config: optional(VirtualMachineConfigSpec),
  customization: optional(CustomizationSpec),
  powerOn: 'boolean',
  snapshot: 'ref?',
  memory: 'boolean?',
  /** For a virtual TPM: copy or replace. */
  tpmProvisionPolicy: 'string?',
});
since(VirtualMachineCloneSpec, { tpmProvisionPolicy: '8.0.0.1' });

export const UserPrivilegeResult = objectType('UserPrivilegeResult', { entity: 'ref', privileges: 'string[]?' });

export const EventFilterSpecByEntity = objectType('EventFilterSpecByEntity', { entity: 'ref', recursion: 'string' });
export const EventFilterSpecByTime = objectType('EventFilterSpecByTime', { beginTime: 'dateTime?' });
export const EventFilterSpec = objectType('EventFilterSpec', {
  entity: optional(EventFilterSpecByEntity),
  time: optional(EventFilterSpecByTime),
  disableFullMessage: 'boolean?',
  eventTypeId: 'string[]?',
});
export const FolderEventArgument = objectType('FolderEventArgument', { name: 'string', folder: 'ref' });
export const VmBeingClonedEvent = objectType('VmBeingClonedEvent', {
  chainId: 'int',
  destFolder: FolderEventArgument,
  destName: 'string',
});
export type VmBeingClonedEvent = DataOf<typeof VmBeingClonedEvent>;
