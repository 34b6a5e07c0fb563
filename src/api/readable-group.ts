import { isDeepStrictEqual } from 'node:util';
import { withDefaultsOfVmGroup } from '../../imports/vmgroup-rules';
import type { FieldProblem } from '../constructs/manifest-problems';
import { excessOf } from '../constructs/value-bounds';
import { problemsOfStoredVmGroup } from '../constructs/vm-group-problems';
import { boundedSpec } from './bounded-spec';
import { VM_GROUP_SCHEMA } from './kind-schema';
import { withReadableMetadata } from './readable-metadata';
import { allProblems, fieldsWithout, isRecord, sentencesOf } from './spec-problems';
import { isReadableStatus } from './status-shape';
import type { VmGroup, VmGroupSpec } from './vm-group';

/**
 * A stored VmGroup in a form that all code can read (R14). It may have been stored before a limit existed, or past the CRD.
 *
 * - A spec with problems gets `specProblems`. Each field with a problem has its default then, and `paused` is true while
 *   the group lives: nothing is changed in vCenter for it. A deletion needs no valid spec, but it waits where
 *   deletionPolicy or paused cannot be read, for what it destroys cannot be brought back.
 * - Fields with a default have it, also where the API server did not fill it in.
 * - A status of another shape is left out, as if there were none.
 * - Labels, annotations and finalizers of another shape are left out one by one.
 *
 * Whatever the group holds, this takes time in proportion to its size. `before` is the last readable form of the group. A
 * spec that is the same is not checked again.
 */
export function readableGroup(stored: VmGroup, before?: VmGroup): VmGroup {
  // It is in that form already.
  if (stored.specProblems !== undefined) return stored;
  const group = withReadableStatus(withReadableMetadata(stored), before);
  const given: unknown = stored.spec;
  const { fields, problems: excess } = isRecord(given) ? boundedSpec(given) : { fields: undefined, problems: [] };
  if (excess.length === 0 && before !== undefined && before.specProblems === undefined)
    if (isRecord(given) && isDeepStrictEqual(given, before.spec)) return { ...group, spec: before.spec };
  const problems = allProblems(excess, problemsOfStoredVmGroup({ ...group, spec: fields ?? given }));
  if (problems.length === 0) return withDefaults(group);
  const spec = readableSpec(group, fields, problems);
  return { ...group, spec, specProblems: sentencesOf(problems) };
}

/** A schema without defaults may have stored it. */
function withDefaults(group: VmGroup): VmGroup {
  const { spec } = withDefaultsOfVmGroup({ spec: group.spec }) as { readonly spec: VmGroupSpec };
  return isDeepStrictEqual(spec, group.spec) ? group : { ...group, spec };
}

function withReadableStatus(stored: VmGroup, before: VmGroup | undefined): VmGroup {
  const { status, ...rest } = stored;
  if (status === undefined) return stored;
  if (excessOf(status) !== undefined) return rest;
  if (isDeepStrictEqual(status, before?.status)) return stored;
  return isReadableStatus(status, VM_GROUP_SCHEMA) ? stored : rest;
}

/** Fields without a default. Nothing is made from these. */
const NOT_GIVEN = { cpu: 1, memory: 1, replicas: 0, template: '' };

/** `given`: what can be walked through of a spec that is an object. */
function readableSpec(
  { spec, metadata }: VmGroup,
  given: Readonly<Record<string, unknown>> | undefined,
  problems: readonly FieldProblem[],
): VmGroupSpec {
  const { good, bad } = fieldsWithout(problems, given);
  const fields = { ...NOT_GIVEN, ...good };
  const filled = withDefaultsOfVmGroup({ spec: fields }) as { readonly spec: VmGroupSpec };
  const lives = metadata.deletionTimestamp === undefined;
  const guards = bad.has('deletionPolicy') || bad.has('paused') || (spec !== undefined && given === undefined);
  return { ...filled.spec, paused: filled.spec.paused || lives || guards };
}
