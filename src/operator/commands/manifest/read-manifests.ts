/** Reads VmGroups from files of one or more YAML documents. */
import { createReadStream } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type ParsedNode } from 'yaml';
import { withDefaultsOfVmGroup } from '../../../../imports/vmgroup-rules';
import { VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../../api/vm-group';
import { shown } from '../../../constructs/value-bounds';
import { problemsOfVmGroup } from '../../../constructs/vm-group-problems';
import { documentsOf, YamlRefused } from '../../../vmgroup/act/bounded-yaml';
import { boundedText } from './bounded-text';
import { type Fields, isFields } from './fields';
import { ManifestError } from './manifest-error';
import { refusedChanges } from './refused-changes';

/** One VmGroup of a file, with the defaults that the API server would fill in. */
export interface Manifest {
  /** File and line, as in web.yaml:12. */
  readonly source: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
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

/** Of a file, in bytes. Reading takes up to 4 s per MiB where somebody wants it to. */
const LARGEST_FILE = 4 * 1024 * 1024;
/** More than a person reads. What follows is not read. */
const MOST_PROBLEMS = 100;

/** Reads and checks all files. Throws a ManifestError that names the problems of all files, up to 100. */
export async function readManifests(options: ReadManifestsOptions): Promise<readonly Manifest[]> {
  const problems: string[] = [];
  const manifests: Manifest[] = [];
  for (const file of options.files) {
    if (problems.length >= MOST_PROBLEMS) break;
    const text = await readText(file, options.standardInput).catch((error: unknown) => {
      problems.push(`${file}: ${reasonOf(error)}`);
      return undefined;
    });
    if (text === undefined) continue;
    const before = problems.length;
    const found = parseManifests(file === '-' ? 'standard input' : file, text, options.namespace, problems);
    if (found.length === 0 && problems.length === before) problems.push(`${file}: holds no VmGroup`);
    manifests.push(...found);
  }
  const sources = new Map<string, string>();
  for (const { namespace, name, source } of manifests) {
    const key = `${namespace}/${name}`;
    const first = sources.get(key);
    if (first !== undefined) problems.push(`${source}: VmGroup ${key} is in ${first} already; leave one of them out`);
    else sources.set(key, source);
  }
  if (problems.length > MOST_PROBLEMS)
    throw new ManifestError([...problems.slice(0, MOST_PROBLEMS), 'and more problems: correct these first']);
  if (problems.length > 0) throw new ManifestError(problems);
  return manifests;
}

/** The VmGroups of one text; what is wrong is added to `problems`. */
export function parseManifests(
  file: string,
  text: string,
  defaultNamespace: string,
  problems: string[],
): readonly Manifest[] {
  const lines = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const manifests: Manifest[] = [];
  try {
    for (const document of documentsOf(text, lines)) {
      for (const node of itemsOf(document.contents)) {
        const source = `${file}:${lineAt(node.range[0])}`;
        // All that aliases stand for is bounded already.
        const value: unknown = node.toJS(document, { maxAliasCount: -1 });
        const wrong = problemsOf(value);
        if (wrong.length > 0) problems.push(...wrong.map((problem) => `${source}: ${titleOf(value)}${problem}`));
        else manifests.push(manifestOf(source, value, defaultNamespace));
        if (problems.length > MOST_PROBLEMS) return manifests;
      }
    }
  } catch (error) {
    if (!(error instanceof YamlRefused)) throw error;
    problems.push(`${file}:${lineAt(error.at)}: is not YAML that can be read: ${error.message}`);
  }
  return manifests;
}

/** The items of a List, as `kubectl get -o yaml` prints it, else the document itself. An empty document has none. */
function itemsOf(node: ParsedNode | null): readonly ParsedNode[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) return [node];
  const field = (name: string) => node.items.find(({ key }) => isScalar(key) && key.value === name)?.value;
  const [kind, items] = [field('kind'), field('items')];
  if (!isScalar(kind) || kind.value !== 'List') return [node];
  return isSeq(items)
    ? items.items.flatMap((item) => (isScalar(item) || isMap(item) || isSeq(item) ? [item] : []))
    : [];
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
  return { source, name, namespace, labels, annotations, spec };
}

/** What the API server would refuse when an existing group is changed. */
export function problemsOfChange(manifest: Manifest, stored: VmGroup): readonly string[] {
  const title = `${manifest.source}: VmGroup ${manifest.namespace}/${manifest.name}`;
  return refusedChanges(stored.spec, manifest.spec).map((problem) => `${title}: ${problem}`);
}

/** Of a kind, or of a name. */
const LONGEST_TITLE = 63;

function titleOf(value: unknown): string {
  const metadata: Fields = isFields(value) && isFields(value.metadata) ? value.metadata : {};
  const kind = isFields(value) && typeof value.kind === 'string' ? value.kind.slice(0, LONGEST_TITLE) : 'document';
  return typeof metadata.name === 'string' ? `${kind} ${metadata.name.slice(0, LONGEST_TITLE)}: ` : '';
}

async function readText(file: string, standardInput: ReadManifestsOptions['standardInput']): Promise<string> {
  return boundedText(file === '-' ? standardInput() : createReadStream(file), LARGEST_FILE);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file: correct the name after -f';
  if (code === 'EISDIR') return 'is a folder: name its files';
  return error instanceof Error ? error.message : String(error);
}
