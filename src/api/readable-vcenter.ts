import { withDefaultsOfVCenter } from '../../imports/vcenter-rules';
import { excessOf } from '../constructs/value-bounds';
import { problemsOfStoredVCenter } from '../constructs/vcenter-problems';
import { boundedSpec } from './bounded-spec';
import { VCENTER_SCHEMA } from './kind-schema';
import { withReadableMetadata } from './readable-metadata';
import { allProblems, fieldsWithout, isRecord, sentencesOf } from './spec-problems';
import { isReadableStatus } from './status-shape';
import type { VCenter, VCenterSpec } from './vcenter';

/**
 * A stored VCenter in a form that all code can read (R14). It may have been stored before a limit existed, or past the CRD.
 *
 * - A spec with problems gets `specProblems`. Nothing may be done with such a VCenter: what it says is half of what its
 *   author wrote. So that no code takes that for more than was allowed (R15), a field with a problem has the value that
 *   allows the least: no namespace is selected, nothing may be used, and there is room for nothing.
 * - Fields with a default have it, also where the API server did not fill it in.
 * - A status of another shape is left out, as if there were none.
 * - Labels, annotations and finalizers of another shape are left out one by one.
 *
 * Whatever the VCenter holds, this takes time in proportion to its size, and throws nothing.
 */
export function readableVCenter(stored: VCenter): VCenter {
  // It is in that form already.
  if (stored.specProblems !== undefined) return stored;
  const vcenter = withReadableStatus(withReadableMetadata(stored));
  const given: unknown = stored.spec;
  const bounded = isRecord(given) ? boundedSpec(given, VCENTER_SCHEMA) : { fields: undefined, problems: [] };
  const found = problemsOfStoredVCenter({ ...vcenter, spec: bounded.fields ?? given });
  const problems = allProblems(bounded.problems, found);
  if (problems.length === 0) return { ...vcenter, spec: withDefaults(stored.spec) };
  const { good, bad } = fieldsWithout(problems, bounded.fields);
  const least = Object.fromEntries(
    Object.entries(LEAST).filter(([field]) => bad.has(field) || bounded.fields === undefined),
  );
  return { ...vcenter, spec: withDefaults({ ...NOT_GIVEN, ...good, ...least }), specProblems: sentencesOf(problems) };
}

/** A schema without defaults may have stored it. */
function withDefaults(spec: VCenterSpec): VCenterSpec {
  return (withDefaultsOfVCenter({ spec }) as { readonly spec: VCenterSpec }).spec;
}

function withReadableStatus(stored: VCenter): VCenter {
  const { status, ...rest } = stored;
  if (status === undefined) return stored;
  return excessOf(status) === undefined && isReadableStatus(status, VCENTER_SCHEMA) ? stored : rest;
}

/** Fields without a default. Nothing is connected to with these. */
const NOT_GIVEN = {
  endpoint: { host: '', port: 443 },
  credentials: { secretRef: { name: '' }, method: 'Password' },
} as const;

/** The values that allow the least, of fields that allow more when they are left out. */
const LEAST = {
  allowed: {
    templates: [],
    resourcePools: [],
    folders: [],
    datastores: [],
    networks: [],
    extraConfigKeys: [],
    customizationSpecs: [],
    adoptableMachines: [],
    storagePolicies: [],
    tags: [],
  },
  limits: { maxConcurrentTasks: 1, total: { vms: 0, cpu: 0, memoryGiB: 0 } },
} satisfies Partial<VCenterSpec>;
