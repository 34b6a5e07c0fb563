/** Live reads through the default property collector, which run beside the stream (docs/vsphere.md#tasks-and-reads). */
import { type CallContext, type ManagedObjectReference, refKey, sameRef } from '../port';
import type { Session } from '../session/session';
import type { ObjectContent, PropertyFilterSpec } from '../vim25/types';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { PageSize } from './page-size';
import { refOf } from './property-value';

/** More than a vCenter may have. */
const MOST_OBJECTS = 200_000;

/** Reads all pages (docs/vsphere.md#paging-of-retrievepropertiesex). */
export async function retrieveProperties(
  session: Session,
  spec: PropertyFilterSpec,
  call: CallContext,
): Promise<readonly ObjectContent[]> {
  const size = new PageSize();
  for (;;)
    try {
      return await retrievePages(session, spec, size, call);
    } catch (error) {
      if (!size.shrinkAfter(error)) throw error;
    }
}

async function retrievePages(
  session: Session,
  spec: PropertyFilterSpec,
  size: PageSize,
  call: CallContext,
): Promise<readonly ObjectContent[]> {
  const collector = session.service.propertyCollector;
  const first = await session.invoke(
    'RetrievePropertiesEx',
    collector,
    { specSet: [spec], options: { maxObjects: size.objects } },
    call,
  );
  const objects = [...(first?.objects ?? [])];
  for (let token = first?.token; token !== undefined && token !== ''; ) {
    const page = await session.invoke('ContinueRetrievePropertiesEx', collector, { token }, call);
    // Pages without objects would never end, and pages of more than there can be would fill the memory.
    if (page.objects.length === 0 || objects.length + page.objects.length > MOST_OBJECTS)
      throw transportError(
        'MalformedResponse',
        `the pages of the answer do not end: ${objects.length} objects`,
        'Unknown',
      );
    for (const object of page.objects) objects.push(object);
    token = page.token;
  }
  return objects;
}

/** What a read of objects has found. `gone`: vCenter does not know these. */
export interface ReadObjects {
  readonly objects: readonly ObjectContent[];
  /** The objects that do not exist, as vCenter says. */
  readonly gone: readonly ManagedObjectReference[];
}

/**
 * Reads properties of objects of one type. vCenter leaves objects that are gone out of its answer; an answer that
 * refuses the whole read is repeated without the object that is gone (docs/vsphere.md#objects-that-are-gone).
 */
export async function readObjects(
  session: Session,
  refs: readonly ManagedObjectReference[],
  pathSet: readonly string[],
  call: CallContext,
): Promise<ReadObjects> {
  let wanted = refs;
  const gone: ManagedObjectReference[] = [];
  for (;;) {
    const [first] = wanted;
    if (first === undefined) return { objects: [], gone };
    const objectSet = wanted.map((obj) => ({ obj, skip: false }));
    const spec = { propSet: [{ type: first.type, pathSet }], objectSet, reportMissingObjectsInResults: true };
    try {
      const objects = await retrieveProperties(session, spec, call);
      return { objects, gone: [...gone, ...leftOut(wanted, objects)] };
    } catch (error) {
      const missing = missingObject(error);
      const rest = wanted.filter((ref) => !sameRef(ref, missing));
      if (missing === undefined || rest.length === wanted.length) throw error;
      gone.push(missing);
      wanted = rest;
    }
  }
}

/** None is, where the answer tells of something that was not asked for: that may be any of these, garbled (R14). */
function leftOut(
  wanted: readonly ManagedObjectReference[],
  objects: readonly ObjectContent[],
): readonly ManagedObjectReference[] {
  const asked = new Set(wanted.map(refKey));
  const told = new Set(objects.map(({ obj }) => refKey(obj)));
  for (const key of told) if (!asked.has(key)) return [];
  return wanted.filter((ref) => !told.has(refKey(ref)));
}

/**
 * The one object; undefined when it no longer exists. Only vCenter's word ManagedObjectNotFound about this very object
 * says that: an object that the account may not see is not in the answer either (docs/vsphere.md#what-the-account-may-not-see).
 */
export async function readObject(
  session: Session,
  ref: ManagedObjectReference,
  pathSet: readonly string[],
  call: CallContext,
): Promise<ObjectContent | undefined> {
  const spec = { propSet: [{ type: ref.type, pathSet }], objectSet: [{ obj: ref, skip: false }] };
  try {
    const objects = await retrieveProperties(session, spec, call);
    const object = objects.find(({ obj }) => sameRef(obj, ref));
    if (object !== undefined) return object;
    throw objects.length > 0
      ? transportError('MalformedResponse', `the answer has nothing about ${ref.type} ${ref.value}`, 'Unknown')
      : new VsphereError('NoPermission', `vCenter tells nothing about ${ref.type} ${ref.value}`, 'Refused');
  } catch (error) {
    if (sameRef(ref, missingObject(error))) return undefined;
    throw error;
  }
}

function missingObject(error: unknown): ManagedObjectReference | undefined {
  if (!(error instanceof VsphereError) || error.code !== 'ManagedObjectNotFound') return undefined;
  return refOf(error.fault?.fields.obj);
}
