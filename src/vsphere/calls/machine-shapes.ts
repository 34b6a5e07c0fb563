/** What tells a machine from another one of the same size: guest OS, firmware, disks and network adapters. */
import type { CallContext, MachineShape, ManagedObjectReference } from '../port';
import { readObjects } from '../property/property-reader';
import { textOf } from '../property/property-value';
import type { Session } from '../session/session';
import { adaptersAmong, devicesOf } from './adapter-changes';
import { disksAmong } from './disk-devices';

const GUEST_PATH = 'config.guestId';
const FIRMWARE_PATH = 'config.firmware';
const DEVICES_PATH = 'config.hardware.device';

/** By the machine's reference; see VimClient. */
export async function readMachineShapes(
  session: Session,
  machines: readonly ManagedObjectReference[],
  call: CallContext,
): Promise<ReadonlyMap<string, MachineShape>> {
  const { objects } = await readObjects(session, machines, [GUEST_PATH, FIRMWARE_PATH, DEVICES_PATH], call);
  const told = new Map<string, MachineShape>();
  for (const { obj, propSet = [] } of objects) {
    const value = (path: string) => propSet.find(({ name }) => name === path)?.val;
    const devices = value(DEVICES_PATH);
    const guestId = textOf(value(GUEST_PATH));
    // A machine always has devices, such as its controllers: without them nobody knows its shape.
    if (guestId === undefined || !Array.isArray(devices)) continue;
    const firmware = textOf(value(FIRMWARE_PATH));
    told.set(obj.value, {
      guestId,
      ...(firmware !== undefined && { firmware }),
      disks: disksAmong(devicesOf(devices)),
      adapters: adaptersAmong(devicesOf(devices)).length,
    });
  }
  return told;
}
