/**
 * Whose turn it is: tenants take turns, and so do the owners of each (R15). Who had a turn goes to the end. Whoever is not
 * here waits for none.
 */
export class Turns<T> {
  /** The owners of each tenant, both in the order of their turns. */
  readonly #tenants = new Map<string, Map<string, T>>();
  readonly #tenantOf = new Map<string, string>();

  get(owner: string): T | undefined {
    return this.#ownersWith(owner)?.get(owner);
  }

  /** An owner that is here keeps its turn: a Map keeps the order of a key that is set again. */
  set(tenant: string, owner: string, value: T): void {
    if (this.#tenantOf.get(owner) !== tenant) this.delete(owner);
    const owners = this.#tenants.get(tenant) ?? new Map<string, T>();
    this.#tenants.set(tenant, owners.set(owner, value));
    this.#tenantOf.set(owner, tenant);
  }

  delete(owner: string): void {
    const tenant = this.#tenantOf.get(owner);
    if (tenant === undefined) return;
    const owners = this.#tenants.get(tenant);
    owners?.delete(owner);
    if (owners?.size === 0) this.#tenants.delete(tenant);
    this.#tenantOf.delete(owner);
  }

  /** The owners whose turn is next first. */
  *inOrder(): Iterable<readonly [string, T]> {
    for (const owners of this.#tenants.values()) yield* owners;
  }

  hadTurn(owner: string): void {
    const tenant = this.#tenantOf.get(owner);
    const owners = this.#ownersWith(owner);
    const value = owners?.get(owner);
    if (tenant === undefined || owners === undefined || value === undefined) return;
    owners.delete(owner);
    owners.set(owner, value);
    this.#tenants.delete(tenant);
    this.#tenants.set(tenant, owners);
  }

  clear(): void {
    this.#tenants.clear();
    this.#tenantOf.clear();
  }

  #ownersWith(owner: string): Map<string, T> | undefined {
    const tenant = this.#tenantOf.get(owner);
    return tenant === undefined ? undefined : this.#tenants.get(tenant);
  }
}
