/** The check of one VCenter object, with the groups of the files that belong to it. */

import { Mark } from '../../../api/ownership';
import type { VCenter } from '../../../api/vcenter';
import { namesNotFound } from '../../../vcenter/named-objects';
import { type CountedElsewhere, MachineUsage } from '../../../vmgroup/observe/machine-usage';
import { AuthKind, type CredentialsProvider, type RefusedLogins, serverName } from '../../../vsphere';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { commandLogger, readVCenterObject, type VCenterReader } from '../reading';
import type { FoundAccount } from '../vcenters/account-source';
import { NO_CLUSTER } from '../vcenters/cluster-reader';
import { checkAllowed } from './allowed-places';
import { type CheckResult, type CheckStep, type Finding, failed, ok, runSteps, warning } from './check-steps';
import { type CheckedEndpoint, endpointOfObject, namesOfObject } from './checked-endpoint';
import { endpointSteps } from './endpoint-steps';
import { checkLimits } from './used-limits';
import { vcenterSteps } from './vcenter-steps';

export interface ObjectCheck {
  readonly vcenter: VCenter;
  /** Its groups in the files. */
  readonly manifests: readonly Manifest[];
  readonly findAccount: () => Promise<FoundAccount>;
  /** Which namespaces it selects. */
  readonly checkSelector: () => readonly Finding[];
  /** UID of kube-system, or NO_CLUSTER. */
  readonly clusterId: () => Promise<string>;
  /** What other VCenters count. */
  readonly elsewhere: CountedElsewhere;
  /** Of the command: several objects may have one account. */
  readonly refusedLogins: RefusedLogins;
}

export async function checkObject(
  { vcenter, manifests, findAccount, checkSelector, clusterId, elsewhere, refusedLogins }: ObjectCheck,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const { flags, environment, clock } = options;
  const { spec, metadata } = vcenter;
  const found: { endpoint?: CheckedEndpoint; credentials?: CredentialsProvider; place?: string } = {};
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('a step has run before the settings were read');
    return value;
  };
  const readSettings: CheckStep = {
    check: 'settings',
    needs: [],
    run: async () => {
      if (vcenter.specProblems !== undefined) return vcenter.specProblems.map((problem) => failed(problem));
      found.endpoint = endpointOfObject(vcenter, environment);
      const account = await findAccount();
      if (account.kind === 'None') return [failed(account.message)];
      found.credentials = account.credentials;
      found.place = account.place;
      return [
        ok(settingsText(found.endpoint, account.place, spec)),
        ...(account.note === undefined ? [] : [warning(account.note)]),
        ...(metadata.deletionTimestamp === undefined
          ? []
          : [warning('it is being deleted, and takes no new group in')]),
      ];
    },
  };
  let reader: VCenterReader | undefined;
  const open = (): VCenterReader => {
    const logger = commandLogger(flags.logLevel, clock, options.log);
    reader = readVCenterObject({ ...options, refusedLogins, vcenter, credentials: known(found.credentials), logger });
    return reader;
  };
  const names = namesOfObject(() => found.place ?? 'the account');
  const opened = () => known(reader);
  try {
    return await runSteps([
      readSettings,
      { check: 'namespaces', needs: ['settings'], run: async () => checkSelector() },
      ...endpointSteps(() => known(found.endpoint), names, clock, signal),
      ...vcenterSteps({
        ...{ open, clusterId, signal, names, timeoutMs: flags.timeoutMs },
        ...{ manifests: () => manifests, hasManifests: manifests.length > 0, hasFileStep: false },
        between: (rules) => [
          { check: 'defaults', needs: ['inventory'], run: async () => checkDefaults(vcenter, opened()) },
          { check: 'allowed', needs: ['inventory'], run: async () => checkAllowed(opened().inventory, await rules()) },
          {
            check: 'limits',
            needs: ['inventory'],
            run: async () => checkUse(vcenter, opened(), await clusterId(), elsewhere),
          },
        ],
      }),
    ]);
  } finally {
    await reader?.close();
  }
}

function settingsText(endpoint: CheckedEndpoint, place: string, { credentials }: VCenter['spec']): string {
  const way = endpoint.proxy === undefined ? '' : `, through the proxy ${serverName(endpoint.proxy)}`;
  return `vCenter ${serverName(endpoint)}, account in ${place}, login by ${credentials.method ?? AuthKind.Password}${way}`;
}

function checkDefaults(vcenter: VCenter, { inventory }: VCenterReader): readonly Finding[] {
  const { defaults, failureDomains = [] } = vcenter.spec;
  const problems = namesNotFound(vcenter, inventory);
  if (problems.length > 0) return problems.map((problem) => failed(problem));
  const { folder: _, ...named } = defaults?.placement ?? {};
  const isNamed = failureDomains.length > 0 || Object.keys(named).length > 0;
  return isNamed ? [ok('all objects that the spec names were found')] : [];
}

/** Machines count that have the marks of this cluster. */
function checkUse(
  { spec }: VCenter,
  reader: VCenterReader,
  uid: string,
  elsewhere: CountedElsewhere,
): readonly Finding[] {
  if (spec.limits === undefined) return [];
  const clusterId = spec.clusterName ?? uid;
  if (clusterId === NO_CLUSTER)
    return [
      warning(
        'not known what is used: the API server did not tell the id of the cluster, which machines are marked with',
      ),
    ];
  const usage = new MachineUsage(reader, clusterId, elsewhere);
  usage.stop();
  const machines = reader.inventory
    .virtualMachinesByExtraConfig(Mark.Cluster, clusterId)
    .filter(({ extraConfig }) => !elsewhere.holds(extraConfig[Mark.Uid] ?? ''));
  return checkLimits(spec.limits, { total: usage.total, namespaces: usage.namespaces, machines });
}
