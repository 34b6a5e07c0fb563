/**
 * vCenter refuses a number of CPUs that is not a multiple of the cores per socket. In that case the sockets get smaller:
 * the greatest number of cores that divides both (docs/vsphere.md#cores-per-socket).
 */
import type { CallContext, ManagedObjectReference } from '../port';
import { readObject } from '../property/property-reader';
import { numberOf, propertyIn } from '../property/property-value';
import type { Service } from '../session/service';
import type { Session } from '../session/session';
import type { ObjectContent } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';

const CORES_PATH = 'config.hardware.numCoresPerSocket';
/** Since 8.0. If true, vCenter chooses the cores at each power-on and accepts any number of CPUs. */
const AUTOMATIC_PATH = 'config.hardware.autoCoresPerSocket';

export class VirtualSockets {
  readonly #session: Session;
  /** The server since its last connect, if it does not know AUTOMATIC_PATH because it is older than 8.0. */
  #withoutAutomatic: Service | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads these properties of a machine, and those of its sockets with them; undefined when it is gone. */
  async read(
    machine: ManagedObjectReference,
    paths: readonly string[],
    call: CallContext,
  ): Promise<ObjectContent | undefined> {
    const { service } = this.#session;
    const known = [...paths, CORES_PATH];
    if (this.#withoutAutomatic !== service)
      try {
        return await readObject(this.#session, machine, [...known, AUTOMATIC_PATH], call);
      } catch (error) {
        if (VsphereError.from(error).code !== 'InvalidProperty') throw error;
        this.#withoutAutomatic = service;
      }
    return await readObject(this.#session, machine, known, call);
  }
}

/** The cores per socket; undefined if any number of CPUs fits. */
export function coresPerSocketIn(content: ObjectContent | undefined): number | undefined {
  return propertyIn(content, AUTOMATIC_PATH) === true ? undefined : numberOf(propertyIn(content, CORES_PATH));
}

/** The cores per socket to send with this number of CPUs; undefined if the present ones fit. */
export function coresPerSocketFor(numCpu: number, coresPerSocket = 1): number | undefined {
  return coresPerSocket < 1 || numCpu % coresPerSocket === 0 ? undefined : greatestDivisor(numCpu, coresPerSocket);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
