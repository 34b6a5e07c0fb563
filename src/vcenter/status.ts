/** The status of a VCenter: a pure function of what this process sees. */
import { printableWithin } from '../api/printable';
import { type Condition, setCondition } from '../api/set-condition';
import { VCENTER_FINALIZER, type VCenter, type VCenterStatus, type VCenterStatusAbout } from '../api/vcenter';
import { VCenterConditionType, VCenterReason } from '../api/vcenter-conditions';
import type { ConnectionStatus, Inventory, ShownCertificate } from '../vsphere/port';
import { certificateStatus, certificateWarning } from './certificate-status';
import { namesNotFound } from './named-objects';
import { type PrivilegeSight, privilegesCondition } from './privileges';
import type { Account } from './secret-account';
import type { VCenterUsage } from './shards';
import type { Unserved } from './unserved-namespaces';
import { usageStatus } from './usage-status';

export interface VCenterSeen {
  readonly vcenter: VCenter;
  readonly account: Account;
  /** Undefined: the spec cannot be used. */
  readonly connection: SeenConnection | undefined;
  /** What our machines use. Undefined without a connection. */
  readonly usage?: VCenterUsage | undefined;
  /** What the account may do. Undefined without a connection. */
  readonly privileges?: PrivilegeSight | undefined;
  /** UID of kube-system. */
  readonly clusterId: string;
  /** Number of groups that live on it, or are to. */
  readonly groups: number;
  /** False while a namespace may not be read, whose groups may live on it too. */
  readonly groupsKnown: boolean;
  /** Whether groups of namespaces that are not served live on it. */
  readonly unserved: Unserved;
  /** Whether no namespace may use it. */
  readonly selectsNone: boolean;
  /** The process that holds the Lease. */
  readonly leader: string;
  readonly nowWallMs: number;
}

interface SeenConnection {
  readonly status: ConnectionStatus;
  readonly inventory: Inventory;
  readonly certificate?: ShownCertificate | undefined;
}

/** Limits of the CRD. */
const LONGEST_REASON = 1_024;
const LONGEST_MESSAGE = 32_768;
const LONGEST_VERSION = 64;
const LONGEST_UUID = 36;
/** A message names so many namespaces. */
const MOST_NAMED = 3;

type Draft = Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>;

