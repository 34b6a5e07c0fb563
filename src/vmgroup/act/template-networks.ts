/**
 * R15: the networks that a clone takes over from its template when the spec names none. The inventory does not have them, so
 * they are read as the clone is sent.
 */
import type { CallContext, CloneSource, Inventory, ManagedObjectReference, VimClient } from '../../vsphere/port';
import { refusalBy, remedyBy } from '../model/allow-list-refusal';
import { isAllowed } from '../model/allowed-places';
import { nameList } from '../model/name-list';
import type { TenantPolicy } from '../model/tenant-policy';

export interface NetworkRules {
  readonly tenants: TenantPolicy;
  readonly inventory: Pick<Inventory, 'pathOf'>;
}

/** Why they are not allowed; undefined if they are. `source`: what vCenter tells of the template. */
export function whyNetworksRefused(
  template: ManagedObjectReference,
  source: CloneSource,
  { tenants, inventory }: NetworkRules,
): string | undefined {
  const patterns = tenants.allowed.networks;
  if (patterns === undefined || source.adapters === 0) return undefined;
  const path = inventory.pathOf(template);
  const networks = source.networks ?? [];
  if (networks.length === 0)
    return `vCenter does not tell the networks of template ${path}, and ${tenants.source} does not allow all: set spec.networks, or give the operator's account the privilege System.Read on the template and its networks`;
  const refused = networks.filter((network) => !isAllowed(network, patterns, inventory));
  if (refused.length === 0) return undefined;
  const paths = nameList(refused.map((network) => inventory.pathOf(network)));
  const own = patterns.length === 0 ? '' : 'set spec.networks to such, or ';
  return `network ${paths} of template ${path} (spec.networks is not given) ${refusalBy(tenants, patterns)}: ${own}${remedyBy(tenants, 'networks')}`;
}

/** What of a clone decides about its networks. */
export interface ClonedNetworks {
  readonly template?: ManagedObjectReference | undefined;
  /** Those that the spec names. */
  readonly networks?: readonly ManagedObjectReference[] | undefined;
}

interface ReadContext extends NetworkRules {
  readonly calls: Pick<VimClient, 'readCloneSource'>;
}

/** The same by a read. Undefined too if the template is gone: that is for vCenter to refuse. */
export async function readNetworkRefusal(
  { template, networks }: ClonedNetworks,
  context: ReadContext,
  call: CallContext,
): Promise<string | undefined> {
  if (template === undefined || networks !== undefined || context.tenants.allowed.networks === undefined)
    return undefined;
  const source = await context.calls.readCloneSource(template, call);
  return source && whyNetworksRefused(template, source, context);
}
