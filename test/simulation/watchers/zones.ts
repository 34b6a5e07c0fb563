import { leaseNameOf } from '../../../src/operator/manager/leadership';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import type { VCenterName } from '../vcenter-administrator';
import { isHostOf, zoneOf } from '../zones';
import type { TenantRulesHistory } from './tenant-rules-history';
import type { Watched, Watcher } from './watcher';

/**
 * R15: no clone is sent into a failure domain that the VCenter does not have, or onto a host that is not in the domain's host
 * group, as its process knows it when it sends.
 */
export class ZoneWatcher implements Watcher {
  constructor(
    private readonly watched: Watched & { readonly name: VCenterName },
    private readonly rules: TenantRulesHistory,
  ) {}

  callArrives(process: OperatorProcess, call: SeenCall, lease: string): void {
    if (call.method !== 'CloneVM_Task' || lease !== leaseNameOf(this.watched.name)) return;
    const { spec } = call.parameters as ParametersOf<'CloneVM_Task'>;
    const zone = zoneOf(spec.location.pool);
    const known = this.rules.knownTo(process, this.watched.name);
    if (zone === undefined || known === undefined) return;
    const told = known.map(({ failureDomains = [] }) => failureDomains.find(({ name }) => name === zone));
    const about = `${process.name} sends a clone (${call.operationId}) into ${zone}`;
    if (told.every((domain) => domain === undefined))
      this.watched.violated(`R15: ${about}, which VCenter ${this.watched.name} does not have`);
    const { host } = spec.location;
    if (told.every((domain) => domain?.hostGroup !== undefined) && !isHostOf(zone, host))
      this.watched.violated(`R15: ${about}, but onto ${host?.value ?? 'any host'}, which its host group has not`);
  }
}
