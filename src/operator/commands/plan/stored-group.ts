/** The stored state of the groups that manifests describe. */
import { isDeepStrictEqual } from 'node:util';
import { boundedSpec } from '../../../api/bounded-spec';
import { readableGroup } from '../../../api/readable-group';
import { FINALIZER, VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../../api/vm-group';
import { type Fields, isFields } from '../manifest/fields';
import type { Manifest } from '../manifest/manifest';

/** - Unknown: the API server could not be asked; `why` says why. */
export type Stored =
  | { readonly kind: 'Stored'; readonly group: VmGroup }
  | { readonly kind: 'New' }
  | { readonly kind: 'Unknown'; readonly why: string };

/** UIDs are random, so no machine carries this one. */
export const UID_OF_A_NEW_GROUP = '00000000-0000-0000-0000-000000000000';

/** A stored group whose status and metadata can be read. Its spec may hold anything: it is only compared with another. */
export function storedAs(stored: VmGroup): Stored {
  const { specProblems, ...group } = readableGroup(stored);
  if (specProblems === undefined) return { kind: 'Stored', group };
  const given: unknown = stored.spec;
  const spec = (isFields(given) ? boundedSpec(given).fields : {}) as unknown as VmGroupSpec;
  return { kind: 'Stored', group: { ...group, spec } };
}

/** The group as it would be stored once the manifest is applied and its finalizer confirmed. */
export function groupOnceApplied(manifest: Manifest, stored: VmGroup | undefined, nowMs: number): VmGroup {
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
      annotations: { ...metadata.annotations, ...annotations },
      generation: metadata.generation + (changed ? 1 : 0),
      finalizers: confirmed ? finalizers : [...finalizers, FINALIZER],
    },
  };
}

/** A field whose value differs. An absent value is unset. */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The fields in which two values differ. A list is one value. */
export function fieldChanges(from: unknown, to: unknown, field: string): readonly FieldChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  const [before, after] = [fieldsOf(from, to), fieldsOf(to, from)];
  if (before === undefined || after === undefined)
    return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  // Own fields only: every object inherits a `constructor`.
  const own = (fields: Fields, name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  return names.flatMap((name) => fieldChanges(own(before, name), own(after, name), `${field}.${name}`));
}

/** If an object is unset on one side only, all its fields are unset there. */
function fieldsOf(value: unknown, other: unknown): Fields | undefined {
  if (isFields(value)) return value;
  return value === undefined && isFields(other) && Object.keys(other).length > 0 ? {} : undefined;
}
