import type { VCenter } from '../../api/vcenter';
import { VCenterConditionType, VCenterReason } from '../../api/vcenter-conditions';
import type { VCenterWorld } from '../../vcenter/selection';
import { AuthKind } from '../../vsphere';

/**
 * Whether a refused account of this VCenter is tried again for another one: of several VCenters with one account, which
 * different processes may lead, the first by name of those whose status says InvalidLogin has the turn. Else the tries of
 * all the processes would add up to the limit of a lockout policy.
 */
export function isProbedElsewhere(name: string, vcenters: Pick<VCenterWorld['vcenters'], 'get' | 'list'>): boolean {
  const vcenter = vcenters.get(name);
  if (vcenter === undefined) return false;
  const account = accountOf(vcenter);
  return [...vcenters.list()].some(
    (other) => other.metadata.name < name && isRefused(other) && accountOf(other) === account,
  );
}

function isRefused({ status }: VCenter): boolean {
  const condition = status?.conditions?.find(({ type }) => type === VCenterConditionType.CredentialsValid);
  return condition?.reason === VCenterReason.InvalidLogin;
}

function accountOf({ spec: { endpoint, credentials } }: VCenter): string {
  const { host, port = 443 } = endpoint;
  return JSON.stringify([
    host.toLowerCase(),
    port,
    credentials.secretRef.name,
    credentials.method ?? AuthKind.Password,
  ]);
}
