/** Faults of the model, as the decoder would return them. */
import { errorOfSoapFault } from '../../../src/vsphere/fault/fault-error';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { AnyValue, DataObject } from '../../../src/vsphere/vim25/describe';

/** A fault of the model's server: a soap:Fault when a call throws it, TaskInfo.error when a task does. */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
  readonly fault: DataObject;

  constructor(type: string, fields: Readonly<Record<string, AnyValue>> = {}) {
    super(type);
    this.fault = { ...fields, xsiType: type };
  }

  asError(): Error {
    return errorOfSoapFault('ServerFaultCode', '', this.fault);
  }
}

export function notFound(obj: ManagedObjectReference): ModelFault {
  return new ModelFault('ManagedObjectNotFound', { obj });
}
