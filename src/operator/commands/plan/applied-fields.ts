/** What an apply makes of the fields that a stored object has and a manifest leaves out. Pure functions. */
import { type Fields, isFields } from '../manifest/fields';

/** Where `kubectl apply` keeps what it applied last. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** The field manager of `kubectl apply --server-side`. */
const KUBECTL = 'kubectl';

/**
 * Who set the fields of a stored object.
 *
 * - LastApplied: `object` is what the last plain apply gave.
 * - Managers: the fields of the manager that applies, and those of each other one, as in fieldsV1 of managedFields.
 * - Nobody: no apply has set any of them, as far as is known.
 */
export type AppliedRecord =
  | { readonly kind: 'LastApplied'; readonly object: Fields }
  | { readonly kind: 'Managers'; readonly applying: Fields; readonly others: readonly Fields[] }
  | { readonly kind: 'Nobody' };

/**
 * By the annotation of a plain apply; where there is none, by managedFields: then the manifest counts as that of kubectl, or
 * of the only one that applies.
 */
export function appliedRecordOf(metadata: unknown): AppliedRecord {
  const { annotations, managedFields }: Fields = isFields(metadata) ? metadata : {};
  const last = isFields(annotations) ? jsonOf(annotations[LAST_APPLIED]) : undefined;
  if (last !== undefined) return { kind: 'LastApplied', object: last };
  const entries = (Array.isArray(managedFields) ? managedFields : []).filter(isFields);
  const applies = entries.filter(({ operation, subresource }) => operation === 'Apply' && !subresource);
  const [only, ...more] = applies;
  const applying = applies.find(({ manager }) => manager === KUBECTL) ?? (more.length === 0 ? only : undefined);
  if (applying === undefined) return { kind: 'Nobody' };
  const others = entries.filter((entry) => entry !== applying).map(({ fieldsV1 }) => fieldsOf(fieldsV1));
  return { kind: 'Managers', applying: fieldsOf(applying.fieldsV1), others };
}

/** The fields of one part of the object, such as `spec`, once the manifest is applied. A list is one value. */
export function appliedFields(part: string, written: Fields, stored: Fields, record: AppliedRecord): Fields {
  switch (record.kind) {
    case 'LastApplied':
      return threeWay(fieldsOf(own(record.object, part)), written, stored);
    case 'Managers': {
      const of = (fields: Fields) => own(fields, `f:${part}`);
      return byManagers(written, stored, of(record.applying), record.others.map(of));
    }
    case 'Nobody':
      return threeWay({}, written, stored);
  }
}

/** As kubectl does it for a custom resource: what was in the last apply and is written no more is removed. */
function threeWay(last: Fields, written: Fields, stored: Fields): Fields {
  const kept = Object.entries(stored).filter(([name]) => Object.hasOwn(written, name) || !Object.hasOwn(last, name));
  const set = Object.entries(written).map(([name, value]) => {
    const before = own(stored, name);
    if (!isFields(value) || !isFields(before)) return [name, value] as const;
    return [name, threeWay(fieldsOf(own(last, name)), value, before)] as const;
  });
  return Object.fromEntries([...kept, ...set]);
}

/** As the API server does it: what the manager owned alone and writes no more is removed. */
function byManagers(written: Fields, stored: Fields, mine: unknown, others: readonly unknown[]): Fields {
  const below = (name: string) => [ownedBelow(mine, name), others.map((other) => ownedBelow(other, name))] as const;
  const kept = Object.entries(stored).flatMap(([name, value]) => {
    if (Object.hasOwn(written, name)) return [];
    const left = unlessRemoved(value, ...below(name));
    return left === undefined ? [] : [[name, left] as const];
  });
  const set = Object.entries(written).map(([name, value]) => {
    const before = own(stored, name);
    if (!isFields(value) || !isFields(before)) return [name, value] as const;
    return [name, byManagers(value, before, ...below(name))] as const;
  });
  return Object.fromEntries([...kept, ...set]);
}

/** Undefined: it is removed, or nothing of it is left. */
function unlessRemoved(value: unknown, mine: unknown, others: readonly unknown[]): unknown {
  if (mine === undefined) return value;
  if (!isFields(value) || Object.keys(value).length === 0)
    return others.some((other) => other !== undefined) ? value : undefined;
  const left = byManagers({}, value, mine, others);
  return Object.keys(left).length === 0 ? undefined : left;
}

function ownedBelow(owned: unknown, name: string): unknown {
  return isFields(owned) ? own(owned, `f:${name}`) : undefined;
}

/** Own fields only: every object inherits a `constructor`. */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function jsonOf(text: unknown): Fields | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    // Somebody wrote into it: kubectl would refuse to apply.
    return undefined;
  }
}
