/** The model's custom attributes: their definitions, and the values of machines. */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { CustomFieldDef, CustomFieldStringValue } from '../../../src/vsphere/vim25/custom-field-types';
import { type AnyValue, typed } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault } from './model-fault';
import type { ModelMachine } from './objects';

export interface ModelField {
  readonly key: number;
  name: string;
  /** Absent: it is one of all objects. */
  readonly managedObjectType?: string;
}

export class ModelCustomFields {
  /** To look at and to change. */
  readonly fields: ModelField[] = [
    { key: 101, name: 'owner', managedObjectType: 'VirtualMachine' },
    { key: 102, name: 'stage' },
    { key: 103, name: 'rack', managedObjectType: 'HostSystem' },
  ];

  constructor(private readonly truth: InventoryTruth) {}

  define(name: string): void {
    this.fields.push({ key: 101 + this.fields.length, name, managedObjectType: 'VirtualMachine' });
  }

  definitions(): AnyValue {
    return this.fields.map((field) => typed(CustomFieldDef, { type: 'string', ...field }));
  }

  /** No task: the value is there when the call is answered. */
  set({ entity, key, value }: ParametersOf<'SetField'>): undefined {
    const machine = this.truth.machine(entity);
    if (!this.fields.some((field) => field.key === key))
      throw new ModelFault('InvalidArgument', { invalidProperty: 'key' });
    machine.customValues ??= new Map();
    machine.customValues.set(key, value);
    this.truth.changed(entity);
    return undefined;
  }

  /** By name, as people see them: a cleared one has no value. */
  valuesOf({ customValues = new Map<number, string>() }: ModelMachine): ReadonlyMap<string, string> {
    return new Map(
      this.fields.flatMap(({ key, name }): [string, string][] => {
        const value = customValues.get(key);
        return value === undefined || value === '' ? [] : [[name, value]];
      }),
    );
  }
}

export function customValuesOf({ customValues = new Map<number, string>() }: ModelMachine): AnyValue {
  return [...customValues].map(([key, value]) => typed(CustomFieldStringValue, { key, value }));
}

export const CUSTOM_FIELDS_MANAGER: ManagedObjectReference = {
  type: 'CustomFieldsManager',
  value: 'CustomFieldsManager',
};
