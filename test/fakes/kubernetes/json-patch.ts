import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../../src/kubernetes';

export interface JsonPatchOperation {
  readonly op: 'test' | 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** RFC 6902 for members of objects, which is all that is sent here. A test that fails is Invalid, as kube-apiserver says. */
export function jsonPatch(target: object, operations: readonly JsonPatchOperation[]): object {
  let result: unknown = target;
  for (const operation of operations) result = changed(result, operation.path.split('/').slice(1), operation);
  return result as object;
}

function changed(target: unknown, steps: readonly string[], operation: JsonPatchOperation): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof target !== 'object' || target === null) throw refused();
  const name = step.replace(/~1/g, '/').replace(/~0/g, '~');
  const fields = target as Readonly<Record<string, unknown>>;
  if (rest.length > 0) return { ...fields, [name]: changed(fields[name], rest, operation) };
  if (operation.op === 'test') {
    if (!isDeepStrictEqual(fields[name], operation.value)) throw refused();
    return target;
  }
  if (operation.op !== 'add' && !(name in fields)) throw refused();
  if (operation.op !== 'remove') return { ...fields, [name]: operation.value };
  const { [name]: _, ...others } = fields;
  return others;
}

function refused(): ApiError {
  return new ApiError('Invalid', 'the server rejected our request due to an error in our request', { status: 422 });
}
