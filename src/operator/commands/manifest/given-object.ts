/** One document of a manifest: what is wrong with it, and what is taken from it. */
import { withDefaultsOfVmGroup } from '../../../../imports/vmgroup-rules';
import { readableVCenter } from '../../../api/readable-vcenter';
import { VCENTER_RESOURCE, type VCenter } from '../../../api/vcenter';
import { Annotation, VM_GROUP_RESOURCE, type VmGroup } from '../../../api/vm-group';
import { shown } from '../../../constructs/value-bounds';
import { problemsOfVCenter } from '../../../constructs/vcenter-problems';
import { problemsOfVmGroup } from '../../../constructs/vm-group-problems';
import { ACCOUNT_KEYS } from '../../../vcenter/secret-account';
import { defaultedFields, type Fields, isFields } from './fields';
import type { Given, Manifest, NamespaceManifest, SecretManifest, VCenterManifest } from './manifest';

export interface ReadDocument {
  /** Absent if nothing can be made of it. */
  readonly given?: Given;
  readonly problems: readonly string[];
  /** Its only problem while there is no VCenter object: it is of no use then. */
  readonly withoutVCenters?: string;
  /** It is meant to be a VCenter, whatever is wrong with it. */
  readonly isVCenter: boolean;
}

/** `namespace`: of objects that name none. */
export function readDocument(value: unknown, source: string, namespace: string): ReadDocument {
  if (!isFields(value))
    return wrong(['is not a mapping: write apiVersion, kind, metadata and spec of a VmGroup'], false);
  switch (value.kind) {
    case 'VmGroup':
      return readGroup(value, source, namespace);
    case 'VCenter':
      return readVCenter(value, source);
    case 'Secret':
    case 'Namespace':
      return { ...readCompanion(value, value.kind, source, namespace), withoutVCenters: notPlanned(value.kind) };
    default:
      return wrong([notPlanned(value.kind)], false);
  }
}

function notPlanned(kind: unknown): string {
  return `kind is ${shown(kind)}: only ${VM_GROUP_RESOURCE.kind} can be planned; leave it out`;
}

function wrong(problems: readonly string[], isVCenter: boolean): ReadDocument {
  return { problems, isVCenter };
}

function problemsOfVersion({ apiVersion }: Fields, wanted: string): readonly string[] {
  return apiVersion === wanted ? [] : [`apiVersion is ${shown(apiVersion)}: give ${wanted}`];
}

/** The API server takes a null field as one that is left out. In a list it is a value, and wrong. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isFields(value)) return value;
  const given = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(given.map(([name, one]) => [name, withoutNulls(one)]));
}

function withoutNullsInSpec(value: Fields): Fields {
  return isFields(value.spec) ? { ...value, spec: withoutNulls(value.spec) } : value;
}

function readGroup(written: Fields, source: string, namespace: string): ReadDocument {
  const value = withoutNullsInSpec(written);
  const version = problemsOfVersion(value, VM_GROUP_RESOURCE.apiVersion);
  const problems = version.length > 0 ? version : problemsOfVmGroup(value);
  if (problems.length > 0) return wrong(problems, false);
  return { given: { kind: 'VmGroup', object: groupOf(source, value, namespace) }, problems, isVCenter: false };
}

function groupOf(source: string, value: Fields, defaultNamespace: string): Manifest {
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
  const defaulted = defaultedFields(value.spec, spec);
  return apart({ source, name, namespace, labels, annotations: ours, spec, defaulted });
}

/**
 * R15: a VCenter with problems is known, too. Without it a group would seem to belong to another vCenter, or the environment
 * to be served.
 */
function readVCenter(written: Fields, source: string): ReadDocument {
  const value = withoutNullsInSpec(written);
  const version = problemsOfVersion(value, VCENTER_RESOURCE.apiVersion);
  const problems = version.length > 0 ? version : problemsOfVCenter(value);
  const { name } = isFields(value.metadata) ? value.metadata : {};
  if (typeof name !== 'string' || !LOOKS_LIKE_A_NAME.test(name)) return wrong(problems, true);
  const { apiVersion, kind } = VCENTER_RESOURCE;
  const metadata = { name, uid: '', resourceVersion: '', generation: 1, creationTimestamp: '' };
  const readable = readableVCenter({ apiVersion, kind, metadata, spec: value.spec } as VCenter);
  const vcenter = problems.length === 0 ? readable : { ...readable, specProblems: problems };
  const object: VCenterManifest = apart({ source, vcenter });
  return { given: { kind: 'VCenter', object }, problems, isVCenter: true };
}

const LOOKS_LIKE_A_NAME = /^[a-z0-9][-.a-z0-9]{0,252}$/;

/** R10: of a Secret no value is shown, whatever is wrong with it. */
function readCompanion(
  value: Fields,
  kind: 'Secret' | 'Namespace',
  source: string,
  defaultNamespace: string,
): ReadDocument {
  const metadata = isFields(value.metadata) ? value.metadata : {};
  const { name, namespace = defaultNamespace } = metadata;
  const problems = [
    ...(value.apiVersion === 'v1' ? [] : ['apiVersion is another one: give v1']),
    ...(typeof name === 'string' && LOOKS_LIKE_A_NAME.test(name)
      ? []
      : ["metadata.name is no name: give lower-case letters, digits, '-' and '.'"]),
    ...(kind === 'Namespace' || typeof namespace === 'string' ? [] : ['metadata.namespace is no text: give a name']),
  ];
  if (problems.length > 0 || typeof name !== 'string' || typeof namespace !== 'string') return wrong(problems, false);
  if (kind === 'Namespace') return named(source, name, metadata.labels);
  const object: SecretManifest = apart({ source, name, namespace, data: dataOf(value) });
  return { given: { kind, object }, problems, isVCenter: false };
}

function named(source: string, name: string, given: unknown): ReadDocument {
  const labels = Object.entries(isFields(given) ? given : {});
  const texts = labels.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length < labels.length || (given !== undefined && given !== null && !isFields(given)))
    return wrong(['metadata.labels is no mapping from names to texts: put values such as "true" in quotes'], false);
  const object: NamespaceManifest = apart({ source, name, labels: Object.fromEntries(texts) });
  return { given: { kind: 'Namespace', object }, problems: [], isVCenter: false };
}

/** As the API server merges both: a text of `stringData` wins. */
function dataOf({ data, stringData }: Fields): Readonly<Record<string, unknown>> {
  const [encoded, texts] = [isFields(data) ? data : {}, isFields(stringData) ? stringData : {}];
  return Object.fromEntries(
    ACCOUNT_KEYS.flatMap((key): [string, unknown][] => {
      if (Object.hasOwn(texts, key)) {
        const text = texts[key];
        return [[key, typeof text === 'string' ? Buffer.from(text).toString('base64') : null]];
      }
      return Object.hasOwn(encoded, key) ? [[key, encoded[key]]] : [];
    }),
  );
}

/** New texts: those of the parser are parts of the whole document, and would keep it in memory. */
function apart<T>(object: T): T {
  return JSON.parse(JSON.stringify(object)) as T;
}
