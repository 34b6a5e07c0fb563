/** The model's storage policies, as PBM tells them: those that vcsim has at the start. */
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { ParametersOf, ReturnOf } from '../../../src/vsphere/vim25/methods';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault } from './model-fault';

export interface ModelPolicy {
  readonly id: string;
  name: string;
  /** By refKey of a datastore, why it does not fit. All others fit, as on vcsim. */
  readonly objections: Map<string, string>;
}

export class ModelStoragePolicies {
  readonly all: ModelPolicy[] = [
    { id: '4d5f673c-536f-11e6-beb8-9e71128cae77', name: 'VM Encryption Policy', objections: new Map() },
    { id: 'aa6d5a82-1c88-45da-85d3-3d74b91a5bad', name: 'vSAN Default Storage Policy', objections: new Map() },
    { id: 'f4e5bade-15a2-4805-bf8e-52318c4ce443', name: 'VVol No Requirements Policy', objections: new Map() },
    {
      id: 'c268da1b-b343-49f7-a468-b1deeb7078e0',
      name: 'Host-local PMem Default Storage Policy',
      objections: new Map(),
    },
  ];

  readonly serviceContent = {
    profileManager: { type: 'PbmProfileProfileManager', value: 'ProfileManager' },
    placementSolver: { type: 'PbmPlacementSolver', value: 'placementSolver' },
  };

  constructor(private readonly truth: InventoryTruth) {}

  /** By another person. `fitting`: the datastores that fit it; default: all. */
  make(name: string, fitting?: readonly ManagedObjectReference[]): ModelPolicy {
    const policy: ModelPolicy = { id: this.truth.nextId('policy'), name, objections: new Map() };
    const fits = fitting && new Set(fitting.map(refKey));
    for (const { ref } of this.truth.entities.values())
      if (ref.type === 'Datastore' && fits?.has(refKey(ref)) === false)
        policy.objections.set(refKey(ref), 'The datastore does not match the storage policy');
    this.all.push(policy);
    return policy;
  }

  remove(name: string): void {
    this.all.splice(0, this.all.length, ...this.all.filter((policy) => policy.name !== name));
  }

  query(): ReturnOf<'PbmQueryProfile'> {
    return this.all.map(({ id }) => ({ uniqueId: id }));
  }

  content({ profileIds }: ParametersOf<'PbmRetrieveContent'>): ReturnOf<'PbmRetrieveContent'> {
    if (profileIds.length === 0) throw new ModelFault('InvalidRequest');
    return profileIds.map(({ uniqueId }) => {
      const { id, name } = this.#policy(uniqueId);
      return { profileId: { uniqueId: id }, name };
    });
  }

  check({
    hubsToSearch,
    placementSubjectRequirement = [],
  }: ParametersOf<'PbmCheckRequirements'>): ReturnOf<'PbmCheckRequirements'> {
    const [requirement] = placementSubjectRequirement;
    const { profileId } = requirement as unknown as { readonly profileId: { readonly uniqueId: string } };
    const { objections } = this.#policy(profileId.uniqueId);
    const everywhere = [...this.truth.entities.values()].flatMap(({ ref }) =>
      ref.type === 'Datastore' ? [{ hubType: ref.type, hubId: ref.value }] : [],
    );
    return (hubsToSearch ?? everywhere).map((hub) => {
      const objection = objections.get(refKey({ type: hub.hubType, value: hub.hubId }));
      return objection === undefined ? { hub } : { hub, error: [{ localizedMessage: objection }] };
    });
  }

  #policy(wanted: string): ModelPolicy {
    const found = this.all.find(({ id }) => id === wanted);
    if (found === undefined) throw new ModelFault('InvalidArgument', { invalidProperty: 'profileId' });
    return found;
  }
}
