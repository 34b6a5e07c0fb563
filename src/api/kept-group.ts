import { rememberRevision, revisionOf } from './identity';
import { digestOf, keptText, OTHER_FINALIZERS } from './left-out';
import { readableGroup } from './readable-group';
import { withReadableMetadata } from './readable-metadata';
import { Annotation, FINALIZER, ORIGINAL_FINALIZER, type VmGroup, type VmGroupSpec } from './vm-group';

/** Longer values of our annotations are for no person: a digest still tells that one was changed. */
const LONGEST_ANNOTATION = 253;
const LONGEST_FINALIZERS = 4096;

/**
 * What is kept in memory of a stored VmGroup, in a form that all code can read (R14). Whoever may write VmGroups can
 * make thousands of 1.5 MiB each, and they must not stop the groups of others: so of the metadata only what we read is
 * kept, and of long texts for guests a digest. A clone reads them again (act/clone-request.ts).
 *
 * `before` is what is kept of the group now.
 */
export function keptGroup(stored: VmGroup, before?: VmGroup): VmGroup {
  if (stored.specProblems !== undefined) return stored;
  const group = { ...stored, metadata: keptMetadata(withReadableMetadata(stored).metadata) };
  const kept = readableGroup({ ...group, spec: keptSpec(stored.spec) }, before);
  // The defaults of a spec with problems make another spec of it, with a revision of its own.
  if (kept.specProblems !== undefined) return readableGroup(group, before);
  if (kept.spec !== before?.spec) rememberRevision(kept.spec, revisionOf(stored.spec));
  return kept;
}

function keptMetadata(metadata: VmGroup['metadata']): VmGroup['metadata'] {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp } = metadata;
  const { deletionTimestamp, finalizers, annotations } = metadata;
  return {
    ...{ name, namespace, uid, resourceVersion, generation, creationTimestamp },
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(finalizers !== undefined && { finalizers: keptFinalizers(finalizers) }),
    ...(annotations !== undefined && { annotations: keptAnnotations(annotations) }),
  };
}

function keptAnnotations(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const key of Object.values(Annotation)) {
    const value = annotations[key];
    if (value !== undefined) kept[key] = value.length <= LONGEST_ANNOTATION ? value : digestOf(value);
  }
  return kept;
}

function keptFinalizers(finalizers: readonly string[]): readonly string[] {
  const length = finalizers.reduce((sum, name) => sum + name.length, 0);
  if (length <= LONGEST_FINALIZERS) return finalizers;
  return [...finalizers.filter((name) => name === FINALIZER || name === ORIGINAL_FINALIZER), OTHER_FINALIZERS];
}

/** The same object when nothing is left out. The spec may be anything: nothing is known of its shape yet. */
function keptSpec(spec: VmGroupSpec): VmGroupSpec {
  const { cloudInit, ignition } = spec?.guest ?? {};
  const userData = keptSource(cloudInit?.userData);
  const metadata = keptSource(cloudInit?.metadata);
  const config = keptSource(ignition?.config);
  const isSame = userData === cloudInit?.userData && metadata === cloudInit?.metadata && config === ignition?.config;
  if (isSame) return spec;
  const kept = { ...cloudInit, ...(userData && { userData }), ...(metadata && { metadata }) };
  const guest = {
    ...spec.guest,
    ...(cloudInit && { cloudInit: kept }),
    ...(config && { ignition: { ...ignition, config } }),
  };
  return { ...spec, guest };
}

function keptSource<T extends { readonly value?: string }>(source: T | undefined): T | undefined {
  const value: unknown = source?.value;
  if (source === undefined || typeof value !== 'string') return source;
  const kept = keptText(value);
  return kept === value ? source : { ...source, value: kept };
}
