/**
 * Descriptions compiled for the decoder: what an element may contain is looked up once per type, not once per element.
 */

import {
  describedType,
  type FieldSpec,
  type Fields,
  isWhole,
  type Leniency,
  leniencyOf,
  type ObjectType,
  type Presence,
  partsOf,
  type ScalarWord,
} from './describe';
import { type MethodName, methods } from './methods';
import { transportError, type VsphereError } from './vsphere-error';

/** How the text or the children of an element become a value. */
export type Node =
  | { readonly kind: 'scalar'; readonly parse: (text: string) => unknown }
  | { readonly kind: 'ref' }
  | { readonly kind: 'shape'; readonly shape: Shape; readonly xsiType?: string }
  /** An ArrayOfX: each child is an item. */
  | { readonly kind: 'array'; readonly item: Node }
  /** anyType: xsi:type decides. Without xsi:type it is dynamic. */
  | { readonly kind: 'any' }
  /** A data object of an abstract type: as any, but an empty element is an object too. */
  | { readonly kind: 'object' }
  /** A type that is not described: text, or an object of all children. */
  | { readonly kind: 'dynamic'; readonly xsiType?: string };

export interface Slot {
  readonly name: string;
  readonly node: Node;
  readonly many: boolean;
  /**
   * What becomes of a value that cannot be read. Told: an UnreadValue, or the name of the fault. Absent: nothing, as if
   * the element were missing. Default: the object around it cannot be read.
   */
  readonly unreadable?: 'Told' | 'Absent';
}

export interface Shape {
  readonly typeName: string;
  readonly slots: ReadonlyMap<string, Slot>;
  /** For children of any name, such as those of the detail of a soap:Fault. */
  readonly otherwise?: Slot;
  readonly required: readonly string[];
  /** What stands for some of the required fields when they are absent. */
  readonly fallbacks?: Readonly<Record<string, unknown>>;
  readonly lists: readonly string[];
  /** Children that are not described are told in the value. */
  readonly isWhole?: boolean;
}

export const dynamicNode: Node = { kind: 'dynamic' };
const refNode: Node = { kind: 'ref' };
const textNode: Node = { kind: 'scalar', parse: (text) => text };

const scalarNodes: Readonly<Record<ScalarWord, Node>> = {
  string: textNode,
  boolean: { kind: 'scalar', parse: parseBoolean },
  int: { kind: 'scalar', parse: parseInteger },
  long: { kind: 'scalar', parse: parseLong },
  double: { kind: 'scalar', parse: parseDouble },
  dateTime: textNode,
  base64: { kind: 'scalar', parse: (text) => new Uint8Array(Buffer.from(text, 'base64')) },
  ref: refNode,
  any: { kind: 'any' },
  object: { kind: 'object' },
};

/** xsd types by their local name. */
const xsdNodes: ReadonlyMap<string, Node> = new Map([
  ['string', textNode],
  ['anyURI', textNode],
  ['dateTime', textNode],
  ['boolean', scalarNodes.boolean],
  ['byte', scalarNodes.int],
  ['short', scalarNodes.int],
  ['int', scalarNodes.int],
  ['long', scalarNodes.long],
  ['float', scalarNodes.double],
  ['double', scalarNodes.double],
  ['base64Binary', scalarNodes.base64],
]);

const shapes = new Map<ObjectType, Shape>();

function shapeOf(type: ObjectType): Shape {
  const known = shapes.get(type);
  if (known !== undefined) return known;
  const shape = makeShape(type.typeName, type.fields);
  shapes.set(type, shape);
  return shape;
}

function makeShape(typeName: string, fields: Fields): Shape {
  const slots = new Map<string, Slot>();
  const required: string[] = [];
  const lists: string[] = [];
  const leniency = leniencyOf(fields);
  const fallbacks = leniency?.fallbacks;
  for (const [name, spec] of Object.entries(fields)) {
    const slot = slotOf(name, spec);
    const { presence } = partsOf(spec);
    const unreadable = leniency && unreadableOf(slot, presence, leniency);
    slots.set(name, unreadable === undefined ? slot : { ...slot, unreadable });
    if (presence === 'one') required.push(name);
    if (presence === 'list') lists.push(name);
  }
  return {
    ...{ typeName, slots, required, lists, isWhole: isWhole(fields) },
    ...(fallbacks === undefined ? {} : { fallbacks }),
  };
}

function unreadableOf({ name, node }: Slot, presence: Presence, leniency: Leniency): Slot['unreadable'] {
  if (leniency.contained.includes(name)) return 'Told';
  const isSingle = node.kind === 'scalar' || node.kind === 'ref';
  const isSpared = presence === 'optional' || (presence === 'one' && Object.hasOwn(leniency.fallbacks, name));
  return isSingle && isSpared ? 'Absent' : undefined;
}

/** Completes an object that was read: lists that are absent are empty. Throws when a required field is absent. */
export function complete(shape: Shape, value: Record<string, unknown>): void {
  for (const name of shape.lists) value[name] ??= [];
  for (const name of shape.required) {
    if (value[name] !== undefined) continue;
    const fallback = shape.fallbacks?.[name];
    if (fallback === undefined) throw malformedAnswer(`its ${shape.typeName} has no ${name}`);
    value[name] = fallback;
  }
}

