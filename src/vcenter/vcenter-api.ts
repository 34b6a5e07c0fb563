/** Writes to VCenter objects. */
import { readableVCenter } from '../api/readable-vcenter';
import { VCENTER_RESOURCE, type VCenter, type VCenterStatus } from '../api/vcenter';
import { isApiError, type Reflector, type ResourceClient, stripManagedFields } from '../kubernetes';

/** Field manager of every write to a status. */
const FIELD_MANAGER = 'vm-operator';

/**
 * Both resolve when the store has the server's answer, so no decision is made on a state from before our own write. A
 * VCenter that is gone is forgotten. They reject with an ApiError.
 */
export class VCenterApi {
  constructor(
    private readonly client: ResourceClient<VCenter>,
    private readonly reflector: Reflector<VCenter>,
  ) {}

  /** Replaces the whole status of this very object: a new one of the same name keeps its own. */
  async replaceStatus(vcenter: VCenter, status: VCenterStatus, signal: AbortSignal): Promise<void> {
    await this.#accept(vcenter, () => this.client.replaceStatus(vcenter.metadata, status, FIELD_MANAGER, signal));
  }

  /** Merge patch with the object's resourceVersion, so that a newer one is never overwritten. */
  async replaceFinalizers(vcenter: VCenter, finalizers: readonly string[], signal: AbortSignal): Promise<void> {
    const { name, resourceVersion, uid } = vcenter.metadata;
    const patch = { metadata: { uid, resourceVersion, finalizers } };
    await this.#accept(vcenter, () => this.client.mergePatch('', name, patch, signal));
  }

  async #accept(base: VCenter, write: () => Promise<VCenter>): Promise<void> {
    try {
      this.reflector.accept(readableVCenter(stripManagedFields(await write(), VCENTER_RESOURCE)), base);
    } catch (error) {
      if (!isApiError(error, 'NotFound')) throw error;
      this.reflector.missed(base);
    }
  }
}
