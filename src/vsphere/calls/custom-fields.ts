/** Custom attributes of machines: how they are defined, what a machine has, and a change (docs/vsphere.md#custom-attributes). */
import type { Clock } from '../../time/clock';
import type { CallContext, CustomField, ManagedObjectReference } from '../port';
import { readObject } from '../property/property-reader';
import { numberOf, propertyIn, textOf } from '../property/property-value';
import type { Session } from '../session/session';
import type { AnyValue } from '../vim25/describe';
// So that the decoder knows the types of the two properties.
import '../vim25/custom-field-types';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { KeptReads } from './kept-reads';

/** Many machines are given attributes at once. */
const KEPT_MS = 10_000;
const DEFINITIONS = 'field';
const VALUES = 'customValue';
const OF_MACHINES = 'VirtualMachine';

type Fields = Readonly<Record<string, AnyValue | undefined>>;

export class CustomFields {
  readonly #session: Session;
  readonly #kept: KeptReads;

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#kept = new KeptReads(clock);
  }

  definitions(call: CallContext): Promise<readonly CustomField[]> {
    const read = () => this.#definitions(call);
    return this.#kept.get({ key: DEFINITIONS, keptMs: KEPT_MS, version: this.#session.service, read }, call);
  }

  /** By the key of the attribute; undefined if the machine is gone. */
  async values(machine: ManagedObjectReference, call: CallContext): Promise<ReadonlyMap<number, string> | undefined> {
    const content = await readObject(this.#session, machine, [VALUES], call);
    if (content === undefined) return undefined;
    requireTold(content.missingSet, VALUES);
    return new Map(
      listOf(propertyIn(content, VALUES)).flatMap(({ key, value }): [number, string][] => {
        const [id, text] = [numberOf(key), textOf(value)];
        return id === undefined || text === undefined ? [] : [[id, text]];
      }),
    );
  }

  /** An empty value clears it. */
  async set(machine: ManagedObjectReference, key: number, value: string, call: CallContext): Promise<void> {
    try {
      await this.#session.invoke('SetField', this.#manager, { entity: machine, key, value }, call);
    } catch (error) {
      // The definition may be gone.
      this.#kept.forget(DEFINITIONS);
      throw error;
    }
  }

  async #definitions(call: CallContext): Promise<readonly CustomField[]> {
    const content = await readObject(this.#session, this.#manager, [DEFINITIONS], call);
    if (content === undefined) return [];
    requireTold(content.missingSet, DEFINITIONS);
    return listOf(propertyIn(content, DEFINITIONS)).flatMap(({ key, name, managedObjectType }) => {
      const [id, text, type] = [numberOf(key), textOf(name), textOf(managedObjectType)];
      const isOfMachines = type === undefined || type === '' || type === OF_MACHINES;
      return id === undefined || text === undefined || !isOfMachines ? [] : [{ key: id, name: text }];
    });
  }

  get #manager(): ManagedObjectReference {
    const { customFieldsManager } = this.#session.service;
    if (customFieldsManager !== undefined) return customFieldsManager;
    throw transportError('NotVCenter', 'the server has no CustomFieldsManager', 'Refused');
  }
}

/** What the account may not read is unknown: neither missing nor empty. */
function requireTold(missingSet: readonly { readonly path: string }[] | undefined, path: string): void {
  if (missingSet?.some((missing) => missing.path === path))
    throw new VsphereError('NoPermission', `vCenter does not tell the account ${path} of custom attributes`, 'Refused');
}

function listOf(value: AnyValue | undefined): readonly Fields[] {
  return (Array.isArray(value) ? (value as readonly AnyValue[]) : [value]).filter(isFields);
}

function isFields(value: AnyValue | undefined): value is AnyValue & Fields {
  return typeof value === 'object' && !Array.isArray(value);
}
