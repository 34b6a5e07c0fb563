/** What differs from the right customization of one group's machines. */

import { hostNameOf } from '../../src/api/naming';
import { readOwnership } from '../../src/api/ownership';
import { isCurrent } from '../../src/api/slot-revision';
import { adapterAddresses, hostPart } from '../../src/api/static-addresses';
import type { VmGroup } from '../../src/api/vm-group';
import type { ModelMachine } from '../fakes/vcenter';

/** Names may have been given by another pattern. A machine that was made otherwise, such as an adopted one, has none. */
export function customizationDifferences(group: VmGroup, machines: readonly ModelMachine[]): readonly string[] {
  if (group.spec.naming?.hostname !== undefined) return [];
  return machines.flatMap(({ name, extraConfig, instanceUuid, customized }) => {
    const slot = readOwnership({ extraConfig: Object.fromEntries(extraConfig), instanceUuid })?.slot;
    if (customized === undefined || slot === undefined || !isCurrent(slot, group.spec)) return [];
    const wanted = {
      hostName: hostNameOf(group, slot),
      addresses: adapterAddresses(group.spec, slot.ordinal).map(({ address }) => address && hostPart(address)),
    };
    const isRight =
      customized.hostName === wanted.hostName &&
      wanted.addresses.every((address, index) => customized.addresses[index] === address);
    return isRight ? [] : [`${name} is customized as ${JSON.stringify(customized)}, not ${JSON.stringify(wanted)}`];
  });
}
