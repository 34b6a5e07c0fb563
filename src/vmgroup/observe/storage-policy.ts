/** Which storage policy the machines of a group get, and what is known of it. */
import { ConditionReason } from '../../api/reasons';
import { refKey } from '../../vsphere/port';
import type { Faults } from '../model/fault';
import type { Placement, PlacementProblem } from '../model/placement';
import { type NamedPolicy, policySubject, whyPolicyRefused } from '../model/storage-policy';
import { fromDefaults, fromSpec, type Resolution } from './resolution';

/** Undefined: none is given, or it is not allowed (R15). */
export function resolveStoragePolicy(resolution: Resolution): NamedPolicy | undefined {
  const named = fromSpec('storagePolicy', resolution) ?? fromDefaults('storagePolicy', resolution);
  if (named === undefined) return undefined;
  const { name, field } = named;
  const refusal = whyPolicyRefused({ name, field }, resolution.rules.tenants);
  if (refusal === undefined) return { name, field };
  resolution.problems.push({ reason: ConditionReason.NotAllowed, field, message: refusal });
  return undefined;
}

/** What this process knows of storage policies. */
export interface KnownPolicies {
  /** Names that one policy was found for. */
  readonly foundPolicies: ReadonlySet<string>;
  readonly faults: Faults;
}

/** By the fault of a look for a policy. */
const REASONS: Readonly<Record<string, ConditionReason>> = {
  StoragePolicyNotFound: ConditionReason.StoragePolicyNotFound,
  StoragePolicyAmbiguous: ConditionReason.Ambiguous,
};

/** Adds what the last look for the policy has found. One that could not be carried out says nothing of the name. */
export function withPolicyKnown(placement: Placement, { foundPolicies, faults }: KnownPolicies): Placement {
  const { storagePolicy } = placement;
  if (storagePolicy === undefined) return placement;
  const { name, field } = storagePolicy;
  if (foundPolicies.has(name)) return { ...placement, storagePolicy: { ...storagePolicy, isFound: true } };
  const fault = faults.get(refKey(policySubject(name)));
  const reason = fault && REASONS[fault.reason];
  if (fault === undefined || reason === undefined) return placement;
  const problem: PlacementProblem = { reason, field, message: fault.message };
  return { ...placement, problems: [...placement.problems, problem] };
}
