/** What a clone takes over from its source unless it says otherwise. */
import type { CallContext, CloneSource, ManagedObjectReference } from '../port';
import { isReference } from '../property/object-properties';
import { readObject } from '../property/property-reader';
import { propertyIn } from '../property/property-value';
import type { Session } from '../session/session';
import { adaptersAmong, devicesOf } from './adapter-changes';
import { controllersAmong, disksAmong } from './disk-devices';

const DEVICES_PATH = 'config.hardware.device';

/** Undefined if the source is gone. */
export async function readCloneSource(
  session: Session,
  source: ManagedObjectReference,
  call: CallContext,
): Promise<CloneSource | undefined> {
  const content = await readObject(session, source, ['datastore', 'network', DEVICES_PATH], call);
  if (content === undefined) return undefined;
  const datastores = propertyIn(content, 'datastore');
  const networks = propertyIn(content, 'network');
  const devices = propertyIn(content, DEVICES_PATH);
  return {
    datastores: Array.isArray(datastores) ? datastores.filter(isReference) : [],
    // Networks that cannot be read are not the same as none: they may be such as are not allowed (R15).
    ...(Array.isArray(networks) && networks.every(isReference) && { networks: networks.filter(isReference) }),
    ...(Array.isArray(devices) && {
      adapters: adaptersAmong(devicesOf(devices)).length,
      disks: disksAmong(devicesOf(devices)),
      controllers: controllersAmong(devicesOf(devices)),
    }),
  };
}
