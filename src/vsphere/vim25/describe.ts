/**
 * Descriptions of vim25 types. One const description gives both the TypeScript type (`DataOf`) and the codec.
 *
 * A field is a word or an object type: `'string'` is required, `'string?'` optional, `'string[]'` a list (no element
 * means empty), `'string[]?'` a list that may be absent. Fields are in the order of the WSDL, those of the base type
 * first: vCenter refuses an element that is out of order (docs/vsphere.md#element-order-and-types).
 */
import type { ManagedObjectReference } from '../port';

/** What each scalar word is in TypeScript. A long is a bigint, so that no digit is lost. A dateTime keeps its text. */
export interface Scalars {
  string: string;
  boolean: boolean;
  int: number;
  long: bigint;
  double: number;
  dateTime: string;
  base64: Uint8Array;
  ref: ManagedObjectReference;
  /** xsd:anyType: the element has xsi:type. */
  any: AnyValue;
  /** A data object of an abstract type, such as a fault: the element has xsi:type, and the value has `xsiType`. */
  object: DataObject;
}

export type ScalarWord = keyof Scalars;

/** A value whose type is known from xsi:type only. A list is an ArrayOfX. */
export type AnyValue =
  | string
  | boolean
  | number
  | bigint
  | Uint8Array
  | ManagedObjectReference
  | DataObject
  | readonly AnyValue[];

/** A data object with the name of its type. If the type is not described, all its fields are kept. */
export interface DataObject {
  readonly xsiType: string;
  readonly [field: string]: AnyValue | undefined;
}

export type Presence = 'one' | 'optional' | 'list' | 'optionalList';

export interface ObjectType<F extends Fields = Fields> {
  readonly typeName: string;
  readonly fields: F;
}

export interface ObjectField<T extends ObjectType = ObjectType, P extends Presence = Presence> {
  readonly of: T;
  readonly presence: P;
}

export type FieldSpec =
  | ScalarWord
  | `${ScalarWord}?`
  | `${ScalarWord}[]`
  | `${ScalarWord}[]?`
  | ObjectType
  | ObjectField;

export interface Fields {
  readonly [name: string]: FieldSpec;
}

type ValueOf<S> = S extends ScalarWord
  ? Scalars[S]
  : S extends `${infer W extends ScalarWord}[]?` | `${infer W extends ScalarWord}[]`
    ? readonly Scalars[W][]
    : S extends `${infer W extends ScalarWord}?`
      ? Scalars[W]
      : S extends ObjectField<infer T, infer P>
        ? P extends 'list' | 'optionalList'
          ? readonly DataOf<T>[]
          : DataOf<T>
        : S extends ObjectType
          ? DataOf<S>
          : never;

type IsOptional<S> = S extends `${string}?`
  ? true
  : S extends ObjectField<ObjectType, infer P>
    ? OptionalPresence<P>
    : false;
type OptionalPresence<P> = P extends 'optional' | 'optionalList' ? true : false;

export type FieldsOf<F> = {
  readonly [N in keyof F as IsOptional<F[N]> extends true ? never : N]: ValueOf<F[N]>;
} & {
  readonly [N in keyof F as IsOptional<F[N]> extends true ? N : never]?: ValueOf<F[N]> | undefined;
};

/** The TypeScript type of a described vim25 type. */
export type DataOf<T> = T extends ObjectType<infer F> ? FieldsOf<F> : never;

/** The TypeScript type of a field, such as the returnval of a method. */
export type ResultOf<S> = S extends 'void'
  ? undefined
  : IsOptional<S> extends true
    ? ValueOf<S> | undefined
    : ValueOf<S>;

const registry = new Map<string, ObjectType>();
const newFields = new WeakMap<Fields, Readonly<Record<string, string>>>();

/**
 * Marks fields with the API version that introduced them: an older vCenter refuses an element that it does not know.
 */
export function since<F extends Fields>(type: ObjectType<F>, versions: { readonly [N in keyof F]?: string }): void {
  newFields.set(type.fields, versions as Readonly<Record<string, string>>);
}

/** The API version that introduced a field; undefined if every supported vCenter knows the field. */
export function sinceOf(fields: Fields, name: string): string | undefined {
  return newFields.get(fields)?.[name];
}

