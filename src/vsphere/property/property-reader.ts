/** Live reads through the session's own property collector, apart from the stream. */
import { type CallContext, type ManagedObjectReference, sameRef } from '../port';
import type { Session } from '../session/session';
import type { ObjectContent, PropertyFilterSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { refOf } from './property-value';

const PAGE_OBJECTS = 1000;

/** All pages. */
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

/** What a read of some objects has found. `gone`: vCenter said of these that they do not exist. */
export interface ReadObjects {
  readonly objects: readonly ObjectContent[];
  readonly gone: readonly ManagedObjectReference[];
}

/** Properties of some objects of one type. What no longer exists is told apart, where vCenter refuses the whole read. */
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
