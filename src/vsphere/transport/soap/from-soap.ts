/**
 * Turns what `soap` has parsed into our values, by the same descriptions as our decoder, so they are the same values.
 */
import { LONGEST_TEXT } from '../../vim25/answer-limits';
import type { Answer } from '../../vim25/decode';
import { faultAnswer } from '../../vim25/decode';
import type { DataObject } from '../../vim25/describe';
import type { MethodName, ReturnOf } from '../../vim25/methods';
import { nodeOf, slotIn, unreadValue } from '../../vim25/node-of';
import {
  complete,
  dynamicNode,
  envelopeOf,
  isReadable,
  isXsdName,
  malformedText,
  type Node,
  type Shape,
  type Slot,
  vimNode,
  xsdNode,
} from '../../vim25/shapes';
import { VsphereError } from '../../vim25/vsphere-error';
import { ATTRIBUTES } from './to-soap';

const TEXT = '$value';

type Read = Readonly<Record<string, unknown>>;

/** Converts the result that `soap` gives to a callback: the content of the response element. */
export function resultOf<M extends MethodName>(method: M, result: unknown): Answer<M> {
  const envelope = envelopeOf(method).node;
  const response = slotNode(slotNode(envelope, 'Body'), `${method}Response`);
  const value = convert(response, result ?? {}, `${method}Response`) as { readonly returnval?: unknown };
  return { kind: 'Result', value: value.returnval as ReturnOf<M> };
}

/** Converts the Fault element in an error of `soap`. */
export function faultOf(method: MethodName, fault: unknown): Answer<never> {
  const node = slotNode(slotNode(envelopeOf(method).node, 'Body'), 'Fault');
  return faultAnswer(convert(node, fault, 'Fault') as Record<string, unknown>);
}

function slotNode(node: Node, name: string): Node {
  return (node.kind === 'shape' ? node.shape.slots.get(name)?.node : undefined) ?? dynamicNode;
}

function convert(declared: Node, value: unknown, local: string): unknown {
  const attributes = attributesOf(value);
  const node = nodeOf(declared, typeOf(attributes), local);
  switch (node.kind) {
    case 'scalar':
      return node.parse(textOf(value));
    case 'ref':
      return { type: readable(attributes.type ?? ''), value: textOf(value) };
    case 'array':
      return childrenOf(value).flatMap(([name, items]) => items.map((item) => convert(node.item, item, name)));
    case 'shape':
      return object(node.shape, node.xsiType, value);
    case 'dynamic':
      return dynamic(node.xsiType, value, attributes.type ?? '', declared);
    case 'any':
    case 'object':
      return textOf(value);
  }
}

function object(shape: Shape, xsiType: string | undefined, value: unknown): Record<string, unknown> {
  const made: Record<string, unknown> = xsiType === undefined ? {} : { xsiType };
  for (const [name, items] of childrenOf(value)) {
    const slot = slotIn(shape, name, made);
    if (slot === undefined) continue;
    const all = items.map((item) => inSlot(slot, item, name)).filter((item) => item !== undefined);
    if (all.length === 0) continue;
    made[slot.name] = slot.many ? all : all.at(-1);
  }
  complete(shape, made);
  return made;
}

/** As the decoder does: what is wrong inside a value is its own trouble (R14). */
function inSlot(slot: Slot, item: unknown, name: string): unknown {
  if (slot.unreadable === undefined) return convert(slot.node, item, name);
  try {
    return convert(slot.node, item, name);
  } catch (error) {
    if (!(error instanceof VsphereError)) throw error;
    if (slot.unreadable === 'Absent') return undefined;
    return unreadValue(nodeOf(slot.node, typeOf(attributesOf(item)), name), slot, error.message);
  }
}

function dynamic(xsiType: string | undefined, value: unknown, refType: string, declared: Node): unknown {
  const children = childrenOf(value);
  if (children.length === 0) {
    const text = textOf(value);
    if (xsiType !== undefined && (declared.kind === 'object' || text.trim() === '')) return { xsiType };
    return refType === '' ? text : { type: readable(refType), value: text };
  }
  const made: Record<string, unknown> = { xsiType: xsiType ?? '' };
  for (const [name, items] of children) {
    const all = items.map((item) => convert(dynamicNode, item, name));
    made[name] = all.length === 1 ? all[0] : all;
  }
  return made as DataObject;
}

function childrenOf(value: unknown): readonly (readonly [string, readonly unknown[]])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value as Read)
    .filter(([name]) => name !== ATTRIBUTES && name !== TEXT && name !== '__proto__' && name !== 'xsiType')
    .map(([name, item]) => [name, Array.isArray(item) ? item : [item]] as const);
}

function attributesOf(value: unknown): Readonly<Record<string, string>> {
  const attributes = typeof value === 'object' && value !== null ? (value as Read)[ATTRIBUTES] : undefined;
  return (attributes as Readonly<Record<string, string>> | undefined) ?? {};
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return readable(value);
  const text = typeof value === 'object' && value !== null ? (value as Read)[TEXT] : undefined;
  return typeof text === 'string' ? readable(text) : '';
}

/** `soap` lets pass what XML forbids. */
function readable(text: string): string {
  if (text.length > LONGEST_TEXT) throw malformedText(`it is longer than ${LONGEST_TEXT} characters`);
  if (!isReadable(text)) throw malformedText('disallowed character');
  return text;
}

/**
 * `soap` drops the namespaces of prefixes, so the name decides: types of xsd are lower case, those of vim25 are not.
 */
function typeOf(attributes: Readonly<Record<string, string>>): Node | undefined {
  const name = Object.keys(attributes).find((attribute) => attribute.endsWith(':type'));
  const word = name === undefined ? undefined : attributes[name];
  if (word === undefined) return undefined;
  const local = word.slice(word.indexOf(':') + 1);
  return isXsdName(local) ? xsdNode(local) : vimNode(local);
}
