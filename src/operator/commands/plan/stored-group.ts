/** The stored state of the groups that manifests describe. */
import { isDeepStrictEqual } from 'node:util';
import { withDefaultsOfVmGroup } from '../../../../imports/vmgroup-rules';
import { boundedSpec } from '../../../api/bounded-spec';
import { readableGroup } from '../../../api/readable-group';
import { FINALIZER, VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../../api/vm-group';
import { problemsOfVmGroup } from '../../../constructs/vm-group-problems';
import { isFields, withoutFields } from '../manifest/fields';
import type { Manifest } from '../manifest/manifest';
import { type AppliedRecord, appliedFields, appliedRecordOf } from './applied-fields';

/** - Unknown: the API server could not be asked; `why` says why. */
export type Stored =
  /** `record`: who set its fields. Absent: not known. */
  | { readonly kind: 'Stored'; readonly group: VmGroup; readonly record?: AppliedRecord }
  | { readonly kind: 'New' }
  | { readonly kind: 'Unknown'; readonly why: string };

export function recordOf(stored: Stored): AppliedRecord | undefined {
  return stored.kind === 'Stored' ? stored.record : undefined;
}

/** UIDs are random, so no machine carries this one. */
export const UID_OF_A_NEW_GROUP = '00000000-0000-0000-0000-000000000000';

/** A stored group whose status and metadata can be read. Its spec may hold anything: it is only compared with another. */
export function storedAs(stored: VmGroup): Stored {
  const { specProblems, ...group } = readableGroup(stored);
  const record = appliedRecordOf(stored.metadata);
  if (specProblems === undefined) return { kind: 'Stored', group, record };
  const given: unknown = stored.spec;
  const spec = (isFields(given) ? boundedSpec(given).fields : {}) as unknown as VmGroupSpec;
  return { kind: 'Stored', group: { ...group, spec }, record };
}

/**
 * The manifest with what an apply would leave of the stored group where the manifest says nothing: what others have set, such
 * as the replicas of an autoscaler. What the last apply gave, and this one does not, gets its default.
 */
export function withKeptFields(manifest: Manifest, stored: Stored): Manifest {
  if (stored.kind !== 'Stored' || stored.record === undefined || manifest.defaulted === undefined) return manifest;
  const { record, group } = stored;
  const written = withoutFields({ ...manifest.spec }, manifest.defaulted);
  const kept = appliedFields('spec', written, { ...group.spec }, record);
  const { spec } = withDefaultsOfVmGroup({ spec: kept }) as { readonly spec: VmGroupSpec };
  return { ...manifest, spec };
}

/**
 * The group as it would be stored once the manifest is applied and its finalizer confirmed. `record`: who set its fields;
 * without it, an annotation that the manifest leaves out stays.
 */
export function groupOnceApplied(
  manifest: Manifest,
  stored: VmGroup | undefined,
  nowMs: number,
  record: AppliedRecord = { kind: 'Nobody' },
): VmGroup {
  const { name, namespace, labels, annotations, spec } = manifest;
  const { apiVersion, kind } = VM_GROUP_RESOURCE;
  if (stored === undefined) {
    const metadata = {
      ...{ name, namespace, labels, annotations, uid: UID_OF_A_NEW_GROUP, resourceVersion: '0', generation: 1 },
      creationTimestamp: new Date(nowMs).toISOString(),
      finalizers: [FINALIZER],
    };
    return { apiVersion, kind, metadata, spec };
  }
  const { metadata } = stored;
  const changed = !isDeepStrictEqual(spec, stored.spec);
  const finalizers = metadata.finalizers ?? [];
  const confirmed = metadata.deletionTimestamp !== undefined || finalizers.includes(FINALIZER);
  return {
    ...stored,
    spec,
    metadata: {
      ...metadata,
      annotations: annotationsOnceApplied(annotations, metadata.annotations ?? {}, record),
      generation: metadata.generation + (changed ? 1 : 0),
      finalizers: confirmed ? finalizers : [...finalizers, FINALIZER],
    },
  };
}

function annotationsOnceApplied(
  written: Manifest['annotations'],
  stored: Readonly<Record<string, string>>,
  record: AppliedRecord,
): Readonly<Record<string, string>> {
  const { annotations } = appliedFields('metadata', { annotations: written }, { annotations: stored }, record);
  return annotations as Readonly<Record<string, string>>;
}

/** What the API server would refuse because of fields that stay, though the manifest and the stored group are fine. */
export function problemsOnceApplied(manifest: Manifest, stored: VmGroup): readonly string[] {
  const { source, namespace, name } = manifest;
  const { apiVersion, kind } = VM_GROUP_RESOURCE;
  const problemsOf = (spec: VmGroupSpec) =>
    problemsOfVmGroup({ apiVersion, kind, metadata: { name, namespace }, spec });
  const before = new Set(problemsOf(stored.spec));
  const added = problemsOf(manifest.spec).filter((problem) => !before.has(problem));
  return added.map((problem) => `${source}: VmGroup ${namespace}/${name}, with fields that stay: ${problem}`);
}
