/**
 * Descriptions of vim25 types. One const description gives the TypeScript type (`DataOf`) and, compiled once, the codec.
 *
 * A field is a word or an object type, with the marks of the vSphere reference: `'string'` required, `'string?'`
 * optional, `'string[]'` a list (absent on the wire = empty), `'string[]?'` a list that may be absent. Fields stand in
 * the order of the WSDL, those of the base type first: real vCenter refuses an element that is out of order.
 */
import type { ManagedObjectReference } from '../port';

/** What each scalar word is in TypeScript. `long` is a bigint, so that no digit is lost; a dateTime keeps its text. */
export interface Scalars {
  string: string;
  boolean: boolean;
  int: number;
  long: bigint;
  double: number;
  dateTime: string;
  base64: Uint8Array;
  ref: ManagedObjectReference;
  /** xsd:anyType, or an abstract type: the element carries xsi:type. */
  any: AnyValue;
  /** An abstract data object, such as a fault: the element carries xsi:type, and the value says which it is. */
  object: DataObject;
}

export type ScalarWord = keyof Scalars;

/** A value whose type is only known from its xsi:type. A list stands for an ArrayOfX. */
export type AnyValue =
  | string
  | boolean
  | number
  | bigint
  | Uint8Array
  | ManagedObjectReference
  | DataObject
  | readonly AnyValue[];

/** A data object that names its type. Fields of types that are not described here are kept as they come. */
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

/** The value that a field, such as the returnval of a method, has in TypeScript. */
export type ResultOf<S> = S extends 'void'
  ? undefined
  : IsOptional<S> extends true
    ? ValueOf<S> | undefined
    : ValueOf<S>;

const registry = new Map<string, ObjectType>();
const newFields = new WeakMap<Fields, Readonly<Record<string, string>>>();

/** Marks fields with the version of the API that brought them: an older vCenter refuses an element that it doesn't know. */
export function since<F extends Fields>(type: ObjectType<F>, versions: { readonly [N in keyof F]?: string }): void {
  newFields.set(type.fields, versions as Readonly<Record<string, string>>);
}

/** The version that brought a field; undefined when every supported vCenter knows it. */
export function sinceOf(fields: Fields, name: string): string | undefined {
  return newFields.get(fields)?.[name];
}

/** What a type takes in an answer, so that one object which cannot be read never fails the others (R14). */
export interface Leniency {
  /** What stands for a required field that is absent, or cannot be read. */
  readonly fallbacks: Readonly<Record<string, unknown>>;
  /** Fields whose value, whatever is wrong inside it, becomes an UnreadValue. */
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

/** A value that a server sent and that could not be read. It counts as neither set nor unset. */
export class UnreadValue implements DataObject {
  readonly xsiType = '';
  readonly [field: string]: AnyValue | undefined;

  /** `found` is a sentence about what came instead. */
  constructor(readonly found: string) {}
}

/** Describes a data object and makes it known by name, for elements that carry xsi:type. */
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

/** Fields that several types begin with. Not known by name: an element of such an abstract type says which it is. */
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

/** The described type of that name, if there is one. */
export function describedType(typeName: string): ObjectType | undefined {
  return registry.get(typeName);
}

/** All described types. */
export function describedTypes(): readonly ObjectType[] {
  return [...registry.values()];
}

/** Marks a value with its type, for fields that want xsi:type; the fields are checked against the description. */
export function typed<T extends ObjectType>(type: T, value: DataOf<T>): DataObject {
  return { ...(value as Record<string, AnyValue | undefined>), xsiType: type.typeName };
}

/** A field's parts: what one element holds, and how often it comes. */
export function partsOf(spec: FieldSpec): { readonly of: ScalarWord | ObjectType; readonly presence: Presence } {
  if (typeof spec !== 'string') return 'of' in spec ? spec : { of: spec, presence: 'one' };
  const mark = /^([A-Za-z0-9]+)(\[\])?(\?)?$/.exec(spec);
  const presence: Presence = mark?.[2] ? (mark[3] ? 'optionalList' : 'list') : mark?.[3] ? 'optional' : 'one';
  return { of: mark?.[1] as ScalarWord, presence };
}
