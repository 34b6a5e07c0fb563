/** Reads VmGroups, and what belongs to VCenter objects, from files of one or more YAML documents. */
import { createReadStream } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, type YAMLSeq } from 'yaml';
import type { VmGroup } from '../../../api/vm-group';
import { documentsOf, YamlRefused } from '../../../vmgroup/act/bounded-yaml';
import { boundedText, TextTooLarge } from '../bounded-text';
import { type Fields, isFields } from './fields';
import { readDocument } from './given-object';
import type { Given, Manifest, NamespaceManifest, SecretManifest, VCenterManifest } from './manifest';
import { ManifestError } from './manifest-error';
import { LARGEST_PART, type ManifestPart, ManifestParts } from './manifest-parts';
import { refusedChanges } from './refused-changes';
import { ToldProblems } from './told-problems';

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
  readonly vcenters: readonly VCenterManifest[];
  /** For VCenters only: without one each is a problem. */
  readonly secrets: readonly SecretManifest[];
  readonly namespaces: readonly NamespaceManifest[];
  /** As `problems`, where there are VCenter objects. */
  readonly problemsWithVCenters: readonly string[];
  /** There is a document that is meant to be a VCenter. It may be a problem. */
  readonly hasVCenters: boolean;
}

export const NOTHING_GIVEN: ReadManifests = {
  ...{ manifests: [], problems: [], vcenters: [], secrets: [], namespaces: [], problemsWithVCenters: [] },
  hasVCenters: false,
};

/** Of a file, in bytes: a stream without an end has one then. Of its documents only what is planned is kept. */
const LARGEST_FILE = 1024 * 1024 * 1024;
/** Of all that is kept, in characters. A VmGroup needs at most some 0.3 MiB. */
const MOST_KEPT = 256 * 1024 * 1024;
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
  const problems = new ToldProblems();
  const found = new Map<string, Given>();
  const reading = { problems, namespace, hasVCenters: false };
  let kept = 0;
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file;
    const before = problems.count;
    let last = 'the beginning';
    let count = 0;
    const text = boundedText(file === '-' ? standardInput() : createReadStream(file), LARGEST_FILE);
    try {
      for await (const given of givenIn(name, text, reading)) {
        count += 1;
        const { source } = given.object;
        last = titleOfGiven(given);
        const first = found.get(last);
        const size = JSON.stringify(given).length;
        if (first !== undefined)
          problems.add([`${source}: ${last} is in ${first.object.source} already; leave one of them out`]);
        else if (kept + size > mostKept)
          problems.add([
            `${source}: ${last} does not fit beside those before it, which fill ${mostKept / 1024 / 1024} MiB: plan it by itself`,
          ]);
        else {
          kept += size;
          found.set(last, given);
        }
      }
    } catch (error) {
      const where =
        error instanceof TextTooLarge ? `: what follows ${last} is not read; plan fewer VmGroups at once` : '';
      problems.add([`${file}: ${reasonOf(error)}${where}`]);
    }
    if (count === 0 && problems.count === before) problems.add([`${file}: holds no VmGroup`]);
  }
  return {
    ...byKind([...found.values()]),
    problems: problems.told('WithoutVCenters'),
    problemsWithVCenters: problems.told('WithVCenters'),
    hasVCenters: reading.hasVCenters,
  };
}

interface Reading {
  readonly problems: ToldProblems;
  /** Of manifests that name none. */
  readonly namespace: string;
  hasVCenters: boolean;
}

function byKind(all: readonly Given[]) {
  const objectsOf = <K extends Given['kind']>(kind: K) =>
    all.flatMap((given) =>
      given.kind === kind ? [given.object as Extract<Given, { readonly kind: K }>['object']] : [],
    );
  return {
    manifests: objectsOf('VmGroup'),
    vcenters: objectsOf('VCenter'),
    secrets: objectsOf('Secret'),
    namespaces: objectsOf('Namespace'),
  };
}

/** Such as VmGroup shop/web. */
function titleOfGiven({ kind, object }: Given): string {
  if ('vcenter' in object) return `${kind} ${object.vcenter.metadata.name}`;
  return 'namespace' in object ? `${kind} ${object.namespace}/${object.name}` : `${kind} ${object.name}`;
}

/** The VmGroups of one text; what is wrong is added to `problems`. */
export function parseManifests(
  file: string,
  text: string,
  defaultNamespace: string,
  problems: string[],
): readonly Manifest[] {
  const reading = { problems: new ToldProblems(), namespace: defaultNamespace, hasVCenters: false };
  const parts = new ManifestParts();
  const all = [...parts.push(text), ...parts.end()];
  const { manifests } = byKind(all.flatMap((part) => [...givenInPart(part, file, reading)]));
  problems.push(...reading.problems.told('WithoutVCenters'));
  return manifests;
}

async function* givenIn(file: string, text: AsyncIterable<string>, reading: Reading): AsyncGenerator<Given> {
  const parts = new ManifestParts();
  for await (const chunk of text) for (const part of parts.push(chunk)) yield* givenInPart(part, file, reading);
  for (const part of parts.end()) yield* givenInPart(part, file, reading);
}

function* givenInPart(part: ManifestPart, file: string, reading: Reading): Generator<Given> {
  const { problems } = reading;
  const lines = new LineCounter();
  const placeAt = (offset: number) => `${file}:${part.line - 1 + Math.max(1, lines.linePos(offset).line)}`;
  if (part.text === undefined) {
    const limit = `${LARGEST_PART / 1024 / 1024} MiB`;
    problems.add([
      `${file}:${part.line}: ${partTitle(part)}has more than ${limit}: it cannot be planned; make it smaller`,
    ]);
    return;
  }
  try {
    for (const document of documentsOf(part.text, lines, 'Kubectl')) {
      for (const node of itemsOf(document.contents, part.kind)) {
        const source = placeAt(node.range[0]);
        // All that aliases stand for is bounded already.
        const value: unknown = node.toJS(document, { maxAliasCount: -1 });
        const read = readDocument(value, source, reading.namespace);
        const title = `${source}: ${titleOf(value)}`;
        reading.hasVCenters ||= read.isVCenter;
        const told = (texts: readonly string[]) => texts.map((problem) => `${title}${problem}`);
        if (read.withoutVCenters === undefined) problems.add(told(read.problems));
        else {
          problems.add(told([read.withoutVCenters]), 'WithoutVCenters');
          problems.add(told(read.problems), 'WithVCenters');
        }
        if (read.given !== undefined) yield read.given;
      }
    }
  } catch (error) {
    if (!(error instanceof YamlRefused)) throw error;
    const title = part.kind === 'Item' ? partTitle(part) : '';
    // R10: the message may hold words of the text.
    const why = MAY_BE_SECRET.test(part.text) ? 'it is a Secret, so nothing of it is shown' : error.message;
    problems.add([`${placeAt(error.at)}: ${title}is not YAML that can be read: ${why}`]);
  }
}

const MAY_BE_SECRET = /\bkind["']?\s*:\s*["']?Secret\b/;

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
