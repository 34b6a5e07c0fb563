/**
 * Which failure domain each machine of a group is in.
 *
 * It is told by where the machine is now: a domain fits whose pool holds it, the innermost pool first. No mark tells it, for
 * marks do not move with a machine: where somebody moved it counts for the spread. Of several domains on one pool it is in
 * that for which it was made, as far as its datastores allow that; else in that with its datastore. For what it was made the
 * last look tells that could, which the status carries over a restart; if the status does not tell, a DRS rule of the group
 * may. It tells too where a machine is while vCenter does not tell its pool or the domain cannot be found, and that it was
 * made in one that has been taken out since: a domain that shared the pool with one that is left has the same place.
 * Nothing is concluded from what was never seen (R14): a machine that was in none of the domains is left where it is.
 */
import { slotKey } from '../../api/identity';
import { type Inventory, type ManagedObjectReference, refKey, sameRef, type VirtualMachine } from '../../vsphere/port';
import { datastoresIn } from '../model/datastore-members';
import { unusable } from '../model/failure-domain';
import type { InFlightOperation } from '../model/in-flight';
import type { Known } from '../model/known-objects';
import { lineageOf } from '../model/lineage';
import type { Replica } from '../model/observation';
import type { DomainPlacement, Placement } from '../model/placement';

/** What was seen or sent before. */
export interface FormerDomains {
  readonly known: Known;
  readonly operations: readonly InFlightOperation[];
  /** By machine, what a live look has found: the failure domain on whose hosts a DRS rule keeps it; undefined: none. */
  readonly found?: ReadonlyMap<string, string | undefined>;
}

/** A domain that a machine may be in. */
type Usable = DomainPlacement & { readonly resourcePool: ManagedObjectReference };

/** The replicas, each with its failure domain. The same list for a group that uses none. */
export function inDomains(
  replicas: readonly Replica[],
  { domains }: Placement,
  former: FormerDomains,
  inventory: Inventory,
): readonly Replica[] {
  if (domains === undefined || replicas.length === 0) return replicas;
  const recordOf = recordsOf(former);
  const fitsOf = finderOf(domains, inventory);
  const counts = new Map(domains.map(({ name }) => [name, 0]));
  const undecided: { readonly index: number; readonly fits: readonly string[] }[] = [];
  const found = replicas.map((replica, index) => {
    const record = recordOf(replica);
    const fits = fitsOf(replica.machine, record);
    const name = decided(fits, record, domains);
    if (name === undefined && fits !== undefined && fits.length > 0 && !waitsForLook(replica, fits, domains, former))
      undecided.push({ index, fits });
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    return name;
  });
  // Domains that cannot be told apart by place: any of them is true, so they are filled evenly.
  for (const { index, fits } of undecided) {
    const name = fits.reduce((least, other) => ((counts.get(other) ?? 0) < (counts.get(least) ?? 0) ? other : least));
    found[index] = name;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return replicas.map((replica, index) => {
    const name = found[index];
    return name === undefined ? replica : { ...replica, failureDomain: name };
  });
}

/**
 * Domains that differ by their DRS host group only: a rule of the group says in which of them a machine is, and the inventory
 * shows no rules. Until a look has found it, nobody knows: a guess would move machines.
 */
function waitsForLook(
  { machine }: Replica,
  fits: readonly string[],
  domains: readonly DomainPlacement[],
  { found }: FormerDomains,
): boolean {
  if (found?.has(machine.ref.value)) return false;
  return domains.some(({ name, hostGroup }) => hostGroup !== undefined && fits.includes(name));
}

function decided(
  fits: readonly string[] | undefined,
  record: string | undefined,
  domains: readonly DomainPlacement[],
): string | undefined {
  if (fits === undefined) return record;
  const [only] = fits;
  const recorded = domains.find(({ name }) => name === record);
  // It cannot be found now, so nobody can say that the machine is not in it.
  if (recorded !== undefined && unusable(recorded)) return record;
  // It was taken out. That the place is another domain's as well makes the machine none of that one.
  if (recorded === undefined && record !== undefined) return record;
  if (record !== undefined && fits.includes(record)) return record;
  // It can be found, and the machine is not in it: somebody moved the machine, or the domain is another place now.
  return fits.length === 1 ? only : undefined;
}

function recordsOf({ known, operations, found }: FormerDomains): (replica: Replica) => string | undefined {
  const byMachine = new Map(known.machines.map(({ ref, failureDomain }) => [refKey(ref), failureDomain]));
  const bySlot = new Map(
    operations.flatMap(({ operation, slot, failureDomain }) =>
      operation === 'Clone' && slot !== undefined ? [[slotKey(slot), failureDomain] as const] : [],
    ),
  );
  return ({ machine, slot }) =>
    byMachine.get(refKey(machine.ref)) ?? bySlot.get(slotKey(slot)) ?? found?.get(machine.ref.value);
}

/**
 * The domains that fit a machine, of which one is recorded as its own; undefined while nobody knows where it is. What was found
 * for a pool is kept for the next.
 */
function finderOf(
  domains: readonly DomainPlacement[],
  inventory: Inventory,
): (machine: VirtualMachine, record: string | undefined) => readonly string[] | undefined {
  const usable = domains.filter((domain): domain is Usable => domain.resourcePool !== undefined);
  const byPool = new Map<string, readonly Usable[]>();
  const around = (pool: ManagedObjectReference): readonly Usable[] => {
    const kept = byPool.get(pool.value);
    if (kept !== undefined) return kept;
    const holder = lineageOf(pool, inventory).find(({ ref }) =>
      usable.some(({ resourcePool }) => sameRef(resourcePool, ref)),
    );
    const found = usable.filter(({ resourcePool }) => sameRef(resourcePool, holder?.ref));
    byPool.set(pool.value, found);
    return found;
  };
  const storesOf = new Map(
    usable.map(({ name, datastore }) => [name, datastore && datastoresIn(datastore, inventory)]),
  );
  return ({ resourcePool, datastores = [] }, record) => {
    // vCenter does not tell the pool, or what holds it.
    if (resourcePool === undefined || inventory.entity(resourcePool) === undefined) return undefined;
    const there = around(resourcePool);
    if (there.length < 2) return there.map(({ name }) => name);
    const isOnStore = ({ name }: Usable) =>
      storesOf.get(name)?.some((ref) => datastores.some((own) => sameRef(own, ref)));
    const onStore = there.filter(isOnStore);
    const anyStore = there.filter(({ datastore }) => datastore === undefined);
    // A datastore tells two domains apart only where both name one: the other may be that of the template.
    const own = there.find(({ name }) => name === record);
    const isOwn = own !== undefined && (own.datastore === undefined || datastores.length === 0 || isOnStore(own));
    if (isOwn) return [own.name];
    const fits = [onStore, anyStore, there].find((some) => some.length > 0) ?? there;
    return fits.map(({ name }) => name);
  };
}