/** What a type takes in an answer, so that one object which cannot be read never fails the others (R14). */
export interface Leniency {
  /** What stands for a required field that is absent, or cannot be read. An optional field is then absent. */
  readonly fallbacks: Readonly<Record<string, unknown>>;
  /** Fields whose value, whatever is wrong inside it, becomes an UnreadValue; of a fault its name is left. */
  readonly contained: readonly string[];
}

const lenientTypes = new WeakMap<Fields, Leniency>();

export function lenient<F extends Fields>(
  type: ObjectType<F>,
  fallbacks: { readonly [N in keyof FieldsOf<F>]?: FieldsOf<F>[N] },
  contained: readonly (keyof F & string)[] = [],
): void {
  lenientTypes.set(type.fields, { fallbacks, contained });
}

export function leniencyOf(fields: Fields): Leniency | undefined {
  return lenientTypes.get(fields);
}

const wholeTypes = new WeakSet<Fields>();

/**
 * Marks types whose values are sent back: what a server sends of one besides its fields is not skipped without a word. Its
 * name is in the value, as UNDESCRIBED.
 */
export function whole(...types: readonly ObjectType[]): void {
  for (const { fields } of types) wholeTypes.add(fields);
}

export function isWhole(fields: Fields): boolean {
  return wholeTypes.has(fields);
}

/** A field that no element can have, for its name is none in XML: the first element that a whole type does not describe. */
export const UNDESCRIBED = '?undescribed';

/** A value that a server sent and that could not be read. It counts as neither set nor unset. */
export class UnreadValue implements DataObject {
  readonly xsiType = '';
  readonly [field: string]: AnyValue | undefined;

  /** `found` is a sentence about what came instead. */
  constructor(readonly found: string) {}
}

/** Describes a data object, and registers it by name for elements with xsi:type. */
export function objectType<const F extends Fields>(typeName: string, fields: F): ObjectType<F>;
export function objectType<const B extends Fields, const F extends Fields>(
  typeName: string,
  base: ObjectType<B>,
  fields: F,
): ObjectType<B & F>;
export function objectType(typeName: string, ...rest: [Fields] | [ObjectType, Fields]): ObjectType {
  const type = { typeName, fields: withBase(rest) };
  registry.set(typeName, type);
  return type;
}

/** An abstract type: the fields that several types begin with. Not registered, since xsi:type never names it. */
export function baseType<const F extends Fields>(typeName: string, fields: F): ObjectType<F>;
export function baseType<const B extends Fields, const F extends Fields>(
  typeName: string,
  base: ObjectType<B>,
  fields: F,
): ObjectType<B & F>;
export function baseType(typeName: string, ...rest: [Fields] | [ObjectType, Fields]): ObjectType {
  return { typeName, fields: withBase(rest) };
}

function withBase(rest: [Fields] | [ObjectType, Fields]): Fields {
  return rest.length === 1 ? rest[0] : { ...rest[0].fields, ...rest[1] };
}

export function optional<T extends ObjectType>(of: T): ObjectField<T, 'optional'> {
  return { of, presence: 'optional' };
}

export function list<T extends ObjectType>(of: T): ObjectField<T, 'list'> {
  return { of, presence: 'list' };
}

export function optionalList<T extends ObjectType>(of: T): ObjectField<T, 'optionalList'> {
  return { of, presence: 'optionalList' };
}

/** The described type of that name. */
export function describedType(typeName: string): ObjectType | undefined {
  return registry.get(typeName);
}

/** All described types. */
export function describedTypes(): readonly ObjectType[] {
  return [...registry.values()];
}

/**
 * Adds the type's name to a value, for fields that need xsi:type. The compiler checks the value against the
 * description.
 */
export function typed<T extends ObjectType>(type: T, value: DataOf<T>): DataObject {
  return { ...(value as Record<string, AnyValue | undefined>), xsiType: type.typeName };
}

/** The parts of a field: the type of one element, and how many elements there may be. */
export function partsOf(spec: FieldSpec): { readonly of: ScalarWord | ObjectType; readonly presence: Presence } {
  if (typeof spec !== 'string') return 'of' in spec ? spec : { of: spec, presence: 'one' };
  const mark = /^([A-Za-z0-9]+)(\[\])?(\?)?$/.exec(spec);
  const presence: Presence = mark?.[2] ? (mark[3] ? 'optionalList' : 'list') : mark?.[3] ? 'optional' : 'one';
  return { of: mark?.[1] as ScalarWord, presence };
}
