/** One vCenter of a world, as the watchers see it, and the watchers of the rules that each vCenter keeps for itself. */
import type { ManagedObjectReference } from '../../src/vsphere/port';
import type { VCenterModel } from '../fakes/vcenter';
import type { VCenterName } from './vcenter-administrator';
import { AddressWatcher } from './watchers/addresses';
import { AllowListWatcher } from './watchers/allow-lists';
import { CustomizationWatcher } from './watchers/customization';
import { KnownWorldWatcher } from './watchers/known-world';
import { LimitWatcher } from './watchers/limits';
import { OwnershipWatcher } from './watchers/ownership';
import { RolloutWatcher } from './watchers/rollout';
import { SlotWatcher } from './watchers/slots';
import type { TenantRulesHistory } from './watchers/tenant-rules-history';
import type { Watched, WatchedWorld, Watcher } from './watchers/watcher';
import { ZoneWatcher } from './watchers/zones';

export class Site implements Watched {
  readonly watchers: readonly Watcher[];
  readonly ownership: OwnershipWatcher;

  constructor(
    private readonly world: WatchedWorld,
    /** Of its VCenter object. */
    readonly name: VCenterName,
    readonly vcenter: VCenterModel,
    rules: TenantRulesHistory,
  ) {
    this.ownership = new OwnershipWatcher(this);
    this.watchers = [
      this.ownership,
      new SlotWatcher(this),
      new AddressWatcher(this),
      new CustomizationWatcher(this),
      new RolloutWatcher(this),
      new KnownWorldWatcher(this),
      new LimitWatcher(this, rules),
      new AllowListWatcher(this, rules),
      new ZoneWatcher(this, rules),
    ];
  }

  get clock() {
    return this.world.clock;
  }

  get vcenters() {
    return this.world.vcenters;
  }

  get users() {
    return this.world.users;
  }

  get clusterId() {
    return this.world.clusterId;
  }

  get otherClusterId() {
    return this.world.otherClusterId;
  }

  get processes() {
    return this.world.processes;
  }

  get administrator() {
    return this.world.administrator;
  }

  get restoredAtMs() {
    return this.world.restoredAtMs;
  }

  get newsAgeMs() {
    return this.world.newsAgeMs;
  }

  get slackMs() {
    return this.world.slackMs;
  }

  get flightMs() {
    return this.world.flightMs;
  }

  violated(what: string): void {
    this.world.violated(what);
  }

  /** What has changed, in words. */
  tellOf(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): string {
    const machine = this.vcenter.machines.find((candidate) => candidate.ref.value === ref.value);
    const task = this.vcenter.tasks.all().find((candidate) => candidate.ref.value === ref.value);
    const about = machine
      ? `${machine.name} ${machine.powerState}`
      : task && `${task.descriptionId} of ${task.entity.value}: ${task.state} ${task.fault?.xsiType ?? ''}`;
    return `  vcenter ${this.name}: ${ref.value} ${change} ${about ?? ''}`;
  }
}
