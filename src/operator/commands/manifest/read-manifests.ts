/** Reads VmGroups from files of one or more YAML documents. */
import { createReadStream } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, type YAMLSeq } from 'yaml';
import { withDefaultsOfVmGroup } from '../../../../imports/vmgroup-rules';
import { Annotation, VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../../api/vm-group';
import { shown } from '../../../constructs/value-bounds';
import { problemsOfVmGroup } from '../../../constructs/vm-group-problems';
import { documentsOf, YamlRefused } from '../../../vmgroup/act/bounded-yaml';
import { boundedText, TextTooLarge } from './bounded-text';
import { type Fields, isFields } from './fields';
import { ManifestError } from './manifest-error';
import { LARGEST_PART, type ManifestPart, ManifestParts } from './manifest-parts';
import { refusedChanges } from './refused-changes';

/** One VmGroup of a file, with the defaults that the API server would fill in. */
export interface Manifest {
  /** File and line, as in web.yaml:12. */
  readonly source: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Those that the operator knows. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: VmGroupSpec;
}

export interface ReadManifestsOptions {
  /** File names; `-` is standard input. */
  readonly files: readonly string[];
  /** Namespace of manifests that name none. */
  readonly namespace: string;
  readonly standardInput: () => AsyncIterable<Uint8Array | string>;
}

/** What was read. A document with a problem is left out; the others are there. */
export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  /** One line each, with file, field, value and remedy. At most 100, and a line with the number of the others. */
  readonly problems: readonly string[];
}

/** Of a file, in bytes: a stream without an end has one then. Of its documents only what is planned is kept. */
const LARGEST_FILE = 1024 * 1024 * 1024;
/** Of all that is kept, in characters. A VmGroup needs at most some 0.3 MiB. */
const MOST_KEPT = 256 * 1024 * 1024;
/** More than a person reads. */
const MOST_PROBLEMS = 100;

/** Reads and checks all files. Throws a ManifestError that names the problems of all files, up to 100. */
export async function readManifests(options: ReadManifestsOptions): Promise<readonly Manifest[]> {
  const { manifests, problems } = await readEachManifest(options);
  if (problems.length > 0) throw new ManifestError(problems);
  return manifests;
}

/** The same, and each document stands for itself: no text of one keeps another from being read (R14). */
export async function readEachManifest(
  { files, namespace, standardInput }: ReadManifestsOptions,
  mostKept = MOST_KEPT,
): Promise<ReadManifests> {
  const problems = new Problems();
  const manifests = new Map<string, Manifest>();
  let kept = 0;
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file;
    const before = problems.count;
    let last = 'the beginning';
    let found = 0;
    const text = boundedText(file === '-' ? standardInput() : createReadStream(file), LARGEST_FILE);
    try {
      for await (const manifest of manifestsOf(name, text, namespace, problems)) {
        found += 1;
        const key = `${manifest.namespace}/${manifest.name}`;
        last = `VmGroup ${key}`;
        const first = manifests.get(key);
        const size = JSON.stringify(manifest).length;
        if (first !== undefined)
          problems.add(`${manifest.source}: ${last} is in ${first.source} already; leave one of them out`);
        else if (kept + size > mostKept)
          problems.add(
            `${manifest.source}: ${last} does not fit beside those before it, which fill ${mostKept / 1024 / 1024} MiB: plan it by itself`,
          );
        else {
          kept += size;
          manifests.set(key, manifest);
        }
      }
    } catch (error) {
      const where =
        error instanceof TextTooLarge ? `: what follows ${last} is not read; plan fewer VmGroups at once` : '';
      problems.add(`${file}: ${reasonOf(error)}${where}`);
    }
    if (found === 0 && problems.count === before) problems.add(`${file}: holds no VmGroup`);
  }
  return { manifests: [...manifests.values()], problems: problems.told };
}

/** The first ones, and how many more there are: each costs no more than its document. */
class Problems {
  readonly #first: string[] = [];
  count = 0;

  add(...problems: readonly string[]): void {
    this.count += problems.length;
    this.#first.push(...problems.slice(0, Math.max(0, MOST_PROBLEMS - this.#first.length)));
  }

  get told(): readonly string[] {
    const more = this.count - this.#first.length;
    return more === 0 ? this.#first : [...this.#first, `and ${more} more problems: correct these first`];
  }
}

/** The VmGroups of one text; what is wrong is added to `problems`. */
export function parseManifests(
  file: string,
  text: string,
  defaultNamespace: string,
  problems: string[],
): readonly Manifest[] {
  const found = new Problems();
  const parts = new ManifestParts();
  const all = [...parts.push(text), ...parts.end()];
  const manifests = all.flatMap((part) => [...manifestsIn(part, file, defaultNamespace, found)]);
  problems.push(...found.told);
  return manifests;
}

async function* manifestsOf(
  file: string,
  text: AsyncIterable<string>,
  defaultNamespace: string,
  problems: Problems,
): AsyncGenerator<Manifest> {
  const parts = new ManifestParts();
  for await (const chunk of text)
    for (const part of parts.push(chunk)) yield* manifestsIn(part, file, defaultNamespace, problems);
  for (const part of parts.end()) yield* manifestsIn(part, file, defaultNamespace, problems);
}

