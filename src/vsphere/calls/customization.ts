/**
 * A customization specification that is stored in vCenter: read whole, given our host name and addresses, and sent with a
 * clone. It may hold passwords, so it stays in here: others see its kind only (R10).
 */
import { isIP } from 'node:net';
import type { CallContext, CloneCustomization, CustomizedAdapter, StoredCustomization } from '../port';
import type { Session } from '../session/session';
import {
  type CustomizationAdapterMapping,
  CustomizationFixedIp,
  CustomizationFixedIpV6,
  CustomizationFixedName,
  type CustomizationSpec,
  type CustomizationSysprep,
} from '../vim25/customization-types';
import { type DataObject, describedType, typed, UNDESCRIBED } from '../vim25/describe';
import { transportError, VsphereError } from '../vim25/vsphere-error';

const KINDS: Readonly<Record<string, StoredCustomization['kind']>> = {
  CustomizationLinuxPrep: 'LinuxPrep',
  CustomizationSysprep: 'Sysprep',
  CustomizationCloudinitPrep: 'CloudinitPrep',
};

/** What is private of it is shown by no log, and is in no JSON. */
class ReadCustomization implements StoredCustomization {
  readonly kind: StoredCustomization['kind'];
  readonly adapters: number;
  readonly unknown: string | undefined;
  readonly #spec: CustomizationSpec;

  constructor(spec: CustomizationSpec) {
    this.#spec = spec;
    this.kind = KINDS[spec.identity.xsiType] ?? 'Other';
    this.adapters = spec.nicSettingMap?.length ?? 0;
    this.unknown = unknownPart(spec, 'spec');
  }

  /** Throws InvalidInput for one that another client has read. */
  static specOf(stored: StoredCustomization): CustomizationSpec {
    if (!(stored instanceof ReadCustomization))
      throw transportError(
        'InvalidInput',
        'a customization specification of another connection cannot be sent',
        'NotSent',
      );
    return stored.#spec;
  }
}

/** Undefined if vCenter has none of this name. */
export async function readCustomizationSpec(
  session: Session,
  name: string,
  call: CallContext,
): Promise<StoredCustomization | undefined> {
  const { customizationSpecManager } = session.service;
  if (customizationSpecManager === undefined)
    throw transportError('NotVCenter', 'the server has no CustomizationSpecManager', 'Refused');
  try {
    const { spec } = await session.invoke('GetCustomizationSpec', customizationSpecManager, { name }, call);
    return new ReadCustomization(spec);
  } catch (error) {
    if (VsphereError.from(error).code === 'NotFound') return undefined;
    throw error;
  }
}

/** The place and the type of the first part that our types do not describe: it would be lost on the way back. */
function unknownPart(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  const object = value as Readonly<Record<string, unknown>>;
  const undescribed = object[UNDESCRIBED];
  if (typeof undescribed === 'string') return `${path}.${undescribed}`;
  const { xsiType } = object;
  if (typeof xsiType === 'string' && describedType(xsiType) === undefined) return `${path} (${xsiType.slice(0, 80)})`;
  for (const [name, child] of Object.entries(object)) {
    const found = unknownPart(child, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The specification to send. Only the host name, and what `adapters` say, is not as it is stored. */
export function customizationSpec({ stored, hostName, adapters = [] }: CloneCustomization): CustomizationSpec {
  const spec = ReadCustomization.specOf(stored);
  const nameservers = [...new Set(adapters.flatMap((adapter) => adapter?.nameservers ?? []))];
  const nicSettingMap = spec.nicSettingMap?.map((mapping, index) => settingsOf(mapping, adapters[index]));
  return {
    ...spec,
    identity: identityWith(spec.identity, hostName),
    // Linux takes its name servers from here, Windows from the settings of the adapter.
    ...(nameservers.length > 0 && { globalIPSettings: { ...spec.globalIPSettings, dnsServerList: nameservers } }),
    ...(nicSettingMap && { nicSettingMap }),
  };
}

function identityWith(identity: DataObject, hostName: string): DataObject {
  const name = typed(CustomizationFixedName, { name: hostName });
  switch (identity.xsiType) {
    case 'CustomizationLinuxPrep':
      return { ...identity, hostName: name };
    case 'CustomizationSysprep': {
      const { userData } = identity as unknown as CustomizationSysprep;
      return { ...identity, userData: { ...userData, computerName: name } as unknown as DataObject };
    }
    default:
      // Its own text says the name.
      return identity;
  }
}

function settingsOf(
  { adapter, ...mapping }: CustomizationAdapterMapping,
  { address, gateway, nameservers }: CustomizedAdapter = {},
): CustomizationAdapterMapping {
  const dns = nameservers === undefined ? {} : { dnsServerList: nameservers };
  if (address === undefined) return { ...mapping, adapter: { ...adapter, ...dns } };
  const [ipAddress = '', prefix = ''] = address.split('/');
  const gateways = gateway === undefined ? undefined : [gateway];
  if (isIP(ipAddress) === 6) {
    const ip = [typed(CustomizationFixedIpV6, { ipAddress, subnetMask: Number(prefix) })];
    return {
      ...mapping,
      adapter: { ...adapter, ipV6Spec: { gateway: adapter.ipV6Spec?.gateway, ...gatewayOf(gateways), ip }, ...dns },
    };
  }
  const ip = typed(CustomizationFixedIp, { ipAddress });
  return {
    ...mapping,
    adapter: { ...adapter, ip, subnetMask: maskOf(Number(prefix)), ...gatewayOf(gateways), ...dns },
  };
}

function gatewayOf(gateway: readonly string[] | undefined): { readonly gateway?: readonly string[] } {
  return gateway === undefined ? {} : { gateway };
}

/** Such as 255.255.255.0 for 24. */
function maskOf(prefix: number): string {
  return [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - from)))).join('.');
}