export function malformedAnswer(why: string): VsphereError {
  return transportError('MalformedResponse', `the server's answer cannot be read: ${why}`, 'Unknown');
}

function slotOf(name: string, spec: FieldSpec): Slot {
  const { of, presence } = partsOf(spec);
  const node: Node = typeof of === 'string' ? scalarNodes[of] : { kind: 'shape', shape: shapeOf(of) };
  return { name, node, many: presence === 'list' || presence === 'optionalList' };
}

export function isXsdName(localName: string): boolean {
  return xsdNodes.has(localName);
}

export function xsdNode(localName: string): Node {
  return xsdNodes.get(localName) ?? textNode;
}

const vimNodes = new Map<string, Node>();

/** The node of a vim25 type name in xsi:type. A type that is not described is dynamic; so an enum is text. */
export function vimNode(typeName: string): Node {
  const known = vimNodes.get(typeName);
  if (known !== undefined) return known;
  const node = makeVimNode(typeName);
  // Only described types are kept: a server could name any number of others.
  if (node.kind !== 'dynamic') vimNodes.set(typeName, node);
  return node;
}

function makeVimNode(typeName: string): Node {
  if (typeName === 'ManagedObjectReference') return refNode;
  const type = describedType(typeName);
  if (type !== undefined) return { kind: 'shape', shape: shapeOf(type), xsiType: typeName };
  if (typeName.startsWith('ArrayOf')) return { kind: 'array', item: itemNode(typeName.slice('ArrayOf'.length)) };
  return { kind: 'dynamic', xsiType: typeName };
}

function itemNode(typeName: string): Node {
  const xsd = xsdNodes.get(typeName.charAt(0).toLowerCase() + typeName.slice(1));
  if (xsd !== undefined) return xsd;
  const type = describedType(typeName);
  if (type !== undefined) return { kind: 'shape', shape: shapeOf(type), xsiType: typeName };
  return typeName === 'ManagedObjectReference' ? refNode : dynamicNode;
}

const envelopes = new Map<MethodName, Slot>();

const detailShape: Shape = {
  typeName: 'detail',
  slots: new Map(),
  otherwise: { name: 'fault', node: { kind: 'object' }, many: false, unreadable: 'Told' },
  required: [],
  lists: [],
};

const faultSlots: ReadonlyMap<string, Slot> = new Map([
  ['faultcode', { name: 'faultcode', node: textNode, many: false, unreadable: 'Absent' }],
  ['faultstring', { name: 'faultstring', node: textNode, many: false, unreadable: 'Absent' }],
  ['detail', { name: 'detail', node: { kind: 'shape', shape: detailShape }, many: false }],
]);

function fixedShape(typeName: string, slots: readonly Slot[]): Node {
  const shape: Shape = { typeName, slots: new Map(slots.map((slot) => [slot.name, slot])), required: [], lists: [] };
  return { kind: 'shape', shape };
}

/** The root element of the answer to a method: an envelope with the response of the method, or with a fault. */
export function envelopeOf(method: MethodName): Slot {
  const known = envelopes.get(method);
  if (known !== undefined) return known;
  const { result } = methods[method];
  const response = fixedShape(`${method}Response`, result === 'void' ? [] : [slotOf('returnval', result)]);
  const fault = fixedShape('Fault', [...faultSlots.values()]);
  const body = fixedShape('Body', [
    { name: `${method}Response`, node: response, many: false },
    { name: 'Fault', node: fault, many: false },
  ]);
  const envelope = fixedShape('Envelope', [{ name: 'Body', node: body, many: false }]);
  const slot: Slot = { name: 'Envelope', node: envelope, many: false };
  envelopes.set(method, slot);
  return slot;
}

function parseBoolean(text: string): boolean {
  const word = text.trim();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw malformedScalar('boolean', text);
}

const INTEGER = /^\s*[+-]?\d{1,10}\s*$/;

/** Of xsd:int, and of the smaller types. A -0 is 0. */
function parseInteger(text: string): number {
  const value = Number(text);
  if (value !== (value | 0) || !INTEGER.test(text)) throw malformedScalar('int', text);
  return value | 0;
}

function parseLong(text: string): bigint {
  const word = text.trim();
  if (!/^[+-]?\d{1,20}$/.test(word)) throw malformedScalar('long', text);
  return BigInt(word.startsWith('+') ? word.slice(1) : word);
}

function parseDouble(text: string): number {
  const word = text.trim();
  if (word === 'INF') return Number.POSITIVE_INFINITY;
  if (word === '-INF') return Number.NEGATIVE_INFINITY;
  const value = Number(word);
  if (word === '' || (Number.isNaN(value) && word !== 'NaN')) throw malformedScalar('double', text);
  return value;
}

const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/;

/** Whether all characters are some that XML 1.0 allows. */
export function isReadable(text: string): boolean {
  return !FORBIDDEN.test(text) && text.isWellFormed();
}

/** `why` says what XML does not allow there. Characters that are not UTF-8 arrive as one that XML does not allow. */
export function malformedText(why: string): VsphereError {
  const text = `the server sent a text that cannot be read: ${why.replace(/\.$/, '')}`;
  return transportError('MalformedResponse', text, 'Unknown');
}

function malformedScalar(type: string, text: string) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return transportError('MalformedResponse', `the server sent "${shown}" as a value of type ${type}`, 'Unknown');
}
