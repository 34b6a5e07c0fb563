/**
 * Reads answers in one pass, while they arrive, into objects as the descriptions say. Unknown elements are skipped.
 * Values of unknown types are kept without a check. XML that is cut, malformed or hostile ends in a VsphereError.
 */
import type { SaxesTagPlain } from 'saxes';
import type { ManagedObjectReference } from '../port';
import { checkGap, DEEPEST, LONGEST_TEXT, MOST_ELEMENTS, tooDeep, tooMany } from './answer-limits';
import { AnswerParser } from './answer-parser';
import type { DataObject } from './describe';
import type { MethodName, ReturnOf } from './methods';
import { nodeOf, slotIn, unreadValue } from './node-of';
import { complete, dynamicNode, envelopeOf, malformedAnswer, malformedText, type Node, type Slot } from './shapes';
import { TypeAttributes } from './type-attributes';
import { VsphereError } from './vsphere-error';

/** Of what is skipped: it costs the parser only. */
const DEEPEST_SKIPPED = 10_000;

export type Answer<M extends MethodName> =
  | { readonly kind: 'Result'; readonly value: ReturnOf<M> }
  | { readonly kind: 'Fault'; readonly code: string; readonly text: string; readonly fault?: DataObject };

type Building = Record<string, unknown>;

/** An open element: what it is, where its value goes, and the value so far. Frames are reused, to spare allocations. */
interface Frame {
  slot: Slot;
  node: Node;
  value: Building | unknown[] | undefined;
  refType: string;
  /** What is wrong in its attributes. */
  objection: string | undefined;
  /** Depth of the contained value around this one, if this is one. */
  outer: number;
}

