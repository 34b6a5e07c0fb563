/** Gives a machine what the inventory does not show of it: reads it live, and writes what differs. */
import { NETWORK_KEY, readNetworkRecord } from '../../api/network-record';
import type { CallContext, LiveVirtualMachine, ManagedObjectReference, VirtualMachine } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { isExtraConfigPart } from '../model/settings-part';
import { ActError, rulesChanged } from './act-error';
import { extraConfigChanges, extraConfigKeysToRead } from './extra-config-changes';
import { decodedGuestData, ENCODING, encodedGuestData } from './guest-encoding';
import { withNetwork } from './guest-metadata';
import { networkConfig } from './network-config';
import { type VerifyContext, verifyOwnership } from './verify';

export interface SettingsContext extends VerifyContext {
  /** R15: whether the action is allowed by now. */
  isAllowed(action: VCenterAction): boolean;
  /** The metadata of the machine has a network of its own, which stays. */
  networkKept(machine: VirtualMachine): void;
}

/** Undefined if the machine has it all, or is gone. Throws an ActError. */
export async function writeSettings(
  action: Extract<VCenterAction, { kind: 'WriteSettings' }>,
  context: SettingsContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const { replica, parts } = action;
  // R1: like a change of size, it stays.
  const machine = await verifyOwnership(replica, context, call);
  if (machine === undefined) return undefined;
  const { spec } = context.group;
  const ofList = parts.some(isExtraConfigPart);
  const ofGuest = parts.some((part) => !isExtraConfigPart(part));
  const keys = [...(ofGuest ? KEYS : []), ...(ofList ? extraConfigKeysToRead(spec) : [])];
  const told = await context.calls.readExtraConfig([machine.ref], keys, call);
  const extraConfig = told.get(machine.ref.value);
  if (extraConfig === undefined)
    throw new ActError(
      'HostDisconnected',
      `vCenter does not tell the configuration of ${machine.name}: it is left alone until it does`,
    );
  const changes = {
    ...(parts.includes('network') && networkChanges(machine, extraConfig, context)),
    ...(parts.includes('cleanup') && cleanup(extraConfig)),
    ...(ofList && extraConfigChanges(spec, extraConfig, machine.instanceUuid)),
  };
  if (Object.keys(changes).length === 0) return undefined;
  // R15: the reads may have taken long.
  if (!context.isAllowed(action)) throw rulesChanged('change');
  return context.calls.reconfigure(machine, { extraConfig: changes }, call);
}

const METADATA = 'guestinfo.metadata';
/** Read in place of the user-data, which may be long. */
const USER_DATA_ENCODING = 'guestinfo.userdata.encoding';
const KEYS = [NETWORK_KEY, METADATA, USER_DATA_ENCODING] as const;

type ExtraConfig = Readonly<Record<string, string>>;

/** An empty value removes a key. */
function cleanup(extraConfig: ExtraConfig): ExtraConfig {
  return extraConfig[USER_DATA_ENCODING] === undefined ? {} : { 'guestinfo.userdata': '', [USER_DATA_ENCODING]: '' };
}

/** A running guest has read its configuration already, and a machine without a record was not cloned with addresses. */
function networkChanges(
  machine: LiveVirtualMachine,
  extraConfig: ExtraConfig,
  { networkKept }: SettingsContext,
): ExtraConfig {
  const given = readNetworkRecord(extraConfig[NETWORK_KEY]);
  const encoded = extraConfig[METADATA];
  if (machine.powerState !== 'poweredOff' || given === undefined || encoded === undefined) return {};
  const adapters = given.flatMap((adapter, index) => {
    const macAddress = machine.macAddresses?.[index];
    return macAddress === undefined ? [] : [{ macAddress, given: adapter }];
  });
  if (adapters.length < given.length)
    throw new ActError(
      'NoMacAddress',
      `vCenter tells a MAC address of ${adapters.length} of the ${given.length} network adapters of ${machine.name}: it is powered on once it tells all`,
    );
  const before = decodedGuestData(encoded);
  if (before === undefined)
    throw new ActError(
      'GuestDataInvalid',
      `${METADATA} of ${machine.name} was changed and cannot be read: delete the machine in vCenter to get a new one`,
    );
  const configuration = networkConfig(adapters);
  const after = withNetwork(before, configuration);
  if (after === before && !before.includes(configuration)) networkKept(machine);
  return after === before ? {} : { [METADATA]: encodedGuestData(after), [`${METADATA}.encoding`]: ENCODING };
}
