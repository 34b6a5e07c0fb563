/**
 * Cuts a stream of manifests into documents, and a List into its items, so that each is read within bounds of its own: in
 * `kubectl get vg -A -o yaml` the texts of all namespaces are one document. Only one part is in memory.
 */

/** - Frame: a List without its items, which came before. */
export interface ManifestPart {
  readonly kind: 'Document' | 'Item' | 'Frame';
  /** Undefined if it is too large. */
  readonly text: string | undefined;
  /** Number of its first line in the stream. */
  readonly line: number;
  /** Number in its List, from 1. */
  readonly item?: number;
  /** Of an item, NAMESPACE/NAME, where its lines tell it as kubectl writes them. */
  readonly name?: string;
}

/** Of a part, in characters. Reading takes up to 4 s per MiB where somebody wants it to. */
export const LARGEST_PART = 4 * 1024 * 1024;

/** In the metadata of an item. */
const NAME_LINE = /^ {4}(name|namespace): (\S+)\s*$/;
const LONGEST_NAME_LINE = 300;
const NOTHING_YET = /^\s*(#.*)?$/;

export class ManifestParts {
  /** The part of the last line that has come. */
  #rest = '';
  /** A line too long to be kept is dropped to its end. */
  #isInLongLine = false;
  #line = 1;
  #frame = new Gathering(1);
  #item: Gathering | undefined;
  #items = 0;
  #form: 'Start' | 'Block' | 'AfterItemsKey' | 'BlockItems' | 'Flow' = 'Start';
  #hasDirective = false;
  // Of a document in braces, such as JSON.
  #depth = 0;
  #isInText = false;
  #isEscaped = false;

  *push(chunk: string): Generator<ManifestPart> {
    const text = this.#rest + chunk;
    this.#rest = '';
    for (let at = 0; at < text.length; ) {
      if (this.#form === 'Flow') {
        at = yield* this.#flow(text, at);
        continue;
      }
      const end = text.indexOf('\n', at);
      if (this.#form === 'Start' && /^[ \t]*(--- *)?\{/.test(text.slice(at, at + 1_000))) {
        if (text.startsWith('---', at) && !this.#hasDirective) yield* this.#endDocument();
        this.#form = 'Flow';
        continue;
      }
      if (end === -1) {
        this.#keepRest(text.slice(at));
        return;
      }
      yield* this.#takeLine(text.slice(at, end + 1));
      at = end + 1;
    }
  }

  *end(): Generator<ManifestPart> {
    if (this.#rest !== '') yield* this.#takeLine(this.#rest);
    this.#rest = '';
    yield* this.#endDocument();
  }

  #keepRest(rest: string): void {
    if (!this.#isInLongLine && rest.length <= LARGEST_PART) {
      this.#rest = rest;
      return;
    }
    (this.#item ?? this.#frame).drop();
    this.#isInLongLine = true;
  }

  *#takeLine(line: string): Generator<ManifestPart> {
    const number = this.#line;
    this.#line += 1;
    if (this.#isInLongLine) {
      this.#isInLongLine = false;
      return;
    }
    if (/^---(\s|$)/.test(line)) {
      if (!this.#hasDirective) yield* this.#endDocument(number);
      this.#hasDirective = false;
      if (!NOTHING_YET.test(line.slice(3))) this.#form = 'Block';
    } else if (this.#form === 'Start') {
      if (line.startsWith('%')) this.#hasDirective = true;
      else if (!NOTHING_YET.test(line)) this.#form = 'Block';
    }
    yield* this.#place(line, number);
  }

  /** Into the item or around it. Only a line of ours begins at the margin: what others wrote is indented. */
  *#place(line: string, number: number): Generator<ManifestPart> {
    const isItem = /^-\s/.test(line);
    if (isItem && (this.#form === 'AfterItemsKey' || this.#form === 'BlockItems')) {
      yield* this.#endItem();
      this.#form = 'BlockItems';
      this.#item = new Gathering(number);
    } else if (this.#form === 'BlockItems' && /^[^\s#]/.test(line)) {
      yield* this.#endItem();
      this.#form = 'Block';
    }
    (this.#item ?? this.#frame).add(line);
    if (this.#form === 'AfterItemsKey' && !NOTHING_YET.test(line)) this.#form = 'Block';
    if (this.#form === 'Block' && /^items:\s*(#.*)?$/.test(line)) this.#form = 'AfterItemsKey';
  }

  /** Takes a document in braces up to its last one. Returns where it ended, or the end of the text. */
  *#flow(text: string, from: number): Generator<ManifestPart, number> {
    let start = from;
    const gather = (end: number) => {
      (this.#item ?? this.#frame).add(text.slice(start, end));
      start = end;
    };
    for (let at = from; at < text.length; at += 1) {
      const character = text[at];
      if (character === '\n') this.#line += 1;
      if (this.#isInText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (character === '\\') this.#isEscaped = true;
        else if (character === '"') this.#isInText = false;
        continue;
      }
      if (character === '"') this.#isInText = true;
      else if (character === '{') this.#depth += 1;
      else if (character === '[') {
        this.#depth += 1;
        if (this.#depth !== ITEMS_DEPTH || this.#item !== undefined) continue;
        gather(at + 1);
        if (this.#frame.endsWith(/"items"\s*:\s*\[$/)) this.#item = new Gathering(this.#line);
      } else if (character === ',' && this.#item !== undefined && this.#depth === ITEMS_DEPTH) {
        gather(at);
        yield* this.#endItem();
        this.#item = new Gathering(this.#line);
        start = at + 1;
      } else if (character === '}' || character === ']') {
        if (this.#item !== undefined && this.#depth === ITEMS_DEPTH) {
          gather(at);
          yield* this.#endItem();
        }
        this.#depth -= 1;
        if (this.#depth > 0) continue;
        gather(at + 1);
        this.#form = 'Block';
        return at + 1;
      }
    }
    gather(text.length);
    return text.length;
  }

  *#endItem(): Generator<ManifestPart> {
    const item = this.#item;
    this.#item = undefined;
    if (item === undefined || item.isBlank) return;
    this.#items += 1;
    yield { kind: 'Item', ...item.given, item: this.#items };
  }

  *#endDocument(line = this.#line): Generator<ManifestPart> {
    yield* this.#endItem();
    const kind = this.#items > 0 ? 'Frame' : 'Document';
    if (!this.#frame.isBlank) yield { kind, ...this.#frame.given };
    this.#frame = new Gathering(line);
    this.#items = 0;
    this.#form = 'Start';
    [this.#depth, this.#isInText, this.#isEscaped] = [0, false, false];
  }
}

/** Inside the brackets of a field. */
const ITEMS_DEPTH = 2;

/** The text of a part, as long as it is not too large. */
class Gathering {
  #pieces: string[] = [];
  #length = 0;
  #isBlank = true;
  /** Of the metadata: the fields of the spec come later, and what is in an annotation is further in. */
  readonly #names = new Map<string, string>();

  constructor(private readonly line: number) {}

  get isBlank(): boolean {
    return this.#isBlank;
  }

  get given(): Pick<ManifestPart, 'text' | 'line' | 'name'> {
    const [namespace, name] = [this.#names.get('namespace'), this.#names.get('name')];
    return {
      text: this.#length > LARGEST_PART ? undefined : this.#pieces.join(''),
      line: this.line,
      ...(name !== undefined && { name: namespace === undefined ? name : `${namespace}/${name}` }),
    };
  }

  add(piece: string): void {
    this.#length += piece.length;
    const [, key, value] = (piece.length < LONGEST_NAME_LINE && NAME_LINE.exec(piece)) || [];
    if (key !== undefined && value !== undefined && !this.#names.has(key)) this.#names.set(key, value);
    if (this.#isBlank && piece.trim() !== '') this.#isBlank = false;
    if (this.#length > LARGEST_PART) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  drop(): void {
    this.#length = Number.POSITIVE_INFINITY;
    this.#isBlank = false;
    this.#pieces = [];
  }

  endsWith(pattern: RegExp): boolean {
    return pattern.test(this.#pieces.slice(-4).join('').slice(-100));
  }
}
