import type { ClusterChange } from '../../vsphere/port';
import { ActError } from './act-error';

/** R14: which of the DRS rules of a cluster cannot be written. The others are. */
export class Refusals {
  readonly #errors: ActError[] = [];

  /** The first one; undefined if there is none. */
  get first(): ActError | undefined {
    return this.#errors[0];
  }

  /** The changes; none if they are refused. A failed read is no refusal. */
  async of(changes: () => Promise<readonly ClusterChange[]>): Promise<readonly ClusterChange[]> {
    try {
      return await changes();
    } catch (error) {
      if (!(error instanceof ActError)) throw error;
      this.#errors.push(error);
      return [];
    }
  }
}
