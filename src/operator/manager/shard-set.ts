/** All shards of this process, and to which of them a group belongs. */
import type { VCenter } from '../../api/vcenter';
import type { GroupKey, VmGroup } from '../../api/vm-group';
import { connectionSettingsOf } from '../../vcenter/connection-settings';
import { type ConnectedVCenters, type RegisteredVCenter, registrationOf } from '../../vcenter/registry';
import { type Choice, chooseVCenter, IMPLICIT_VCENTER, type VCenterWorld } from '../../vcenter/selection';
import type { ServedVCenter, VCenterShards } from '../../vcenter/shards';
import { defaultPlaces } from '../../vmgroup/model/default-places';
import type { Limits } from '../../vmgroup/model/limits';
import type { TenantPolicy } from '../../vmgroup/model/tenant-policy';
import type { VCenterConnection } from '../../vsphere';
import type { Shard } from './shard';
import { type RegisteredSelection, selectionOf } from './shard-selection';

export interface ShardSetOptions {
  readonly world: VCenterWorld;
  /** What the operator's flags let tenants do, on every vCenter. */
  readonly tenants: TenantPolicy;
  /** Makes the shard of a vCenter, in this set. */
  make(name: string, shards: ShardSet): Shard;
  /** Makes a new connection to the vCenter of the operator's environment; undefined if that names none. */
  readonly connectImplicit: (() => RegisteredVCenter) | undefined;
  /** Makes a new connection to the vCenter of an object. */
  connectObject(vcenter: VCenter): VCenterConnection;
  readonly signal: AbortSignal;
}

export class ShardSet implements VCenterShards, ConnectedVCenters {
  /** For groups without a vCenter, and for (env). */
  readonly base: Shard;
  readonly #options: ShardSetOptions;
  readonly #shards = new Map<string, { readonly shard: Shard; settings: string }>();

  constructor(options: ShardSetOptions) {
    this.#options = options;
    this.base = options.make(IMPLICIT_VCENTER, this);
  }

  *[Symbol.iterator](): Iterator<Shard> {
    yield this.base;
    for (const { shard } of this.#shards.values()) yield shard;
  }

  all(): readonly Pick<RegisteredVCenter, 'name' | 'connection'>[] {
    return [...this].flatMap(({ name, connection }) => (connection === undefined ? [] : [{ name, connection }]));
  }

  /** Undefined while it is not known which labels its namespace has (R13). */
  choose(group: VmGroup): Choice | undefined {
    return chooseVCenter(group, this.#options.world);
  }

  /** Whether a group lives on a vCenter, or is to. One that is being deleted there counts too. */
  isOn(group: VmGroup, name: string): boolean {
    if (group.status?.vcenter?.name === name) return true;
    const choice = this.choose(group);
    return choice !== undefined && choice.kind !== 'None' && choice.name === name;
  }

  /** The shard that a group belongs to: the base, if its vCenter is not served yet. */
  ownerOf(group: VmGroup): Shard | undefined {
    const choice = this.choose(group);
    if (choice === undefined) return undefined;
    return choice.kind === 'None' ? this.base : (this.#shards.get(choice.name)?.shard ?? this.base);
  }

  /** The shards that a group does not belong to forget it, and its owner takes over what they have seen of it (R2). */
  settle(key: GroupKey, owner: Shard | undefined): void {
    for (const shard of this) {
      const seen = shard === owner ? undefined : shard.forget(key);
      if (seen !== undefined) owner?.inherit(key, seen);
    }
  }

  select(group: VmGroup, connected: RegisteredVCenter | undefined): RegisteredSelection {
    const { world, tenants } = this.#options;
    const choice = this.choose(group);
    const vcenter = choice?.kind === 'None' || choice === undefined ? undefined : world.vcenters.get(choice.name);
    const current =
      connected === undefined || vcenter === undefined
        ? connected
        : { ...registrationOf(vcenter, tenants), connection: connected.connection };
    return selectionOf({ group, choice, vcenter, connected: current });
  }

  /** What the vCenter of a shard limits now. */
  limitsOf(name: string): Limits {
    const { world, tenants } = this.#options;
    const vcenter = world.vcenters.get(name);
    return (vcenter === undefined ? tenants : registrationOf(vcenter, tenants).tenants).limits;
  }

  get leadsBase(): boolean {
    return this.base.leads;
  }

  useImplicit(): boolean {
    const { connectImplicit, world } = this.#options;
    if (connectImplicit === undefined || world.vcenters.size > 0 || this.base.connection !== undefined) return true;
    if (this.base.isEnding) return false;
    this.base.connect(connectImplicit());
    return true;
  }

  leaveImplicit(): boolean {
    void this.base.disconnect();
    return !this.base.isEnding;
  }

  async serve(vcenter: VCenter, isUsable: boolean): Promise<ServedVCenter | undefined> {
    const { name } = vcenter.metadata;
    if (this.#shards.get(name)?.shard.isOver && !(await this.end(name))) return undefined;
    const held = this.#shards.get(name) ?? this.#start(name);
    const { shard } = held;
    const settings = isUsable ? connectionSettingsOf(vcenter) : '';
    const { tenants, connectObject } = this.#options;
    const registration = registrationOf(vcenter, tenants);
    if (held.settings !== settings) {
      held.settings = '';
      void shard.disconnect();
      if (shard.isEnding) return undefined;
      if (isUsable) shard.connect({ ...registration, connection: connectObject(vcenter) });
      // Not before: settings that cannot be used are tried again, and told each time.
      held.settings = settings;
    }
    const { leads, leadership, connection, usage } = shard;
    const privileges = isUsable ? shard.lookAtPrivileges(registration, defaultPlaces(registration.tenants)) : undefined;
    return { leads, identity: leadership.identity, connection, usage, privileges };
  }

  async end(name: string): Promise<boolean> {
    const shard = this.#shards.get(name)?.shard;
    if (shard === undefined) return true;
    shard.endWork(new Error('stopping'));
    void shard.disconnect();
    if (shard.isEnding) return false;
    await shard.end(this.#options.signal);
    this.#shards.delete(name);
    return true;
  }

  #start(name: string): { readonly shard: Shard; settings: string } {
    const { make, signal } = this.#options;
    const held = { shard: make(name, this), settings: '' };
    this.#shards.set(name, held);
    held.shard.lead(signal).catch(() => {
      // Only its end, or the end of the process, rejects it.
    });
    return held;
  }
}
