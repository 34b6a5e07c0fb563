/** Makes a VsphereError of a vim25 fault, with a message that a person can act on. */
import type { AnyValue, DataObject } from '../vim25/describe';
import type { LocalizedMethodFault } from '../vim25/types';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { innerFault, isDataObject, listOf } from './classify';
import { isFaultOf } from './fault-table';

/** Faults after which the work may be done, or may still go on (docs/vsphere.md#the-outcome-of-a-lost-call). */
const UNDECIDED = new Set(['Timedout', 'RequestCanceled', 'HostCommunication', 'HttpFault']);

/** Stands for a fault that the server does not name, or that cannot be read. */
const UNNAMED: DataObject = { xsiType: 'MethodFault' };

/** The error for a fault in a task, an update or a missing property. */
export function errorOfLocalizedFault(localized: LocalizedMethodFault | undefined): VsphereError {
  return faultError(localized?.fault ?? UNNAMED, localized?.localizedMessage);
}

/**
 * The error for a soap:Fault. One without a vim25 fault comes from the parser of the server, or from its version check.
 */
export function errorOfSoapFault(code: string, text: string, fault: DataObject | undefined): VsphereError {
  if (fault !== undefined) return faultError(fault, text);
  if (code.includes('VersionMismatch') || text.startsWith('Unsupported version URI'))
    return transportError('VersionUnsupported', text || 'the server does not know this version of the API', 'Refused');
  return transportError('SoapFault', text || `the server refused the call (${code})`, 'Refused');
}

function faultError(fault: DataObject, localizedMessage: string | undefined): VsphereError {
  const type = fault.xsiType === '' ? 'MethodFault' : fault.xsiType;
  const outcome = UNDECIDED.has(type) ? 'Unknown' : 'Refused';
  const detail = { type, fields: fault, ...(localizedMessage === undefined ? {} : { localizedMessage }) };
  return new VsphereError(type, faultText(fault, localizedMessage), outcome, { fault: detail });
}

/** vCenter's own words, or words made of the fault's name and fields; then the words of the cause. */
export function faultText(fault: DataObject, localizedMessage: string | undefined): string {
  const messages = [localizedMessage, ...listOf(fault.faultMessage).map(messageOf)].map(clean);
  const own = unique(messages.filter((text) => text !== '')).join('; ');
  const cause = causeText(fault);
  const text = own === '' ? describe(fault) : withRemedy(own, fault);
  return cause === '' || text.includes(cause) ? text : `${text}; ${cause}`;
}

/** vCenter's usual text for a missing privilege names neither the privilege nor the object, which a person needs. */
function withRemedy(own: string, fault: DataObject): string {
  if (fault.xsiType !== 'NoPermission' || fault.privilegeId === undefined) return own;
  return own.includes(show(fault.privilegeId)) ? own : `${own}; ${describe(fault)}`;
}

function causeText(fault: DataObject): string {
  const causes = [fault.faultCause, fault.fault, ...listOf(fault.error), ...listOf(fault.hostFaults)];
  const texts = causes.map((value) => {
    const inner = innerFault(value);
    if (inner === undefined) return '';
    const message = isDataObject(value) ? value.localizedMessage : undefined;
    return faultText(inner, typeof message === 'string' ? message : undefined);
  });
  // A list of hosts can be long, and most of them say the same.
  return unique(texts.filter((text) => text !== ''))
    .slice(0, 3)
    .join('; ');
}

function messageOf(value: AnyValue): string | undefined {
  return isDataObject(value) && typeof value.message === 'string' ? value.message : undefined;
}

/** vcsim gives the name of a Go type. Texts of vCenter end in a full stop, or in a colon if a detail is empty. */
function clean(text: string | undefined): string {
  const trimmed = (text ?? '').trim().replace(/[.:]$/, '');
  return /^\*?(types|methods)\.\w+$/.test(trimmed) ? '' : trimmed;
}

const descriptions: Readonly<Record<string, (fault: DataObject) => string>> = {
  DuplicateName: (f) => `the name ${show(f.name)} is taken by ${show(f.object)}`,
  AlreadyExists: (f) => `${show(f.name)} already exists`,
  InvalidLogin: () => 'the user name or the password is wrong',
  PasswordExpired: () => 'the password has expired',
  NotAuthenticated: () => 'the session has ended',
  NoPermission: (f) => `the privilege ${show(f.privilegeId)} is missing on ${show(f.object)}`,
  ManagedObjectNotFound: (f) => `${show(f.obj)} no longer exists`,
  InvalidPowerState: (f) => `the machine is ${show(f.existingState)}, but ${show(f.requestedState)} is needed`,
  InvalidName: (f) => `the name ${show(f.name)} is not valid`,
  NoDiskSpace: (f) => `the datastore ${show(f.datastore)} is full`,
};

function describe(fault: DataObject): string {
  const known = Object.hasOwn(descriptions, fault.xsiType) ? descriptions[fault.xsiType] : undefined;
  if (known !== undefined) return known(fault);
  const words = fault.xsiType.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const fields = Object.entries(fault)
    .filter(([name, value]) => !OWN_FIELDS.has(name) && value !== undefined && !isDataObject(value))
    .map(([name, value]) => `${name} ${show(value)}`);
  const kind = isFaultOf(fault.xsiType, 'RuntimeFault') ? 'vCenter failed' : 'vCenter refused';
  return `${kind}: ${words}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`;
}

const OWN_FIELDS = new Set(['xsiType', 'faultCause', 'faultMessage']);

function show(value: AnyValue | undefined): string {
  if (value === undefined || value === '') return '(unnamed)';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map((item: AnyValue) => show(item)).join(', ');
  return 'type' in value && 'value' in value ? `${value.type} ${value.value}` : '(object)';
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
