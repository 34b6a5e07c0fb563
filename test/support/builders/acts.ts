/** The context of an act of the group shop/web, and an act against given calls. */
import { workFor } from '../../../src/vmgroup/act/act';
import type { ActContext } from '../../../src/vmgroup/act/act-context';
import type { VCenterAction } from '../../../src/vmgroup/model/action';
import type { InFlightOperation } from '../../../src/vmgroup/model/in-flight';
import { DEFAULT_TENANT_POLICY } from '../../../src/vmgroup/model/tenant-policy';
import type { VimClient } from '../../../src/vsphere/port';
import { callsOf } from './calls';
import { aGroup, CLUSTER_ID } from './observation';

export function anActContext(given: Partial<VimClient>, rest: Partial<ActContext> = {}): ActContext {
  return {
    group: aGroup(),
    ...{ clusterId: CLUSTER_ID, tenants: DEFAULT_TENANT_POLICY, isLiving: () => false },
    folderCreated: () => undefined,
    calls: callsOf(given),
    readSecret: async () => ({ kind: 'NotFound' }),
    guestData: { extraConfigOf: async () => ({}), refusalOf: () => undefined, refused: () => {} },
    readSpec: async ({ spec }) => spec,
    knownDatastores: [],
    isShown: () => true,
    datastoresOf: () => [],
    mayStart: () => true,
    isAllowed: () => true,
    inventory: { pathOf: ({ value }) => `/${value}`, entitiesIn: () => [] },
    inFlight: () => undefined,
    isClaimed: () => false,
    foreignInFolder: () => undefined,
    sent: () => undefined,
    accepted: () => undefined,
    ended: () => undefined,
    settled: () => undefined,
    knownMachines: () => [],
    machineGone: () => undefined,
    folderGone: () => undefined,
    networkKept: () => undefined,
    hostRulesNotEnforced: () => undefined,
    hostRulesRefused: () => undefined,
    domainsFound: () => undefined,
    hostRuleKept: () => undefined,
    learnedAddresses: () => undefined,
    preparesOnly: () => true,
    notOurs: () => undefined,
    policyFound: () => undefined,
    inspected: () => undefined,
    nowMs: () => 0,
    ...rest,
  };
}

/** Sends an action against these calls. */
export async function sent(
  action: VCenterAction,
  given: Partial<VimClient>,
  operation?: InFlightOperation,
  claimed: readonly string[] = [],
) {
  const verdicts: string[] = [];
  const context = anActContext(given, {
    inFlight: () => operation,
    isClaimed: ({ value }) => claimed.includes(value),
    settled: (_key, verdict) => verdicts.push(verdict),
  });
  const result = await workFor(action, context).send(new AbortController().signal);
  return { result, verdicts };
}

export const answering =
  <T>(answer: T) =>
  async () =>
    answer;
