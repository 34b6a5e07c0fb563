import { describe, expect, test } from 'vitest';
import type { DataObject } from '../vim25/describe';
import type { VsphereError } from '../vim25/vsphere-error';
import { classifyFailure } from './classify';
import { errorOfLocalizedFault, errorOfSoapFault } from './fault-error';

function fault(xsiType: string, fields: Record<string, DataObject[string]> = {}): VsphereError {
  return errorOfLocalizedFault({ fault: { xsiType, ...fields } });
}

const localized = (xsiType: string): DataObject => ({ xsiType: '', fault: { xsiType } });

describe('the verdict on a fault', () => {
  test.each([
    ['NotAuthenticated', 'auth', 'Seconds', 'Retryable'],
    ['PasswordExpired', 'auth', 'LoginBreaker', 'Retryable'],
    ['NoPermission', 'needs-user', 'HalfHour', 'NeedsUser'],
    ['NumVirtualCpusExceedsLimit', 'needs-user', 'HalfHour', 'NeedsUser'],
    ['InsufficientMemoryResourcesFault', 'capacity', 'Minutes', 'Capacity'],
    ['NoDiskSpace', 'capacity', 'Minutes', 'Capacity'],
    ['CannotCreateFile', 'later', 'Minutes', 'Retryable'],
    ['QuestionPending', 'needs-user', 'HalfHour', 'NeedsUser'],
    ['InvalidPowerState', 'conflict', 'AtOnce', 'Retryable'],
    ['TaskInProgress', 'conflict', 'BlockingTask', 'Retryable'],
    ['DuplicateName', 'conflict', 'HalfHour', 'Retryable'],
    ['MethodNotFound', 'fatal', 'HalfHour', 'NeedsUser'],
  ])('%s is %s, %s, %s', (type, failureClass, backoff, apiClass) => {
    expect(classifyFailure(fault(type))).toEqual({ class: failureClass, backoff, apiClass, reason: type });
  });

  test.each([
    ['NoLicenseServerConfigured', 'NotEnoughLicenses', 'needs-user'],
    ['IpHostnameGeneratorError', 'CustomizationFault', 'needs-user'],
    ['InsufficientHostCapacityFault', 'InsufficientResourcesFault', 'capacity'],
    ['SnapshotDisabled', 'SnapshotFault', 'needs-user'],
  ])('%s takes the class of an ancestor such as %s', (type, _, failureClass) => {
    expect(classifyFailure(fault(type)).class).toBe(failureClass);
  });

  test('a fault of a newer vCenter is fatal', () => {
    expect(classifyFailure(fault('BrandNewFault')).class).toBe('fatal');
  });

  test('a missing object is gone, needs a person, or is created again, as its type says', () => {
    const missing = (type: string) => fault('ManagedObjectNotFound', { obj: { type, value: 'x-1' } });
    expect(classifyFailure(missing('VirtualMachine')).class).toBe('gone');
    expect(classifyFailure(missing('ResourcePool')).class).toBe('needs-user');
    expect(classifyFailure(missing('PropertyCollector')).class).toBe('soon');
  });

  test('a power state that is already there is success', () => {
    const error = fault('InvalidPowerState', { existingState: 'poweredOn', requestedState: 'poweredOff' });
    expect(classifyFailure(error, { wantedPowerState: 'poweredOn' }).class).toBe('already-so');
    expect(classifyFailure(error).class).toBe('conflict');
  });

  test('one host that may have room later makes a list of hosts retryable, and an empty list is capacity', () => {
    const hosts = (...types: string[]) =>
      classifyFailure(fault('NoCompatibleHost', { error: types.map(localized) })).class;
    expect(hosts('CannotAccessNetwork', 'InsufficientMemoryResourcesFault')).toBe('capacity');
    expect(hosts('CannotAccessNetwork', 'CpuIncompatible')).toBe('needs-user');
    expect(hosts()).toBe('capacity');
  });

  test('a failure of the transport has a verdict too, and a failure without its fault is judged by its code', () => {
    expect(classifyFailure({ code: 'TLSUntrusted', message: '', outcome: 'NotSent' })).toMatchObject({
      backoff: 'HalfHour',
    });
    expect(classifyFailure({ code: 'Timeout', message: '', outcome: 'Unknown' })).toMatchObject({ class: 'soon' });
    expect(classifyFailure({ code: 'NoDiskSpace', message: '', outcome: 'Refused' })).toMatchObject({
      class: 'capacity',
    });
    expect(classifyFailure({ code: 'constructor', message: '', outcome: 'Refused' })).toMatchObject({ class: 'fatal' });
  });
});

describe('the message of a fault', () => {
  test('has the words of vCenter and of the cause, without the last full stop', () => {
    const cause: DataObject = { xsiType: '', fault: { xsiType: 'SystemError' }, localizedMessage: 'The disk is gone.' };
    const error = errorOfLocalizedFault({
      fault: { xsiType: 'FileFault', faultCause: cause },
      localizedMessage: 'A file is in the way: ',
    });
    expect(error.message).toBe('A file is in the way; The disk is gone');
  });

  test('is made of the fields if vcsim gives the name of a Go type', () => {
    const error = errorOfLocalizedFault({
      fault: { xsiType: 'DuplicateName', name: 'web', object: { type: 'VirtualMachine', value: 'vm-9' } },
      localizedMessage: '*types.DuplicateName',
    });
    expect(error.message).toBe('the name web is taken by VirtualMachine vm-9');
    expect(fault('TooManySnapshotLevels').message).toBe('vCenter refused: too many snapshot levels');
  });

  test('of a fault without detail is the fault string, and an unknown version has its own code', () => {
    expect(errorOfSoapFault('ClientFaultCode', 'Unexpected element', undefined)).toMatchObject({ code: 'SoapFault' });
    expect(errorOfSoapFault('x', 'Unsupported version URI "urn:vim25/9"', undefined).code).toBe('VersionUnsupported');
  });
});
