/**
 * YAML of strangers, read in bounded time and memory (R14). For some short texts the package `yaml` alone takes minutes: it
 * compares each key with all others, makes one text of a key that is a mapping of mappings, makes an error with a stack
 * trace for each character that is wrong, and lets a few aliases stand for billions of values.
 */
import {
  Composer,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
  type Tags,
} from 'yaml';

/** Why a text was not read. The message may hold words of the text (R10). */
export class YamlRefused extends Error {
  override readonly name = 'YamlRefused';
  readonly code = 'YamlRefused';

  constructor(
    message: string,
    /** Offset in the text. */
    readonly at: number,
  ) {
    super(message);
  }
}

/** - Core: YAML 1.2. - Kubectl: YAML 1.1 with merge keys, in which `010` is 8 and `yes` is true; dates stay texts. */
export type YamlForm = 'Core' | 'Kubectl';

/** Deeper than any manifest, and far from the end of the stack. */
const DEEPEST = 64;
/** Of one document: anchors and aliases together. The package looks for the anchor of an alias among all of them. */
const MOST_REFERENCES = 1_000;
/** Of one document: the values that its aliases stand for. */
const MOST_UNFOLDED = 10_000;

/**
 * The documents of a text, one after the other, so that only one is in memory. Each has no error, its keys are texts that
 * differ, and it can be unfolded by `toJS`. Throws YamlRefused at the first mistake, and reads nothing that follows it.
 */
export function* documentsOf(
  text: string,
  lines = new LineCounter(),
  form: YamlForm = 'Core',
): Generator<Document.Parsed> {
  const composer = new FirstErrorComposer(form);
  for (const document of composer.compose(tokensOf(text, lines))) {
    new Unfolding().add(document.contents);
    yield document;
  }
}

function* tokensOf(text: string, lines: LineCounter) {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const parsed = function* () {
    for (const lexeme of new Lexer().lex(text)) {
      // An entry of the stack is a collection, or one more for what is in it.
      if (parser.stack.length > 2 * DEEPEST) throw tooDeep(parser.offset);
      yield* parser.next(lexeme);
    }
    yield* parser.end();
  };
  for (const token of parsed()) {
    if (token.type === 'error') throw new YamlRefused(token.message, token.offset);
    yield token;
  }
}

type OnError = (
  source: number | readonly [number, ...unknown[]] | { readonly offset: number },
  ...told: readonly unknown[]
) => void;

/** The package itself goes on after a mistake. A test tells when its next version does so again. */
class FirstErrorComposer extends Composer {
  #first: YamlRefused | undefined;

  constructor(form: YamlForm) {
    const asKubectl = { version: '1.1', merge: true, customTags: withoutKinds } as const;
    const rest = form === 'Kubectl' ? asKubectl : {};
    super({ prettyErrors: false, uniqueKeys: false, stringKeys: true, logLevel: 'silent', ...rest });
    const onError: OnError = (source, _code, message, isWarning) => {
      if (isWarning === true) return;
      const at = typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0];
      // The package catches it and reports it once more, for each collection around it.
      this.#first ??= new YamlRefused(String(message), at);
      throw this.#first;
    };
    Object.defineProperty(this, 'onError', { value: onError });
  }
}

/** JSON has neither dates nor sets, and kubectl reads no `12:30` as a number. */
function withoutKinds(tags: Tags): Tags {
  const kinds = new Set(['timestamp', 'set', 'omap', 'pairs', 'binary'].map((kind) => `tag:yaml.org,2002:${kind}`));
  return tags.filter((tag) => typeof tag !== 'object' || (!kinds.has(tag.tag) && tag.format !== 'TIME'));
}

function tooDeep(at: number): YamlRefused {
  return new YamlRefused(`Nested deeper than ${DEEPEST} levels`, at);
}

/** Counts what a document is once its aliases are replaced by their values, without replacing them. */
class Unfolding {
  /** By name: the values of the last node with this anchor. Undefined inside of that node. */
  readonly #anchors = new Map<string, number | undefined>();
  #references = 0;
  #unfolded = 0;

  /** Returns the number of values. */
  add(node: ParsedNode | null, depth = 0): number {
    if (node === null) return 1;
    const at = node.range[0];
    if (depth > DEEPEST) throw tooDeep(at);
    if (isAlias(node)) return this.#alias(node.source, at);
    if (node.anchor !== undefined) this.#refer(node.anchor, undefined, at);
    let values = 1;
    if (isMap(node)) checkKeys(node.items.map(({ key }) => key));
    if (isCollection(node))
      for (const item of node.items)
        values += isPair(item)
          ? this.add(item.key, depth + 1) + this.add(item.value, depth + 1)
          : this.add(item, depth + 1);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, values);
    return values;
  }

  #alias(name: string, at: number): number {
    const values = this.#anchors.get(name);
    if (values === undefined)
      throw new YamlRefused(`Unresolved alias (the anchor must end before the alias): ${name}`, at);
    this.#refer(name, values, at);
    this.#unfolded += values;
    if (this.#unfolded > MOST_UNFOLDED)
      throw new YamlRefused(`Aliases stand for more than ${MOST_UNFOLDED} values`, at);
    return values;
  }

  #refer(name: string, values: number | undefined, at: number): void {
    this.#anchors.set(name, values);
    this.#references += 1;
    if (this.#references > MOST_REFERENCES)
      throw new YamlRefused(`More than ${MOST_REFERENCES} anchors and aliases`, at);
  }
}

function checkKeys(keys: readonly ParsedNode[]): void {
  const seen = new Set<unknown>();
  for (const key of keys) {
    if (!isScalar(key)) continue;
    if (seen.has(key.value)) throw new YamlRefused('Map keys must be unique', key.range[0]);
    seen.add(key.value);
  }
}