function* manifestsIn(
  part: ManifestPart,
  file: string,
  defaultNamespace: string,
  problems: Problems,
): Generator<Manifest> {
  const lines = new LineCounter();
  const placeAt = (offset: number) => `${file}:${part.line - 1 + Math.max(1, lines.linePos(offset).line)}`;
  if (part.text === undefined) {
    const limit = `${LARGEST_PART / 1024 / 1024} MiB`;
    problems.add(
      `${file}:${part.line}: ${partTitle(part)}has more than ${limit}: it cannot be planned; make it smaller`,
    );
    return;
  }
  try {
    for (const document of documentsOf(part.text, lines)) {
      for (const node of itemsOf(document.contents, part.kind)) {
        const source = placeAt(node.range[0]);
        // All that aliases stand for is bounded already.
        const value: unknown = node.toJS(document, { maxAliasCount: -1 });
        const wrong = problemsOf(value);
        if (wrong.length > 0) problems.add(...wrong.map((problem) => `${source}: ${titleOf(value)}${problem}`));
        else yield manifestOf(source, value, defaultNamespace);
      }
    }
  } catch (error) {
    if (!(error instanceof YamlRefused)) throw error;
    const title = part.kind === 'Item' ? partTitle(part) : '';
    problems.add(`${placeAt(error.at)}: ${title}is not YAML that can be read: ${error.message}`);
  }
}

/** Of an item that was not parsed. */
function partTitle({ item, name }: ManifestPart): string {
  const number = item === undefined ? '' : `item ${item} of the List`;
  const title = [name === undefined ? '' : `VmGroup ${name.slice(0, LONGEST_KEY)}`, number].filter(
    (text) => text !== '',
  );
  return title.length === 0 ? '' : `${title.join(', ')}: `;
}

/** The items of a List, as `kubectl get -o yaml` prints it, else the document itself. An empty document has none. */
function itemsOf(node: ParsedNode | null, part: ManifestPart['kind']): readonly ParsedNode[] {
  // An item of a block List still has its dash.
  if (part === 'Item' && isSeq(node)) return nodesIn(node);
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) return [node];
  const field = (name: string) => node.items.find(({ key }) => isScalar(key) && key.value === name)?.value;
  const [kind, items] = [field('kind'), field('items')];
  if (!isScalar(kind) || kind.value !== 'List') return [node];
  return isSeq(items) ? nodesIn(items) : [];
}

function nodesIn({ items }: YAMLSeq): readonly ParsedNode[] {
  return items.flatMap((item) => (isScalar(item) || isMap(item) || isSeq(item) ? [item as ParsedNode] : []));
}

function problemsOf(value: unknown): readonly string[] {
  if (!isFields(value)) return ['is not a mapping: write apiVersion, kind, metadata and spec of a VmGroup'];
  const { apiVersion, kind } = VM_GROUP_RESOURCE;
  if (value.kind !== kind) return [`kind is ${shown(value.kind)}: only ${kind} can be planned; leave it out`];
  if (value.apiVersion !== apiVersion) return [`apiVersion is ${shown(value.apiVersion)}: give ${apiVersion}`];
  return problemsOfVmGroup(value);
}

function manifestOf(source: string, value: unknown, defaultNamespace: string): Manifest {
  // The value has passed the schema, the rules and the checks of names.
  const { metadata, spec } = withDefaultsOfVmGroup(value) as VmGroup;
  const {
    name,
    namespace = defaultNamespace,
    labels = {},
    annotations = {},
  } = metadata as Partial<VmGroup['metadata']> & {
    readonly name: string;
  };
  const ours = Object.fromEntries(
    Object.values(Annotation).flatMap((key) => (annotations[key] === undefined ? [] : [[key, annotations[key]]])),
  );
  // New texts: those of the parser are parts of the whole document, and would keep it in memory.
  return JSON.parse(JSON.stringify({ source, name, namespace, labels, annotations: ours, spec })) as Manifest;
}

/** What the API server would refuse when an existing group is changed. */
export function problemsOfChange(manifest: Manifest, stored: VmGroup): readonly string[] {
  const title = `${manifest.source}: VmGroup ${manifest.namespace}/${manifest.name}`;
  return refusedChanges(stored.spec, manifest.spec).map((problem) => `${title}: ${problem}`);
}

/** Of a kind, or of a name. */
const LONGEST_TITLE = 63;
/** Of namespace/name. */
const LONGEST_KEY = 127;

function titleOf(value: unknown): string {
  const metadata: Fields = isFields(value) && isFields(value.metadata) ? value.metadata : {};
  const kind = isFields(value) && typeof value.kind === 'string' ? value.kind.slice(0, LONGEST_TITLE) : 'document';
  return typeof metadata.name === 'string' ? `${kind} ${metadata.name.slice(0, LONGEST_TITLE)}: ` : '';
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file: correct the name after -f';
  if (code === 'EISDIR') return 'is a folder: name its files';
  return error instanceof Error ? error.message : String(error);
}
