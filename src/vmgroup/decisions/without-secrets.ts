/**
 * R10: an observation without what may be secret. In place of a text for guests, a setting or a custom attribute stands a
 * digest, and what is computed from the texts themselves is kept beside it, so that a plan made of it is the same.
 */
import { customAttributesDigest } from '../../api/custom-attributes';
import { extraConfigDigest } from '../../api/extra-config-record';
import { rememberDigest } from '../../api/given-lists';
import { rememberRevision, revisionOf } from '../../api/identity';
import { digestOf } from '../../api/left-out';
import { MARK_KEYS } from '../../api/ownership';
import type { GuestInfoValue } from '../../api/policy';
import type { VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { AdoptionRequest, Candidate, Inspection } from '../model/adoption-request';
import type { Observation, Replica } from '../model/observation';
import type { Orphan, Orphans } from '../model/orphan';

/** What identities and records of machines are made from, which cannot be made from digests. */
export interface SpecDigests {
  readonly revision: string;
  readonly extraConfig?: string;
  readonly customAttributes?: string;
}

export function digestsOf(spec: VmGroupSpec): SpecDigests {
  return {
    revision: revisionOf(spec),
    ...(spec.extraConfig !== undefined && { extraConfig: extraConfigDigest(spec) }),
    ...(spec.customAttributes !== undefined && { customAttributes: customAttributesDigest(spec) }),
  };
}

/** Makes a spec without secrets as good as the whole one for planning. */
export function rememberDigests(spec: VmGroupSpec, digests: SpecDigests): void {
  rememberRevision(spec, digests.revision);
  if (spec.extraConfig !== undefined && digests.extraConfig !== undefined)
    rememberDigest(spec.extraConfig, digests.extraConfig);
  if (spec.customAttributes !== undefined && digests.customAttributes !== undefined)
    rememberDigest(spec.customAttributes, digests.customAttributes);
}

export function withoutSecrets(observed: Observation): Observation {
  const { group, policy } = observed;
  const machine = (one: VirtualMachine) => machineWithoutSecrets(one, policy.guestInfo ?? []);
  return {
    ...observed,
    group: { ...group, spec: specWithoutSecrets(group.spec) },
    replicas: observed.replicas.map((replica): Replica => ({ ...replica, machine: machine(replica.machine) })),
    unreadable: observed.unreadable.map(machine),
    orphans: orphansWithoutSecrets(observed.orphans, machine),
    ...(observed.adoption !== undefined && { adoption: adoptionWithoutSecrets(observed.adoption, machine) }),
  };
}

type Change = (one: VirtualMachine) => VirtualMachine;

function adoptionWithoutSecrets(adoption: AdoptionRequest, machine: Change): AdoptionRequest {
  const { candidates, template } = adoption;
  return {
    ...adoption,
    candidates: candidates.map((candidate) => candidateWithoutSecrets(candidate, machine)),
    ...(template !== undefined && { template: inspectedWithoutSecrets(template, machine) }),
  };
}

/** R15: of a machine that the group may not have, it is only known which one was named. */
function candidateWithoutSecrets(candidate: Candidate, machine: Change): Candidate {
  const { machine: asked, refusal, ...rest } = candidate;
  if (asked === undefined) return candidate;
  if (refusal === undefined) return inspectedWithoutSecrets({ ...rest, machine: asked }, machine);
  const { ref, name, isTemplate, powerState, connectionState } = asked;
  return { ...rest, refusal, machine: { ref, name, isTemplate, powerState, connectionState, extraConfig: {} } };
}

function inspectedWithoutSecrets<T extends { readonly machine: VirtualMachine; readonly inspection?: Inspection }>(
  of: T,
  machine: Change,
): T {
  const { inspection } = of;
  return {
    ...of,
    machine: machine(of.machine),
    ...(inspection !== undefined && { inspection: { ...inspection, machine: machine(inspection.machine) } }),
  };
}

function specWithoutSecrets(spec: VmGroupSpec): VmGroupSpec {
  const { guest, extraConfig, customAttributes } = spec;
  return {
    ...spec,
    ...(guest !== undefined && { guest: guestWithoutSecrets(guest) }),
    ...(extraConfig !== undefined && { extraConfig: extraConfig.map(valueDigested) }),
    ...(customAttributes !== undefined && { customAttributes: customAttributes.map(valueDigested) }),
  };
}

function guestWithoutSecrets(guest: NonNullable<VmGroupSpec['guest']>): NonNullable<VmGroupSpec['guest']> {
  const { cloudInit, ignition } = guest;
  const { userData, metadata } = cloudInit ?? {};
  return {
    ...guest,
    ...(cloudInit !== undefined && {
      cloudInit: {
        ...cloudInit,
        ...(userData !== undefined && { userData: valueDigested(userData) }),
        ...(metadata !== undefined && { metadata: valueDigested(metadata) }),
      },
    }),
    ...(ignition !== undefined && { ignition: { ...ignition, config: valueDigested(ignition.config) } }),
  };
}

function valueDigested<T extends { readonly value?: string }>(holder: T): T {
  return holder.value === undefined ? holder : { ...holder, value: digestOf(holder.value) };
}

const MARKS: ReadonlySet<string> = new Set(MARK_KEYS);

/** What a guest has set counts only as far as it is what its group asks for, which the status tells anyway. */
function machineWithoutSecrets(machine: VirtualMachine, wanted: readonly GuestInfoValue[]): VirtualMachine {
  const { extraConfig, guestInfo } = machine;
  const hasOthers = Object.keys(extraConfig).some((key) => !MARKS.has(key));
  if (!hasOthers && guestInfo === undefined) return machine;
  const isWanted = (key: string, value: string) => wanted.some((one) => one.key === key && one.value === value);
  return {
    ...machine,
    extraConfig: mapped(extraConfig, (key, value) => (MARKS.has(key) ? value : digestOf(value))),
    ...(guestInfo !== undefined && {
      guestInfo: mapped(guestInfo, (key, value) => (isWanted(key, value) ? value : digestOf(value))),
    }),
  };
}

function mapped(
  texts: Readonly<Record<string, string>>,
  change: (key: string, value: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, change(key, value)]));
}

function orphansWithoutSecrets(orphans: Orphans, machine: Change): Orphans {
  const orphan = (one: Orphan): Orphan => ({ ...one, machine: machine(one.machine) });
  switch (orphans.kind) {
    case 'None':
      return orphans;
    case 'Legacy':
      return { ...orphans, machines: orphans.machines.map(orphan) };
    case 'Restored':
      return {
        ...orphans,
        machines: orphans.machines.map(orphan),
        refused: orphans.refused.map(orphan),
        others: orphans.others.map(machine),
      };
  }
}
