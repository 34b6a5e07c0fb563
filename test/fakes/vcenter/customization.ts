/** The customization specification that the model stores, and what a clone with one does. */
import { CustomizationLinuxPrep, type CustomizationSpec } from '../../../src/vsphere/vim25/customization-types';
import { type AnyValue, typed } from '../../../src/vsphere/vim25/describe';
import type { ReturnOf } from '../../../src/vsphere/vim25/methods';
import { ModelFault } from './model-fault';

/** It has settings for one adapter. */
export const STORED_CUSTOMIZATION = 'linux';

const SPEC: CustomizationSpec = {
  options: { xsiType: 'CustomizationLinuxOptions' },
  identity: typed(CustomizationLinuxPrep, {
    hostName: { xsiType: 'CustomizationVirtualMachineName' },
    domain: 'example.com',
    timeZone: 'Europe/Sofia',
  }),
  globalIPSettings: {},
  nicSettingMap: [{ adapter: { ip: { xsiType: 'CustomizationDhcpIpGenerator' } } }],
};

export function storedCustomization(name: string): ReturnOf<'GetCustomizationSpec'> {
  if (name !== STORED_CUSTOMIZATION) throw new ModelFault('NotFound');
  return { spec: SPEC };
}

/** How a guest is customized as it boots for the first time. */
export interface Customized {
  readonly hostName: AnyValue | undefined;
  readonly addresses: readonly (AnyValue | undefined)[];
}

/** Throws NicSettingMismatch for settings that do not fit the adapters. */
export function customizedBy(spec: CustomizationSpec, adapters: number): Customized {
  const { identity, nicSettingMap = [] } = spec;
  if (nicSettingMap.length !== adapters)
    throw new ModelFault('NicSettingMismatch', {
      numberOfNicsInSpec: nicSettingMap.length,
      numberOfNicsInVM: adapters,
    });
  const { hostName } = identity;
  const name = typeof hostName === 'object' && 'name' in hostName ? hostName.name : undefined;
  return { hostName: name, addresses: nicSettingMap.map(({ adapter }) => adapter.ip.ipAddress) };
}
