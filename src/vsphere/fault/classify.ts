/** What to do about a failure (R8): its class and its backoff. docs/failures.md shows the result for every fault. */
import type { FailureClass, FailureVerdict, ManagedObjectReference, VsphereFailure } from '../port';
import type { AnyValue, DataObject } from '../vim25/describe';
import type { FaultDetail, TransportCode } from '../vim25/vsphere-error';
import { assertNever } from './assert-never';
import { type FaultRule, ruleOfFault, ruleOfUnknownFault } from './fault-table';

/** What the verdict depends on besides the fault. */
export interface FailureContext {
  /** The power state that the call asked for: InvalidPowerState is success if the machine already has that state. */
  readonly wantedPowerState?: string;
}

const transportRules: Readonly<Record<TransportCode, FaultRule>> = {
  Refused: { class: 'soon', backoff: 'Seconds' },
  Unresolvable: { class: 'soon', backoff: 'Seconds' },
  Timeout: { class: 'soon', backoff: 'Seconds' },
  ConnectionLost: { class: 'soon', backoff: 'Seconds' },
  MalformedResponse: { class: 'soon', backoff: 'Seconds' },
  Unavailable: { class: 'soon', backoff: 'Minutes' },
  TaskLost: { class: 'soon', backoff: 'Seconds' },
  Aborted: { class: 'soon', backoff: 'Seconds' },
  Stopped: { class: 'soon', backoff: 'Seconds' },
  TLSUntrusted: { class: 'needs-user', backoff: 'HalfHour' },
  FingerprintMismatch: { class: 'needs-user', backoff: 'HalfHour' },
  CertificateChanged: { class: 'soon', backoff: 'Seconds' },
  NotVCenter: { class: 'needs-user', backoff: 'HalfHour' },
  Forbidden: { class: 'needs-user', backoff: 'HalfHour' },
  CredentialsUnreadable: { class: 'auth', backoff: 'LoginBreaker' },
  ResponseTooLarge: { class: 'bug', backoff: 'Minutes' },
  InvalidInput: { class: 'bug', backoff: 'HalfHour' },
  SoapFault: { class: 'bug', backoff: 'HalfHour' },
  Internal: { class: 'bug', backoff: 'HalfHour' },
  ClockSkew: { class: 'needs-user', backoff: 'HalfHour' },
  StsCertificateInvalid: { class: 'needs-user', backoff: 'HalfHour' },
  VersionUnsupported: { class: 'fatal', backoff: 'HalfHour' },
};

/** The verdict on a failure. Without `fault` only the code counts. */
export function classifyFailure(failure: VsphereFailure, context: FailureContext = {}): FailureVerdict {
  const rule = transportRule(failure.code) ?? faultRule(failure, context);
  return { ...rule, apiClass: apiClassOf(rule.class), reason: failure.code };
}

function transportRule(code: string): FaultRule | undefined {
  return Object.hasOwn(transportRules, code) ? transportRules[code as TransportCode] : undefined;
}

function apiClassOf(failureClass: FailureClass): FailureVerdict['apiClass'] {
  switch (failureClass) {
    case 'soon':
    case 'later':
    case 'conflict':
    case 'auth':
    case 'gone':
    case 'already-so':
      return 'Retryable';
    case 'capacity':
      return 'Capacity';
    case 'needs-user':
    case 'bug':
    case 'fatal':
      return 'NeedsUser';
    default:
      return assertNever(failureClass);
  }
}

function faultRule(failure: VsphereFailure, context: FailureContext): FaultRule {
  const detail = 'fault' in failure ? (failure.fault as FaultDetail | undefined) : undefined;
  return ruleFor(failure.code, detail?.fields, context);
}

function ruleFor(type: string, fields: DataObject | undefined, context: FailureContext): FaultRule {
  if (fields !== undefined) {
    const special = specialRule(type, fields, context);
    if (special !== undefined) return special;
  }
  return ruleOfFault(type) ?? ruleOfUnknownFault();
}

/** The rule for faults whose fields decide; undefined for others. */
function specialRule(type: string, fields: DataObject, context: FailureContext): FaultRule | undefined {
  switch (type) {
    case 'InvalidPowerState': {
      const wanted = context.wantedPowerState;
      const reached = wanted !== undefined && fields.existingState === wanted;
      return reached ? { class: 'already-so', backoff: 'AtOnce' } : undefined;
    }
    case 'ManagedObjectNotFound':
      return ruleOfMissing(fields.obj);
    case 'InvalidArgument':
      return fields.invalidProperty === undefined ? undefined : { class: 'needs-user', backoff: 'HalfHour' };
    case 'NoCompatibleHost':
    case 'NoCompatibleHostWithAccessToDevice':
      return foldHosts(fields.error, context);
    case 'GenericDrsFault':
      return foldHosts(fields.hostFaults, context);
    case 'CannotAccessVmDisk':
    case 'DisallowedMigrationDeviceAttached':
    case 'UnexpectedFault':
      return innerRule(fields.fault, context);
    default:
      return undefined;
  }
}

/**
 * The next plan goes on without a machine or a task that is gone. Our own views and collectors are created again. Any
 * other object, such as a resource pool, needs a person.
 */
function ruleOfMissing(obj: AnyValue | undefined): FaultRule | undefined {
  const type = (obj as ManagedObjectReference | undefined)?.type;
  switch (type) {
    case undefined:
    case 'VirtualMachine':
    case 'Task':
      return undefined;
    case 'PropertyCollector':
    case 'PropertyFilter':
    case 'ContainerView':
    case 'ListView':
      return { class: 'soon', backoff: 'Seconds' };
    default:
      return { class: 'needs-user', backoff: 'HalfHour' };
  }
}

/**
 * A retry is worth it if any host may have room later. If only people can help with every host, it needs a person.
 * Without any host in the list it is a lack of room.
 */
function foldHosts(hosts: AnyValue | undefined, context: FailureContext): FaultRule {
  const rules = listOf(hosts).map((host) => innerRule(host, context));
  const worthRetry = rules.find(
    (rule) => rule?.class === 'capacity' || rule?.class === 'soon' || rule?.class === 'later',
  );
  if (worthRetry !== undefined) return worthRetry;
  const forUser = rules.length > 0 && rules.every((rule) => rule?.class === 'needs-user');
  return forUser ? { class: 'needs-user', backoff: 'HalfHour' } : { class: 'capacity', backoff: 'Minutes' };
}

function innerRule(localized: AnyValue | undefined, context: FailureContext): FaultRule | undefined {
  const fault = innerFault(localized);
  return fault === undefined ? undefined : ruleFor(fault.xsiType, fault, context);
}

/** The fault inside a LocalizedMethodFault, or the fault itself. */
export function innerFault(value: AnyValue | undefined): DataObject | undefined {
  if (!isDataObject(value)) return undefined;
  if (isDataObject(value.fault) && value.fault.xsiType !== '') return value.fault;
  return value.xsiType === '' || value.xsiType === 'LocalizedMethodFault' ? undefined : value;
}

export function listOf(value: AnyValue | undefined): readonly AnyValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly AnyValue[]) : [value];
}

export function isDataObject(value: AnyValue | undefined): value is DataObject {
  return typeof value === 'object' && !Array.isArray(value) && 'xsiType' in value;
}
