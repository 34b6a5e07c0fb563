/** The metadata of a guest, a YAML mapping that a person wrote: which of the fields that every guest needs it lacks. */
import { hash } from 'node:crypto';
import { isMap, isScalar, LineCounter, type ParsedNode } from 'yaml';
import { documentsOf, YamlRefused } from './bounded-yaml';
import { GuestDataError } from './guest-data-error';

/**
 * In bytes, also once the variables are replaced. cloud-init's metadata is a name and a network configuration: a few KiB.
 */
const LARGEST_METADATA_BYTES = 16 * 1024;

/** What a guest gets unless its metadata gives it; the variables are replaced later. */
const WANTED: readonly Pair[] = [
  ['instance-id', '"$(vm.instanceUuid)"'],
  ['local-hostname', '"$(vm.hostname)"'],
];

/** A key, and its value as one line of YAML. */
type Pair = readonly [key: string, value: string];

/** What to insert into a text, and where. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

type Verdict =
  | { readonly kind: 'Taken'; readonly insertion: Insertion }
  | { readonly kind: 'Refused'; readonly error: GuestDataError };

const MOST_VERDICTS = 1_000;

/**
 * Completes metadata. A text is parsed once, not once per replica, because parsing takes long where somebody wants it to
 * (R9). Texts come from Secrets too, so none is kept (R10): only its digest and what was found.
 */
export class GuestMetadata {
  readonly #verdicts = new Map<string, Verdict>();

  /** The text, its variables not replaced yet, with instance-id and local-hostname. Throws a GuestDataError. */
  completed(text: string): string {
    // Before anything else is done with it.
    refuseLargeMetadata(text);
    const verdict = this.#verdictOn(text);
    if (verdict.kind === 'Refused') throw verdict.error;
    return inserted(text, verdict.insertion);
  }

  #verdictOn(text: string): Verdict {
    const digest = hash('sha256', text);
    const known = this.#verdicts.get(digest);
    if (known !== undefined) return known;
    const verdict = verdictOn(text);
    const [oldest] = this.#verdicts.keys();
    if (oldest !== undefined && this.#verdicts.size >= MOST_VERDICTS) this.#verdicts.delete(oldest);
    this.#verdicts.set(digest, verdict);
    return verdict;
  }
}

export function refuseLargeMetadata(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= LARGEST_METADATA_BYTES) return;
  throw new GuestDataError(
    'GuestDataTooLarge',
    `spec.guest.cloudInit.metadata has ${bytes} bytes: give at most ${LARGEST_METADATA_BYTES}, and the rest as userData`,
  );
}

function verdictOn(text: string): Verdict {
  const lines = new LineCounter();
  try {
    return { kind: 'Taken', insertion: verifiedInsertion(text, WANTED, lines) };
  } catch (error) {
    if (error instanceof GuestDataError) return { kind: 'Refused', error };
    if (!(error instanceof YamlRefused)) throw error;
    // R10: the message of the package may hold words of the text.
    return { kind: 'Refused', error: notAMapping(` (line ${Math.max(1, lines.linePos(error.at).line)})`) };
  }
}

/**
 * Metadata of a replica, completed already, with its network configuration. The same text if a person gave it a network: what
 * people write wins. Throws a GuestDataError.
 */
export function withNetwork(text: string, configuration: string): string {
  const lines = new LineCounter();
  try {
    return inserted(text, verifiedInsertion(text, [['network', configuration]], lines));
  } catch (error) {
    if (error instanceof YamlRefused) throw notAMapping('');
    throw error;
  }
}

/** What is written between the lines of a stranger is read once more. */
function verifiedInsertion(text: string, wanted: readonly Pair[], lines: LineCounter): Insertion {
  const insertion = insertionFor(text, wanted, lines);
  const keys = keysOf(mappingOf(inserted(text, insertion), new LineCounter()));
  if (wanted.some(([key]) => !keys.includes(key))) throw new YamlRefused('not completed', insertion.at);
  return insertion;
}

function inserted(text: string, { at, text: added }: Insertion): string {
  return text.slice(0, at) + added + text.slice(at);
}

function insertionFor(text: string, wanted: readonly Pair[], lines: LineCounter): Insertion {
  const pairs = wanted.map(([key, value]) => `${key}: ${value}`);
  if (text.trim() === '')
    return { at: text.length, text: `${text.endsWith('\n') || text === '' ? '' : '\n'}${pairs.join('\n')}\n` };
  const mapping = mappingOf(text, lines);
  const known = keysOf(mapping);
  const missing = wanted.filter(([key]) => !known.includes(key)).map(([key, value]) => `"${key}": ${value}`);
  const [first] = mapping.items;
  const start = mapping.range[0];
  if (missing.length === 0) return { at: start, text: '' };
  if (mapping.flow === true || first === undefined)
    return { at: start + 1, text: `${missing.join(', ')}${first === undefined ? '' : ', '}` };
  // Before the first key, as far to the right as that one.
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (indent.trim() !== '')
    throw new GuestDataError(
      'GuestDataInvalid',
      'spec.guest.cloudInit.metadata cannot be completed: begin it with a line such as "local-hostname: web", or give it instance-id and local-hostname',
    );
  return { at: start, text: missing.map((pair) => `${pair}\n${indent}`).join('') };
}

function mappingOf(text: string, lines: LineCounter) {
  const [document, further] = documentsOf(text, lines);
  if (document === undefined || !isMap<ParsedNode, ParsedNode | null>(document.contents)) throw notAMapping('');
  if (further !== undefined) throw notAMapping(' but several documents');
  return document.contents;
}

function keysOf(mapping: ReturnType<typeof mappingOf>): readonly unknown[] {
  return mapping.items.map(({ key }) => (isScalar(key) ? key.value : undefined));
}

function notAMapping(where: string): GuestDataError {
  return new GuestDataError(
    'GuestDataInvalid',
    `spec.guest.cloudInit.metadata is not a YAML mapping${where}: give lines such as "local-hostname: web"`,
  );
}
