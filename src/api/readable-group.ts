import { isDeepStrictEqual } from 'node:util';
import { withDefaultsOfVmGroup } from '../../imports/vmgroup-rules';
import { type FieldProblem, problemsOfStoredVmGroup } from '../constructs/vm-group-problems';
import { isReadableStatus } from './status-shape';
import type { VmGroup, VmGroupSpec } from './vm-group';

/**
 * A stored VmGroup in a form that all code can read (R14). It may have been stored before a rule existed, or past the CRD.
 *
 * - A spec with problems gets `specProblems`. Each field with a problem has its default then, and `paused` is true while
 *   the group lives: nothing is changed in vCenter for it. A deletion needs no valid spec, but it waits where
 *   deletionPolicy or paused cannot be read, for what it destroys cannot be brought back.
 * - A status of another shape is left out, as if there were none.
 *
 * `before` is the last readable form of the group. A spec that is the same is not checked again.
 */
export function readableGroup(stored: VmGroup, before?: VmGroup): VmGroup {
  // It is in that form already.
  if (stored.specProblems !== undefined) return stored;
  const group = withReadableStatus(stored, before);
  if (before !== undefined && before.specProblems === undefined && isDeepStrictEqual(stored.spec, before.spec))
    return { ...group, spec: before.spec };
  const problems = problemsOfStoredVmGroup(stored);
  if (problems.length === 0) return group;
  return { ...group, spec: readableSpec(group, problems), specProblems: problems.map(({ message }) => message) };
}

function withReadableStatus(stored: VmGroup, before: VmGroup | undefined): VmGroup {
  const { status, ...rest } = stored;
  if (status === undefined) return stored;
  if (isDeepStrictEqual(status, before?.status)) return stored;
  return isReadableStatus(status) ? stored : rest;
}

/** Fields without a default. Nothing is made from these. */
const NOT_GIVEN = { cpu: 1, memory: 1, replicas: 0, template: '' };

function readableSpec({ spec, metadata }: VmGroup, problems: readonly FieldProblem[]): VmGroupSpec {
  const given: unknown = spec;
  const bad = new Set(problems.flatMap(({ path: [root, field] }) => (root === 'spec' ? [field] : [])));
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  const good = isObject ? Object.entries(given).filter(([field]) => !bad.has(field)) : [];
  const fields = { ...NOT_GIVEN, ...Object.fromEntries(good) };
  const filled = withDefaultsOfVmGroup({ spec: fields }) as { readonly spec: VmGroupSpec };
  const lives = metadata.deletionTimestamp === undefined;
  const guards = bad.has('deletionPolicy') || bad.has('paused') || (given !== undefined && !isObject);
  return { ...filled.spec, paused: filled.spec.paused || lives || guards };
}
