/** Reads VmGroups from files of one or more YAML documents. */
import { readFile } from 'node:fs/promises';
import { type Document, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseAllDocuments } from 'yaml';
import { withDefaultsOfVmGroup } from '../../../../imports/vmgroup-rules';
import { VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../../api/vm-group';
import { problemsOfVmGroup } from '../../../constructs/vm-group-problems';
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
  readonly readStandardInput: () => Promise<string>;
}

/** Reads and checks all files. Throws a ManifestError that names every problem of every file. */
export async function readManifests(options: ReadManifestsOptions): Promise<readonly Manifest[]> {
  const problems: string[] = [];
  const manifests: Manifest[] = [];
  for (const file of options.files) {
    const text = await readText(file, options.readStandardInput).catch((error: unknown) => {
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
  const manifests: Manifest[] = [];
  for (const document of parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })) {
    const [error] = document.errors;
    if (error !== undefined) {
      problems.push(`${file}:${lines.linePos(error.pos[0]).line}: is not YAML: ${error.message}`);
      continue;
    }
    for (const node of itemsOf(document.contents)) {
      const source = `${file}:${lines.linePos(node.range[0]).line}`;
      const value = contentOf(node, document);
      const wrong = problemsOf(value);
      if (wrong.length > 0) problems.push(...wrong.map((problem) => `${source}: ${titleOf(value)}${problem}`));
      else manifests.push(manifestOf(source, value, defaultNamespace));
    }
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

/** Undefined if its aliases unfold to more than a manifest can hold. */
function contentOf(node: ParsedNode, document: Document.Parsed): unknown {
  try {
    return node.toJS(document, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function problemsOf(value: unknown): readonly string[] {
  if (!isFields(value)) return ['is not a mapping: write apiVersion, kind, metadata and spec of a VmGroup'];
  const { apiVersion, kind } = VM_GROUP_RESOURCE;
  if (value.kind !== kind) return [`kind is ${JSON.stringify(value.kind)}: only ${kind} can be planned; leave it out`];
  if (value.apiVersion !== apiVersion) return [`apiVersion is ${JSON.stringify(value.apiVersion)}: give ${apiVersion}`];
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

function titleOf(value: unknown): string {
  const metadata: Fields = isFields(value) && isFields(value.metadata) ? value.metadata : {};
  const kind = isFields(value) && typeof value.kind === 'string' ? value.kind : 'document';
  return typeof metadata.name === 'string' ? `${kind} ${metadata.name}: ` : '';
}

async function readText(file: string, readStandardInput: () => Promise<string>): Promise<string> {
  return file === '-' ? await readStandardInput() : await readFile(file, 'utf8');
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file: correct the name after -f';
  if (code === 'EISDIR') return 'is a folder: name its files';
  return error instanceof Error ? error.message : String(error);
}
