/** Storage policies, by the service PBM (docs/vsphere.md#storage-policies). Only a clone with a policy costs these reads. */
import type { Clock } from '../../time/clock';
import { type CallContext, type ManagedObjectReference, type PolicyFit, refKey } from '../port';
import { retrieveProperties } from '../property/property-reader';
import { propertyIn, refsOf } from '../property/property-value';
import type { Session } from '../session/session';
import { typed } from '../vim25/describe';
import type { ReturnOf } from '../vim25/methods';
import { PbmPlacementCapabilityProfileRequirement } from '../vim25/pbm-types';
import { TraversalSpec } from '../vim25/types';
import { KeptReads } from './kept-reads';

const PBM_SERVICE: ManagedObjectReference = { type: 'PbmServiceInstance', value: 'ServiceInstance' };
/** What the client shows as VM storage policies. The other categories cannot be used for machines. */
const REQUIREMENT = 'REQUIREMENT';
const STORAGE = { resourceType: 'STORAGE' };

const SERVICE_KEPT_MS = 600_000;
const KEPT_MS = 60_000;

interface Policy {
  readonly id: string;
  readonly name: string;
}

export class StoragePolicies {
  readonly #session: Session;
  readonly #kept: KeptReads;

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#kept = new KeptReads(clock);
  }

  /** The ids of the policies with this name. An answer of none is not kept, so that the next question finds a new policy. */
  async idsOf(name: string, call: CallContext): Promise<readonly string[]> {
    const all = await this.#kept.get({ key: 'policies', keptMs: KEPT_MS, read: () => this.#all(call) }, call);
    const ids = all.filter((policy) => policy.name === name).map(({ id }) => id);
    if (ids.length === 0) this.#kept.forget('policies');
    return ids;
  }

  /** Which of the datastores fit the policy. One that PBM says nothing of does not. */
  async fits(
    policy: string,
    datastores: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<readonly PolicyFit[]> {
    if (datastores.length === 0) return [];
    const key = `fits ${policy} ${datastores.map(refKey).sort().join(' ')}`;
    const answer = await this.#kept.get(
      { key, keptMs: KEPT_MS, read: () => this.#check(policy, datastores, call) },
      call,
    );
    const told = new Map((answer ?? []).map((result) => [`${result.hub.hubType}:${result.hub.hubId}`, result]));
    return datastores.map((datastore) => {
      const result = told.get(`${datastore.type}:${datastore.value}`);
      const [error] = result?.error ?? [];
      if (result !== undefined && error === undefined) return { datastore };
      const objection =
        error?.localizedMessage ?? error?.fault?.xsiType ?? 'it is not among the datastores of the answer';
      return { datastore, objection };
    });
  }

  /** The datastores that the hosts of the pool's cluster, or its host, have: ComputeResource.datastore. */
  datastoresOf(pool: ManagedObjectReference, call: CallContext): Promise<readonly ManagedObjectReference[]> {
    const read = async () => {
      const toOwner = typed(TraversalSpec, { name: 'owner', type: pool.type, path: 'owner', skip: false });
      const spec = {
        propSet: [{ type: 'ComputeResource', pathSet: ['datastore'] }],
        objectSet: [{ obj: pool, skip: true, selectSet: [toOwner] }],
      };
      const objects = await retrieveProperties(this.#session, spec, call);
      return objects.flatMap((content) => refsOf(propertyIn(content, 'datastore')));
    };
    return this.#kept.get({ key: `pool ${refKey(pool)}`, keptMs: KEPT_MS, read }, call);
  }

  /** A clone with a policy has failed: all is read again. */
  forget(): void {
    this.#kept.clear();
  }

  async #all(call: CallContext): Promise<readonly Policy[]> {
    const { profileManager } = await this.#service(call);
    const wanted = { resourceType: STORAGE, profileCategory: REQUIREMENT };
    const profileIds = (await this.#session.invoke('PbmQueryProfile', profileManager, wanted, call)) ?? [];
    // PBM refuses a question about none.
    if (profileIds.length === 0) return [];
    const profiles = await this.#session.invoke('PbmRetrieveContent', profileManager, { profileIds }, call);
    return (profiles ?? [])
      .map(({ profileId, name }) => ({ id: profileId.uniqueId, name }))
      .filter(({ id }) => id !== '');
  }

  async #check(
    policy: string,
    datastores: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<ReturnOf<'PbmCheckRequirements'>> {
    const { placementSolver } = await this.#service(call);
    const requirement = typed(PbmPlacementCapabilityProfileRequirement, { profileId: { uniqueId: policy } });
    const question = {
      hubsToSearch: datastores.map(({ type, value }) => ({ hubType: type, hubId: value })),
      placementSubjectRequirement: [requirement],
    };
    return this.#session.invoke('PbmCheckRequirements', placementSolver, question, call);
  }

  #service(call: CallContext): Promise<ReturnOf<'PbmRetrieveServiceContent'>> {
    // Another vCenter may answer after a reconnect.
    const version = this.#session.service;
    const read = () => this.#session.invoke('PbmRetrieveServiceContent', PBM_SERVICE, {}, call);
    return this.#kept.get({ key: 'service', keptMs: SERVICE_KEPT_MS, version, read }, call);
  }
}
