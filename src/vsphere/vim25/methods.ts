/**
 * The vim25 methods in use. To add one: its parameters in the order of the WSDL, what returnval holds, and whether it
 * only reads (a read may be sent again after a lost connection, a mutation never blindly).
 */
import { type FieldSpec, type Fields, type FieldsOf, list, optional, optionalList, type ResultOf } from './describe';
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
  /** `readOnce` uses something up as it reads, a version or a token, so it can't be repeated either. */
  readonly effect: 'read' | 'readOnce' | 'mutation';
  readonly parameters: P;
  readonly result: R;
}

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
 * Makes or removes what lives in the session only, for our stream alone: done twice it costs a little, and it may be sent
 * again like a read. Without that no connect, which is ten such calls in a row, gets through a network that loses some.
 */
function ownToSession<const P extends Fields, const R extends FieldSpec | 'void'>(
  parameters: P,
  result: R,
): Method<P, R> {
  return read(parameters, result);
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

  CreateFolder: mutation({ name: 'string' }, 'ref'),
  UnregisterAndDestroy_Task: mutation({}, 'ref'),
  CloneVM_Task: mutation({ folder: 'ref', name: 'string', spec: VirtualMachineCloneSpec }, 'ref'),
  ReconfigVM_Task: mutation({ spec: VirtualMachineConfigSpec }, 'ref'),
  PowerOnVM_Task: mutation({ host: 'ref?' }, 'ref'),
  PowerOffVM_Task: mutation({}, 'ref'),
  ShutdownGuest: mutation({}, 'void'),
  MarkAsTemplate: mutation({}, 'void'),
  Rename_Task: mutation({ newName: 'string' }, 'ref'),
  Destroy_Task: mutation({}, 'ref'),
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
export type ParametersOf<M extends MethodName> = FieldsOf<(typeof methods)[M]['parameters']>;
export type ReturnOf<M extends MethodName> = ResultOf<(typeof methods)[M]['result']>;