export function vcenterStatus(seen: VCenterSeen): VCenterStatus {
  const { vcenter, connection, clusterId, groups, leader, nowWallMs } = seen;
  const { generation } = vcenter.metadata;
  const observed = generation === undefined ? {} : { observedGeneration: generation };
  const told = certificateStatus(vcenter, connection?.certificate);
  const warning = certificateWarning(told.certificate, nowWallMs);
  const details = [connectedCondition(seen, warning), credentialsCondition(seen), placementCondition(seen)];
  const time = new Date(Math.floor(nowWallMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  const { privileges = { kind: 'NotAsked' } } = seen;
  const informing = [
    privilegesCondition(vcenter, connection?.status.kind === 'Ready', privileges),
    usedCondition(seen),
  ];
  const conditions = [readyCondition(details), ...details, ...informing].map((draft) =>
    setCondition(vcenter.status?.conditions ?? [], { ...shown(draft), ...observed }, time),
  );
  return {
    ...observed,
    conditions,
    ...aboutOf(seen, connection?.status),
    ...told,
    clusterID: vcenter.spec.clusterName ?? clusterId,
    groups,
    ...usedOf(seen),
    leader,
  };
}

/**
 * R14: codes and messages of failures are vCenter's own words, and people read them in a terminal. With a text that is
 * longer than the CRD allows the API server would refuse the whole status.
 */
function shown({ reason, message, ...draft }: Draft): Draft {
  return {
    ...draft,
    reason: printableWithin(reason, LONGEST_REASON),
    message: printableWithin(message, LONGEST_MESSAGE),
  };
}

/** The last known while vCenter cannot be seen. */
function usedOf({ vcenter: { status }, connection, usage }: VCenterSeen): Pick<VCenterStatus, 'usage' | 'namespaces'> {
  if (connection?.status.kind === 'Ready' && usage !== undefined) return usageStatus(usage);
  const { usage: total, namespaces } = status ?? {};
  return { ...(total && { usage: total }), ...(namespaces && { namespaces }) };
}

/**
 * What vCenter said of itself last. An identity that is too long is left out: a part of it would be another's. What is stored
 * may be longer, too (R14).
 */
function aboutOf(
  { vcenter }: VCenterSeen,
  status: ConnectionStatus | undefined,
): { readonly about?: VCenterStatusAbout } {
  const about = status?.kind === 'Ready' ? status.about : vcenter.status?.about;
  if (about === undefined) return {};
  const { version, build, apiVersion, instanceUuid } = about;
  const within = (text: string) => printableWithin(text, LONGEST_VERSION);
  return {
    about: {
      ...(version !== undefined && { version: within(version) }),
      ...(build !== undefined && { build: within(build) }),
      ...(apiVersion !== undefined && { apiVersion: within(apiVersion) }),
      ...(instanceUuid !== undefined && instanceUuid.length <= LONGEST_UUID && { instanceUuid }),
    },
  };
}

function readyCondition(details: readonly Draft[]): Draft {
  const type = VCenterConditionType.Ready;
  const bad = details.find(({ status }) => status === 'False') ?? details.find(({ status }) => status !== 'True');
  if (bad === undefined) return { type, status: 'True', reason: VCenterReason.Serving, message: 'groups are served' };
  return { type, status: bad.status, reason: bad.reason, message: bad.message };
}

function connectedCondition({ vcenter, account, connection }: VCenterSeen, warning: string | undefined): Draft {
  const type = VCenterConditionType.Connected;
  const no = (reason: string, message: string): Draft => ({ type, status: 'False', reason, message });
  if (vcenter.specProblems !== undefined) return no(VCenterReason.InvalidSpec, vcenter.specProblems.join('; '));
  if (account.kind === 'None') return no(account.reason, account.message);
  const status = connection?.status;
  switch (status?.kind) {
    case 'Ready':
      return {
        type,
        status: 'True',
        reason: VCenterReason.Connected,
        message: `connected to ${status.about.fullName}${warning === undefined ? '' : `; ${warning}`}`,
      };
    case 'Failed':
      return no(status.error.code, status.error.message);
    case 'Connecting':
    case undefined: {
      const message = 'the operator is logging in or reading the inventory';
      return { type, status: 'Unknown', reason: VCenterReason.Connecting, message };
    }
  }
}

function credentialsCondition({ account, connection }: VCenterSeen): Draft {
  const type = VCenterConditionType.CredentialsValid;
  if (account.kind === 'None') return { type, status: 'False', reason: account.reason, message: account.message };
  const status = connection?.status;
  if (status?.kind === 'Ready')
    return { type, status: 'True', reason: VCenterReason.LoggedIn, message: 'vCenter has accepted the account' };
  if (status?.kind === 'Failed' && REFUSED_LOGIN.has(status.error.code))
    return { type, status: 'False', reason: VCenterReason.InvalidLogin, message: status.error.message };
  return { type, status: 'Unknown', reason: VCenterReason.NotTried, message: 'vCenter has not been asked yet' };
}

const REFUSED_LOGIN: ReadonlySet<string> = new Set([
  ...['InvalidLogin', 'FailedAuthentication', 'PasswordExpired', 'InvalidToken'],
]);

function placementCondition({ vcenter, connection }: VCenterSeen): Draft {
  const type = VCenterConditionType.PlacementReady;
  if (connection?.status.kind !== 'Ready') {
    const message = 'names are resolved once vCenter is connected';
    return { type, status: 'Unknown', reason: VCenterReason.NotConnected, message };
  }
  const problems = namesNotFound(vcenter, connection.inventory);
  if (problems.length > 0)
    return { type, status: 'False', reason: VCenterReason.NotFound, message: problems.join('; ') };
  return {
    type,
    status: 'True',
    reason: VCenterReason.Resolved,
    message: 'all objects that the spec names were found',
  };
}

function usedCondition({ groups, groupsKnown, unserved, selectsNone, vcenter }: VCenterSeen): Draft {
  const type = VCenterConditionType.InUse;
  if (groups === 0 && !groupsKnown) {
    const message =
      'the operator may not read the VmGroups of a namespace that it is to serve: grant it that, or leave the namespace out of --watch-namespaces';
    return { type, status: 'Unknown', reason: VCenterReason.GroupsUnknown, message };
  }
  const unseen = groups === 0 ? unseenGroups(unserved, vcenter) : undefined;
  if (unseen !== undefined) return { type, status: 'Unknown', reason: VCenterReason.GroupsUnknown, message: unseen };
  if (groups === 0 && selectsNone) {
    const message =
      vcenter.spec.namespaceSelector === undefined
        ? 'without spec.namespaceSelector no namespace may use this vCenter: give it one; {} selects all namespaces'
        : 'spec.namespaceSelector selects no namespace: give the namespaces the labels that it asks for, or correct it';
    return { type, status: 'False', reason: VCenterReason.NoNamespace, message };
  }
  if (groups === 0)
    return { type, status: 'False', reason: VCenterReason.NotInUse, message: 'no VmGroup uses this vCenter' };
  const message = groups === 1 ? '1 VmGroup uses this vCenter' : `${groups} VmGroups use this vCenter`;
  return { type, status: 'True', reason: VCenterReason.GroupsBound, message };
}

/** Of namespaces that are not served. While the vCenter is away that matters only to its deletion. */
function unseenGroups(unserved: Unserved, { metadata }: VCenter): string | undefined {
  switch (unserved.kind) {
    case 'None':
      return undefined;
    case 'Machines': {
      const { namespaces } = unserved;
      const few = namespaces.slice(0, MOST_NAMED).map((name) => JSON.stringify(name));
      const names = `${few.join(', ')}${namespaces.length > MOST_NAMED ? ` and ${namespaces.length - MOST_NAMED} more` : ''}`;
      return `groups of namespaces that this operator does not serve have machines here (${names}): add the namespaces to --watch-namespaces, or remove the machines; until then a deleted VCenter stays`;
    }
    case 'NotSeen':
      if (metadata.deletionTimestamp === undefined) return undefined;
      return `whether groups of namespaces that this operator does not serve have machines here is not known while the vCenter is not connected: correct what the condition Connected says, or, if the vCenter is gone for good, remove the finalizer ${VCENTER_FINALIZER}`;
  }
}
