/** An observation as plain JSON, and back. The compiler asks for a row here for each new map or set of the observation. */
import { policyOf } from '../../api/policy';
import { readableGroup } from '../../api/readable-group';
import type { VmGroup } from '../../api/vm-group';
import type { KnownHostRules } from '../model/host-rule-wish';
import type { Observation } from '../model/observation';
import { digestsOf, rememberDigests, type SpecDigests, withoutSecrets } from './without-secrets';

/** A map is a list of its entries, a set a list of its members. */
type Plain<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? readonly (readonly [K, Plain<V>])[]
    : T extends ReadonlySet<infer M>
      ? readonly M[]
      : T extends (...args: never[]) => unknown
        ? never
        : T extends readonly (infer I)[]
          ? readonly Plain<I>[]
          : T extends object
            ? { readonly [K in keyof T]: Plain<T[K]> }
            : T;

/** The policy is left out: it is made from the spec. */
export type RecordedObservation = Plain<Omit<Observation, 'policy'>>;

export interface Recorded {
  readonly observed: RecordedObservation;
  readonly digests: SpecDigests;
}

export function recordedObservation(observation: Observation): Recorded {
  const { policy: _, ...observed } = withoutSecrets(observation);
  const { faults, fullDomains, repairs, written, hostRules, heldAddresses, hotAddRefused, hadMachine, ...rest } =
    observed;
  return {
    observed: {
      ...rest,
      faults: [...faults],
      ...(fullDomains !== undefined && { fullDomains: [...fullDomains] }),
      repairs: [...repairs],
      written: [...written].map(([machine, parts]) => [machine, [...parts]]),
      ...(hostRules !== undefined && {
        hostRules: [...hostRules].map(([cluster, known]) => [cluster, { ...known, onHosts: [...known.onHosts] }]),
      }),
      heldAddresses: [...heldAddresses],
      hotAddRefused: [...hotAddRefused],
      hadMachine: [...hadMachine],
    },
    digests: digestsOf(observation.group.spec),
  };
}

/** The group is read as any stored one (R14): what is wrong with its spec is told by `specProblems`. */
export function observationOf({ observed, digests }: Recorded): Observation {
  const { faults, fullDomains, repairs, written, hostRules, heldAddresses, hotAddRefused, hadMachine, ...rest } =
    observed;
  const group = readableGroup(observed.group as VmGroup);
  rememberDigests(group.spec, digests);
  return {
    ...rest,
    group,
    policy: policyOf(group.spec),
    faults: new Map(faults),
    ...(fullDomains !== undefined && { fullDomains: new Map(fullDomains) }),
    repairs: new Map(repairs),
    written: new Map(written.map(([machine, parts]) => [machine, new Set(parts)])),
    ...(hostRules !== undefined && {
      hostRules: new Map(
        hostRules.map(([cluster, known]): [string, KnownHostRules] => [
          cluster,
          { ...known, onHosts: new Set(known.onHosts) },
        ]),
      ),
    }),
    heldAddresses: new Map(heldAddresses),
    hotAddRefused: new Map(hotAddRefused),
    hadMachine: new Set(hadMachine),
  };
}
