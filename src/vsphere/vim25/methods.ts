/**
 * The methods that are used, of vim25 and of PBM. A method has its parameters in the order of the WSDL, the type of its returnval, and
 * its effect: a read may be sent again after a lost connection, a mutation may not
 * (docs/vsphere.md#the-outcome-of-a-lost-call).
 */
import { CustomizationSpecItem } from './customization-types';
import { type FieldSpec, type Fields, type FieldsOf, list, optional, optionalList, type ResultOf } from './describe';
import {
  PbmPlacementCompatibilityResult,
  PbmPlacementHub,
  PbmProfile,
  PbmProfileId,
  PbmProfileResourceType,
  PbmServiceInstanceContent,
} from './pbm-types';
import { StoragePlacementResult, StoragePlacementSpec } from './storage-types';
import {
  EventFilterSpec,
  ObjectContent,
  PropertyFilterSpec,
  RetrieveOptions,
  RetrieveResult,
  ServiceContent,
  UpdateSet,
  UserPrivilegeResult,
  UserSession,
  VirtualMachineCloneSpec,
  VirtualMachineConfigSpec,
  WaitOptions,
} from './types';

export interface Method<P extends Fields = Fields, R extends FieldSpec | 'void' = FieldSpec | 'void'> {
  /** A `readOnce` consumes a version or a token, so it cannot be repeated either. */
  readonly effect: 'read' | 'readOnce' | 'mutation';
  readonly parameters: P;
  readonly result: R;
  /** The SOAP service that has it, and its namespace. Default: vim25. */
  readonly service?: SoapService;
}

/** The services of a vCenter that are called. PBM has the storage policies. */
export type SoapService = 'vim25' | 'pbm';

function read<const P extends Fields, const R extends FieldSpec | 'void'>(parameters: P, result: R): Method<P, R> {
  return { effect: 'read', parameters, result };
}

function readOnce<const P extends Fields, const R extends FieldSpec | 'void'>(parameters: P, result: R): Method<P, R> {
  return { effect: 'readOnce', parameters, result };
}

function mutation<const P extends Fields, const R extends FieldSpec | 'void'>(parameters: P, result: R): Method<P, R> {
  return { effect: 'mutation', parameters, result };
}

/**
 * Creates an object that only our stream uses and that ends with the session. Created twice it costs little, so it is
 * sent again like a read. A connect makes ten such calls in a row, and would fail in a network that loses some of them.
 */
function ownToSession<const P extends Fields, const R extends FieldSpec | 'void'>(
  parameters: P,
  result: R,
): Method<P, R> {
  return read(parameters, result);
}

function readOfPbm<const P extends Fields, const R extends FieldSpec | 'void'>(parameters: P, result: R) {
  return { ...read(parameters, result), service: 'pbm' } as const;
}

export const methods = {
  RetrieveServiceContent: read({}, ServiceContent),
  CurrentTime: read({}, 'dateTime'),
  Login: mutation({ userName: 'string', password: 'string', locale: 'string?' }, UserSession),
  LoginByToken: mutation({ locale: 'string?' }, UserSession),
  Logout: mutation({}, 'void'),
  TerminateSession: mutation({ sessionId: 'string[]' }, 'void'),

  CreatePropertyCollector: ownToSession({}, 'ref'),
  DestroyPropertyCollector: mutation({}, 'void'),
  CreateFilter: ownToSession({ spec: PropertyFilterSpec, partialUpdates: 'boolean' }, 'ref'),
  DestroyPropertyFilter: mutation({}, 'void'),
  WaitForUpdatesEx: readOnce({ version: 'string?', options: optional(WaitOptions) }, optional(UpdateSet)),
  RetrievePropertiesEx: read({ specSet: list(PropertyFilterSpec), options: RetrieveOptions }, optional(RetrieveResult)),
  ContinueRetrievePropertiesEx: readOnce({ token: 'string' }, RetrieveResult),
  RetrieveProperties: read({ specSet: list(PropertyFilterSpec) }, optionalList(ObjectContent)),
  CreateContainerView: ownToSession({ container: 'ref', type: 'string[]?', recursive: 'boolean' }, 'ref'),
  CreateListView: ownToSession({ obj: 'ref[]?' }, 'ref'),
  ModifyListView: mutation({ add: 'ref[]?', remove: 'ref[]?' }, 'ref[]?'),
  DestroyView: mutation({}, 'void'),

  FindByInventoryPath: read({ inventoryPath: 'string' }, 'ref?'),
  FindAllByUuid: read({ datacenter: 'ref?', uuid: 'string', vmSearch: 'boolean', instanceUuid: 'boolean?' }, 'ref[]?'),

  QueryEvents: read({ filter: EventFilterSpec }, 'object[]?'),
  FetchUserPrivilegeOnEntities: read({ entities: 'ref[]', userName: 'string' }, optionalList(UserPrivilegeResult)),

  GetCustomizationSpec: read({ name: 'string' }, CustomizationSpecItem),

  RecommendDatastores: read({ storageSpec: StoragePlacementSpec }, StoragePlacementResult),

  SetField: mutation({ entity: 'ref', key: 'int', value: 'string' }, 'void'),

  CreateFolder: mutation({ name: 'string' }, 'ref'),
  UnregisterAndDestroy_Task: mutation({}, 'ref'),
  CloneVM_Task: mutation({ folder: 'ref', name: 'string', spec: VirtualMachineCloneSpec }, 'ref'),
  ReconfigVM_Task: mutation({ spec: VirtualMachineConfigSpec }, 'ref'),
  ReconfigureComputeResource_Task: mutation({ spec: 'object', modify: 'boolean' }, 'ref'),
  PowerOnVM_Task: mutation({ host: 'ref?' }, 'ref'),
  PowerOffVM_Task: mutation({}, 'ref'),
  ShutdownGuest: mutation({}, 'void'),
  MarkAsTemplate: mutation({}, 'void'),
  Rename_Task: mutation({ newName: 'string' }, 'ref'),
  Destroy_Task: mutation({}, 'ref'),

  PbmRetrieveServiceContent: readOfPbm({}, PbmServiceInstanceContent),
  PbmQueryProfile: readOfPbm(
    { resourceType: PbmProfileResourceType, profileCategory: 'string?' },
    optionalList(PbmProfileId),
  ),
  PbmRetrieveContent: readOfPbm({ profileIds: list(PbmProfileId) }, optionalList(PbmProfile)),
  PbmCheckRequirements: readOfPbm(
    { hubsToSearch: optionalList(PbmPlacementHub), placementSubjectRequirement: 'object[]?' },
    optionalList(PbmPlacementCompatibilityResult),
  ),
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
export type ParametersOf<M extends MethodName> = FieldsOf<(typeof methods)[M]['parameters']>;
export type ReturnOf<M extends MethodName> = ResultOf<(typeof methods)[M]['result']>;

export function serviceOfMethod(method: MethodName): SoapService {
  const { service = 'vim25' }: Method = methods[method];
  return service;
}
