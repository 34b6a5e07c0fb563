/** How many objects a page may have. After a page that was too large the next ones are smaller. */
import { VsphereError } from '../vim25/vsphere-error';

const MOST = 1000;

export class PageSize {
  #objects = MOST;

  get objects(): number {
    return this.#objects;
  }

  /** Whether a smaller page is worth a try after this error. */
  shrinkAfter(error: unknown): boolean {
    if (!(error instanceof VsphereError) || error.code !== 'ResponseTooLarge' || this.#objects === 1) return false;
    this.#objects = Math.max(1, Math.floor(this.#objects / 10));
    return true;
  }
}
