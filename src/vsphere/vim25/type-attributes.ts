/**
 * What the attributes of an element say about its type: xsi:type, and the type of a reference. Servers use different
 * prefixes, so prefixes are resolved through the namespaces in scope. Nothing else is done about namespaces, for speed.
 */
import { type Node, vimNode, xsdNode } from './shapes';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XSD = 'http://www.w3.org/2001/XMLSchema';
/** A server could send any number of names; at most this many are kept. */
const MOST_KEPT = 256;

type AttributeKind = 'xmlns' | 'xsiType' | 'refType' | 'other';

const kinds = new Map<string, AttributeKind>();

export class TypeAttributes {
  /** The node for the xsi:type of the element that was read last. */
  typed: Node | undefined;
  /** The attribute `type` of the element that was read last, or an empty text. */
  refType = '';
  readonly #namespaces = new Map<string, string>();
  readonly #undo: { readonly depth: number; readonly prefix: string; readonly before: string | undefined }[] = [];
  /** The nodes for the xsi:type words of this message; words are dropped when their prefix changes its meaning. */
  readonly #words = new Map<string, Node>();

  /** Reads namespaces first: the prefix of a type may be declared after the type in the same element. */
  read(attributes: Readonly<Record<string, string>>, depth: number): void {
    this.typed = undefined;
    this.refType = '';
    let word: string | undefined;
    let wordAttribute = '';
    for (const name in attributes) {
      const value = attributes[name] ?? '';
      switch (kindOf(name)) {
        case 'xmlns':
          this.#declare(name.slice('xmlns:'.length), value, depth);
          break;
        case 'refType':
          this.refType = value;
          break;
        case 'xsiType':
          word = value;
          wordAttribute = name;
          break;
        case 'other':
          break;
      }
    }
    if (word === undefined) return;
    const prefix = wordAttribute.slice(0, wordAttribute.indexOf(':'));
    const uri = this.#namespaces.get(prefix) ?? (prefix === 'xsi' ? XSI : '');
    if (uri === XSI) this.typed = this.#nodeOf(word);
  }

  /** Ends the declarations of an element. `depth` is the depth of its parent. */
  leave(depth: number): void {
    for (let last = this.#undo.at(-1); last !== undefined && last.depth > depth; last = this.#undo.at(-1)) {
      this.#undo.pop();
      if (last.before === undefined) this.#namespaces.delete(last.prefix);
      else this.#namespaces.set(last.prefix, last.before);
      this.#forgetWords(last.prefix);
    }
  }

  #declare(prefix: string, uri: string, depth: number): void {
    const before = this.#namespaces.get(prefix);
    if (before === uri) return;
    this.#undo.push({ depth, prefix, before });
    this.#namespaces.set(prefix, uri);
    this.#forgetWords(prefix);
  }

  #forgetWords(prefix: string): void {
    for (const word of this.#words.keys()) if (prefixOf(word) === prefix) this.#words.delete(word);
  }

  #nodeOf(word: string): Node {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const prefix = prefixOf(word);
    // vcsim uses the prefix xsd in some places without declaring it.
    const uri = this.#namespaces.get(prefix) ?? (prefix === 'xsd' ? XSD : '');
    const local = word.slice(word.indexOf(':') + 1);
    const node = uri === XSD ? xsdNode(local) : vimNode(local);
    if (this.#words.size < MOST_KEPT) this.#words.set(word, node);
    return node;
  }
}

function prefixOf(word: string): string {
  const colon = word.indexOf(':');
  return colon < 0 ? '' : word.slice(0, colon);
}

function kindOf(name: string): AttributeKind {
  const known = kinds.get(name);
  if (known !== undefined) return known;
  const kind = makeKind(name);
  if (kinds.size < MOST_KEPT) kinds.set(name, kind);
  return kind;
}

function makeKind(name: string): AttributeKind {
  if (name === 'type') return 'refType';
  if (name === 'xmlns' || name.startsWith('xmlns:')) return 'xmlns';
  return name.endsWith(':type') ? 'xsiType' : 'other';
}
