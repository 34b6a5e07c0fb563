/** Live reads through the default property collector, which run beside the stream (docs/vsphere.md#tasks-and-reads). */
import { type CallContext, type ManagedObjectReference, sameRef } from '../port';
import type { Session } from '../session/session';
import type { ObjectContent, PropertyFilterSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { refOf } from './property-value';

const PAGE_OBJECTS = 1000;

/** Reads all pages (docs/vsphere.md#paging-of-retrievepropertiesex). */
export async function retrieveProperties(
  session: Session,
  spec: PropertyFilterSpec,
  call: CallContext,
): Promise<readonly ObjectContent[]> {
  const collector = session.service.propertyCollector;
  const first = await session.invoke(
    'RetrievePropertiesEx',
    collector,
    { specSet: [spec], options: { maxObjects: PAGE_OBJECTS } },
    call,
  );
  const objects = [...(first?.objects ?? [])];
  for (let token = first?.token; token !== undefined && token !== ''; ) {
    const page = await session.invoke('ContinueRetrievePropertiesEx', collector, { token }, call);
    objects.push(...page.objects);
    token = page.token;
  }
  return objects;
}

export interface ReadObjects {
  readonly objects: readonly ObjectContent[];
  /** The objects that do not exist, as vCenter says. */
  readonly gone: readonly ManagedObjectReference[];
}

/**
 * Reads properties of objects of one type. vCenter refuses the whole read if one object is gone; that one is taken out,
 * and the rest is read again (docs/vsphere.md#objects-that-are-gone).
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
    const spec = { propSet: [{ type: first.type, pathSet }], objectSet: wanted.map((obj) => ({ obj, skip: false })) };
    try {
      return { objects: await retrieveProperties(session, spec, call), gone };
    } catch (error) {
      const missing = missingObject(error);
      const rest = wanted.filter((ref) => !sameRef(ref, missing));
      if (missing === undefined || rest.length === wanted.length) throw error;
      gone.push(missing);
      wanted = rest;
    }
  }
}

function missingObject(error: unknown): ManagedObjectReference | undefined {
  if (!(error instanceof VsphereError) || error.code !== 'ManagedObjectNotFound') return undefined;
  return refOf(error.fault?.fields.obj);
}