export class AnswerDecoder<M extends MethodName> {
  readonly #parser = new AnswerParser((objection) => {
    this.#objection = objection;
  });
  readonly #method: M;
  readonly #root: Slot;
  readonly #frames: Frame[] = [];
  #depth = 0;
  #skipping = 0;
  #tags = 0;
  /** Characters since the last one that opened an element, in whole chunks. */
  #gap = 0;
  #text = '';
  /** What is wrong in the text or the attributes that come next. */
  #objection: string | undefined;
  /** What is wrong in `#text`. */
  #textObjection: string | undefined;
  #answer: Building | undefined;
  readonly #attributes = new TypeAttributes();
  /** Depth of the value under way whose errors are its own; 0 outside of one. */
  #contained = 0;
  /** What is wrong with it, as far as it was read. */
  #unread: string | undefined;

  constructor(method: M) {
    this.#method = method;
    this.#root = envelopeOf(method);
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('closetag', () => this.#close());
    this.#parser.on('text', (text) => this.#addText(text));
    this.#parser.on('cdata', (text) => this.#addText(text));
    this.#parser.on('doctype', () => {
      throw malformedAnswer('it has a document type, which SOAP forbids');
    });
  }

  write(chunk: string): void {
    const tagsBefore = this.#tags;
    this.#guard(() => this.#parser.write(chunk));
    this.#gap = this.#tags === tagsBefore ? this.#gap + chunk.length : 0;
    checkGap(this.#gap);
  }

  /** The answer, after all of its text was written. Throws if the message was cut: the envelope must be closed. */
  end(): Answer<M> {
    this.#guard(() => this.#parser.close());
    const body = this.#answer?.Body as Building | undefined;
    const fault = body?.Fault as Building | undefined;
    if (fault !== undefined) return faultAnswer(fault);
    const response = body?.[`${this.#method}Response`] as Building | undefined;
    if (response === undefined) throw malformedAnswer(`it has no ${this.#method}Response`);
    return { kind: 'Result', value: response.returnval as ReturnOf<M> };
  }

  #guard(step: () => unknown): void {
    try {
      step();
    } catch (error) {
      throw error instanceof VsphereError
        ? error
        : malformedAnswer(error instanceof Error ? error.message : String(error));
    }
  }

  #addText(text: string): void {
    if (this.#skipping === 0) {
      if (this.#text.length + text.length <= LONGEST_TEXT) this.#text += text;
      else this.#objection ??= `it is longer than ${LONGEST_TEXT} characters`;
      this.#textObjection ??= this.#objection;
    }
    this.#objection = undefined;
  }

  #open(tag: SaxesTagPlain): void {
    const objection = this.#objection;
    this.#objection = undefined;
    this.#tags += 1;
    if (this.#tags > MOST_ELEMENTS) throw tooMany('elements', MOST_ELEMENTS);
    if (this.#skipping >= DEEPEST_SKIPPED) throw tooDeep();
    if (this.#skipping === 0 && this.#depth >= DEEPEST) this.#fail(tooDeep());
    if (this.#skipping > 0 || this.#unread !== undefined) {
      this.#skipping += 1;
      return;
    }
    const local = localName(tag.name);
    const slot = this.#depth === 0 ? this.#rootSlot(local) : this.#slotIn(this.#top(), local);
    if (slot === undefined) {
      this.#skipping = 1;
      return;
    }
    this.#text = '';
    this.#textObjection = undefined;
    const frame = this.#push();
    if (slot.unreadable === 'Told') {
      frame.outer = this.#contained;
      this.#contained = this.#depth;
    }
    frame.slot = slot;
    frame.value = undefined;
    // Attributes mean nothing where the description says the type.
    frame.objection = slot.node.kind === 'shape' ? undefined : objection;
    this.#attributes.read(tag.attributes, this.#depth);
    frame.refType = this.#attributes.refType;
    frame.node = nodeOf(slot.node, this.#attributes.typed, local);
    if (frame.node.kind === 'array') frame.value = [];
    else if (frame.node.kind === 'shape') {
      const value: Building = {};
      if (frame.node.xsiType !== undefined) value.xsiType = frame.node.xsiType;
      frame.value = value;
    }
  }

  #rootSlot(local: string): Slot {
    if (local !== 'Envelope') throw malformedAnswer(`its root element is ${local.slice(0, 40)}, not Envelope`);
    return this.#root;
  }

  #slotIn(parent: Frame, local: string): Slot | undefined {
    switch (parent.node.kind) {
      case 'shape':
        return slotIn(parent.node.shape, local, parent.value as Building);
      case 'array':
        return { name: '', node: parent.node.item, many: true };
      case 'dynamic':
        parent.value ??= parent.node.xsiType === undefined ? { xsiType: '' } : { xsiType: parent.node.xsiType };
        // These names would set the prototype of the object, or its type, instead of a field.
        return local === '__proto__' || local === 'xsiType'
          ? undefined
          : { name: local, node: dynamicNode, many: false };
      default:
        return undefined;
    }
  }

  #close(): void {
    if (this.#skipping > 0) {
      this.#skipping -= 1;
      return;
    }
    const frame = this.#top();
    const value = this.#finished(frame);
    this.#depth -= 1;
    this.#attributes.leave(this.#depth);
    this.#text = '';
    this.#textObjection = undefined;
    if (this.#depth === 0) {
      this.#answer = value as Building;
      return;
    }
    const parent = this.#top().value;
    if (this.#unread !== undefined || value === undefined) return;
    if (Array.isArray(parent)) parent.push(value);
    else if (parent !== undefined) put(parent, frame.slot, value, this.#top().node.kind === 'dynamic');
    frame.value = undefined;
  }

  /** The frame's value. undefined: none can be read, and the object goes on without. */
  #finished(frame: Frame): unknown {
    const { unreadable } = frame.slot;
    if (this.#contained === 0 && unreadable === undefined) return this.#finish(frame);
    let value: unknown;
    try {
      value = this.#unread === undefined ? this.#finish(frame) : undefined;
    } catch (error) {
      if (unreadable === 'Absent' && error instanceof VsphereError) return undefined;
      this.#fail(error);
    }
    if (this.#depth !== this.#contained) return value;
    const found = this.#unread;
    this.#contained = frame.outer;
    this.#unread = undefined;
    return found === undefined ? value : unreadValue(frame.node, frame.slot, found);
  }

  #fail(error: unknown): void {
    if (this.#contained === 0 || !(error instanceof VsphereError)) throw error;
    this.#unread ??= error.message;
  }

  #finish(frame: Frame): unknown {
    const { node } = frame;
    const isText = node.kind !== 'shape' && frame.value === undefined;
    const objection = frame.objection ?? (isText ? this.#textObjection : undefined);
    if (objection !== undefined) throw malformedText(objection);
    switch (node.kind) {
      case 'scalar':
        return node.parse(this.#text);
      case 'ref':
        return { type: frame.refType, value: this.#text } satisfies ManagedObjectReference;
      case 'array':
        return frame.value;
      case 'shape': {
        const value = frame.value as Building;
        complete(node.shape, value);
        return value;
      }
      case 'dynamic':
        if (frame.value !== undefined) return frame.value;
        // `<fault xsi:type="InvalidLogin"/>` is a fault without fields, not an empty text. An enum is never empty.
        if (node.xsiType !== undefined && (frame.slot.node.kind === 'object' || this.#text.trim() === ''))
          return { xsiType: node.xsiType };
        return frame.refType === '' ? this.#text : { type: frame.refType, value: this.#text };
      case 'any':
      case 'object':
        return this.#text;
    }
  }

  #top(): Frame {
    const frame = this.#frames[this.#depth - 1];
    if (frame === undefined) throw malformedAnswer('its elements do not nest');
    return frame;
  }

  #push(): Frame {
    const depth = this.#depth;
    this.#depth += 1;
    const reused = this.#frames[depth];
    if (reused !== undefined) return reused;
    const frame: Frame = {
      slot: this.#root,
      node: dynamicNode,
      value: undefined,
      refType: '',
      objection: undefined,
      outer: 0,
    };
    this.#frames.push(frame);
    return frame;
  }
}

/** Lists that `put` has made of repeated elements, to tell them from values that are lists themselves. */
const gathered = new WeakSet<object>();

function put(parent: Building, slot: Slot, value: unknown, isDynamic: boolean): void {
  const before = parent[slot.name];
  if (slot.many) {
    if (before === undefined) parent[slot.name] = [value];
    else (before as unknown[]).push(value);
  } else if (isDynamic && before !== undefined) {
    // In place: with one copy per item a long list would take seconds.
    if (Array.isArray(before) && gathered.has(before)) before.push(value);
    else {
      const list = [before, value];
      gathered.add(list);
      parent[slot.name] = list;
    }
  } else parent[slot.name] = value;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

export function faultAnswer(fault: Building): Answer<never> {
  const detail = (fault.detail as Building | undefined)?.fault as DataObject | undefined;
  const answer = { kind: 'Fault', code: String(fault.faultcode ?? ''), text: String(fault.faultstring ?? '') } as const;
  return detail === undefined ? answer : { ...answer, fault: detail };
}
