/** Makes the error of a vim25 fault, with a text that a person can act on. */
import type { AnyValue, DataObject } from '../vim25/describe';
import type { LocalizedMethodFault } from '../vim25/types';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { innerFault, isDataObject, listOf } from './classify';
import { isFaultOf } from './fault-table';

/** Faults that say nothing about whether the work was done: it may have been, or may still be going on. */
const UNDECIDED = new Set(['Timedout', 'RequestCanceled', 'HostCommunication', 'HttpFault']);

/** Of a fault that the server does not name, or that cannot be read. */
const UNTOLD: DataObject = { xsiType: 'MethodFault' };

/** A fault inside a task, an update or a property. */
export function errorOfLocalizedFault(localized: LocalizedMethodFault | undefined): VsphereError {
  return faultError(localized?.fault ?? UNTOLD, localized?.localizedMessage);
}

/** A soap:Fault. Without a vim25 fault inside, the parser or the version check of the server speaks. */
export function errorOfSoapFault(code: string, text: string, fault: DataObject | undefined): VsphereError {
  if (fault !== undefined) return faultError(fault, text);
  if (code.includes('VersionMismatch') || text.startsWith('Unsupported version URI'))
    return transportError('VersionUnsupported', text || 'The server does not know this version of the API.', 'Refused');
  return transportError('SoapFault', text || `The server refused the call (${code}).`, 'Refused');
}

function faultError(fault: DataObject, localizedMessage: string | undefined): VsphereError {
  const type = fault.xsiType === '' ? 'MethodFault' : fault.xsiType;
  const outcome = UNDECIDED.has(type) ? 'Unknown' : 'Refused';
  const detail = { type, fields: fault, ...(localizedMessage === undefined ? {} : { localizedMessage }) };
  return new VsphereError(type, faultText(fault, localizedMessage), outcome, { fault: detail });
}

/** vCenter's own words where it has some, then those of the cause; else a sentence from the fault's name and fields. */
export function faultText(fault: DataObject, localizedMessage: string | undefined): string {
  const said = [localizedMessage, ...listOf(fault.faultMessage).map(messageOf)].map(clean);
  const own = unique(said.filter((text) => text !== '')).join(' ');
  const cause = causeText(fault);
  const text = own === '' ? sentence(fault) : own;
  return cause === '' || text.includes(cause) ? text : `${text} ${cause}`;
}

function causeText(fault: DataObject): string {
  const causes = [fault.faultCause, fault.fault, ...listOf(fault.error), ...listOf(fault.hostFaults)];
  const texts = causes.map((value) => {
    const inner = innerFault(value);
    if (inner === undefined) return '';
    const message = isDataObject(value) ? value.localizedMessage : undefined;
    return faultText(inner, typeof message === 'string' ? message : undefined);
  });
  // A list of hosts can be long, and most say the same.
  return unique(texts.filter((text) => text !== ''))
    .slice(0, 3)
    .join(' ');
}

function messageOf(value: AnyValue): string | undefined {
  return isDataObject(value) && typeof value.message === 'string' ? value.message : undefined;
}

/** vcsim gives the name of a Go type for a text, real vCenter sometimes an empty one that ends in a colon. */
function clean(text: string | undefined): string {
  const trimmed = (text ?? '').trim().replace(/:$/, '');
  if (trimmed === '' || /^\*?(types|methods)\.\w+$/.test(trimmed)) return '';
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

const sentences: Readonly<Record<string, (fault: DataObject) => string>> = {
  DuplicateName: (f) => `The name ${show(f.name)} is taken by ${show(f.object)}.`,
  AlreadyExists: (f) => `${show(f.name)} already exists.`,
  InvalidLogin: () => 'The user name or the password is wrong.',
  PasswordExpired: () => 'The password has expired.',
  NotAuthenticated: () => 'The session has ended.',
  NoPermission: (f) => `The privilege ${show(f.privilegeId)} is missing on ${show(f.object)}.`,
  ManagedObjectNotFound: (f) => `${show(f.obj)} no longer exists.`,
  InvalidPowerState: (f) => `The machine is ${show(f.existingState)}, but ${show(f.requestedState)} is needed.`,
  InvalidName: (f) => `The name ${show(f.name)} is not valid.`,
  NoDiskSpace: (f) => `The datastore ${show(f.datastore)} is full.`,
};

function sentence(fault: DataObject): string {
  const known = Object.hasOwn(sentences, fault.xsiType) ? sentences[fault.xsiType] : undefined;
  if (known !== undefined) return known(fault);
  const words = fault.xsiType.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const fields = Object.entries(fault)
    .filter(([name, value]) => !OWN_FIELDS.has(name) && value !== undefined && !isDataObject(value))
    .map(([name, value]) => `${name} ${show(value)}`);
  const kind = isFaultOf(fault.xsiType, 'RuntimeFault') ? 'vCenter failed' : 'vCenter refused';
  return `${kind}: ${words}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}.`;
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
