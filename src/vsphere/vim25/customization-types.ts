/**
 * A customization specification as vCenter stores it (vim25 CustomizationSpec), described as a whole: what is read is sent
 * back with a clone, and nothing of it may be lost on the way. So these types tell what they do not describe (`whole`).
 */
import { baseType, type DataOf, objectType, optional, optionalList, since, whole } from './describe';

const Password = objectType('CustomizationPassword', { value: 'string', plainText: 'boolean' });

const Name = baseType('CustomizationName', {});
const CustomName = objectType('CustomizationCustomName', Name, { argument: 'string?' });
export const CustomizationFixedName = objectType('CustomizationFixedName', Name, { name: 'string' });
const PrefixName = objectType('CustomizationPrefixName', Name, { base: 'string' });
const UnknownName = objectType('CustomizationUnknownName', Name, {});
const VirtualMachineName = objectType('CustomizationVirtualMachineName', Name, {});

const IpGenerator = baseType('CustomizationIpGenerator', {});
const CustomIpGenerator = objectType('CustomizationCustomIpGenerator', IpGenerator, { argument: 'string?' });
const DhcpIpGenerator = objectType('CustomizationDhcpIpGenerator', IpGenerator, {});
const DisableIpV4 = objectType('CustomizationDisableIpV4', IpGenerator, {});
export const CustomizationFixedIp = objectType('CustomizationFixedIp', IpGenerator, { ipAddress: 'string' });
const UnknownIpGenerator = objectType('CustomizationUnknownIpGenerator', IpGenerator, {});

const IpV6Generator = baseType('CustomizationIpV6Generator', {});
const AutoIpV6Generator = objectType('CustomizationAutoIpV6Generator', IpV6Generator, {});
const CustomIpV6Generator = objectType('CustomizationCustomIpV6Generator', IpV6Generator, { argument: 'string?' });
const DhcpIpV6Generator = objectType('CustomizationDhcpIpV6Generator', IpV6Generator, {});
export const CustomizationFixedIpV6 = objectType('CustomizationFixedIpV6', IpV6Generator, {
  ipAddress: 'string',
  subnetMask: 'int',
});
const StatelessIpV6Generator = objectType('CustomizationStatelessIpV6Generator', IpV6Generator, {});
const UnknownIpV6Generator = objectType('CustomizationUnknownIpV6Generator', IpV6Generator, {});

const GlobalIPSettings = objectType('CustomizationGlobalIPSettings', {
  dnsSuffixList: 'string[]?',
  dnsServerList: 'string[]?',
});
const IPSettingsIpV6AddressSpec = objectType('CustomizationIPSettingsIpV6AddressSpec', {
  ip: 'object[]',
  gateway: 'string[]?',
});
const IPSettings = objectType('CustomizationIPSettings', {
  ip: 'object',
  subnetMask: 'string?',
  gateway: 'string[]?',
  ipV6Spec: optional(IPSettingsIpV6AddressSpec),
  dnsServerList: 'string[]?',
  dnsDomain: 'string?',
  primaryWINS: 'string?',
  secondaryWINS: 'string?',
  netBIOS: 'string?',
  primary: 'boolean?',
});
since(IPSettings, { primary: '9.1.0.0' });
const AdapterMapping = objectType('CustomizationAdapterMapping', { macAddress: 'string?', adapter: IPSettings });

const Options = baseType('CustomizationOptions', {});
const LinuxOptions = objectType('CustomizationLinuxOptions', Options, {});
const WinOptions = objectType('CustomizationWinOptions', Options, {
  changeSID: 'boolean',
  deleteAccounts: 'boolean',
  reboot: 'string?',
});

const IdentitySettings = baseType('CustomizationIdentitySettings', {});
export const CustomizationCloudinitPrep = objectType('CustomizationCloudinitPrep', IdentitySettings, {
  metadata: 'string',
  userdata: 'string?',
});
const LinuxFlexPrep = objectType('CustomizationLinuxFlexPrep', IdentitySettings, {});
export const CustomizationLinuxPrep = objectType('CustomizationLinuxPrep', IdentitySettings, {
  hostName: 'object',
  domain: 'string',
  timeZone: 'string?',
  hwClockUTC: 'boolean?',
  scriptText: 'string?',
  compatibleCustomizationMethod: 'string?',
  resetPassword: 'boolean?',
  password: optional(Password),
  extraConfig: 'object[]?',
});
since(CustomizationLinuxPrep, {
  ...{ compatibleCustomizationMethod: '8.0.3.0', resetPassword: '9.1.0.0', password: '9.1.0.0' },
  extraConfig: '9.1.0.0',
});
const GuiUnattended = objectType('CustomizationGuiUnattended', {
  password: optional(Password),
  timeZone: 'int',
  autoLogon: 'boolean',
  autoLogonCount: 'int',
});
const UserData = objectType('CustomizationUserData', {
  fullName: 'string',
  orgName: 'string',
  computerName: 'object',
  productId: 'string',
});
const GuiRunOnce = objectType('CustomizationGuiRunOnce', { commandList: 'string[]' });
const Identification = objectType('CustomizationIdentification', {
  joinWorkgroup: 'string?',
  joinDomain: 'string?',
  domainAdmin: 'string?',
  domainAdminPassword: optional(Password),
  domainOU: 'string?',
});
since(Identification, { domainOU: '8.0.2.0' });
const LicenseFilePrintData = objectType('CustomizationLicenseFilePrintData', { autoMode: 'string', autoUsers: 'int?' });
export const CustomizationSysprep = objectType('CustomizationSysprep', IdentitySettings, {
  guiUnattended: GuiUnattended,
  userData: UserData,
  guiRunOnce: optional(GuiRunOnce),
  identification: Identification,
  licenseFilePrintData: optional(LicenseFilePrintData),
  scriptText: 'string?',
  resetPassword: 'boolean?',
  extraConfig: 'object[]?',
});
since(CustomizationSysprep, { scriptText: '9.1.0.0', resetPassword: '9.1.0.0', extraConfig: '9.1.0.0' });
const SysprepText = objectType('CustomizationSysprepText', IdentitySettings, { value: 'string' });
const WindowsFlexPrep = objectType('CustomizationWindowsFlexPrep', IdentitySettings, {});

export const CustomizationSpec = objectType('CustomizationSpec', {
  options: 'object?',
  identity: 'object',
  globalIPSettings: GlobalIPSettings,
  nicSettingMap: optionalList(AdapterMapping),
  /** An xsd:byte per element: from -128 to 127. */
  encryptionKey: 'int[]?',
});
export type CustomizationSpec = DataOf<typeof CustomizationSpec>;
export type CustomizationAdapterMapping = DataOf<typeof AdapterMapping>;
export type CustomizationSysprep = DataOf<typeof CustomizationSysprep>;

whole(
  ...[Password, CustomName, CustomizationFixedName, PrefixName, UnknownName, VirtualMachineName],
  ...[CustomIpGenerator, DhcpIpGenerator, DisableIpV4, CustomizationFixedIp, UnknownIpGenerator],
  ...[AutoIpV6Generator, CustomIpV6Generator, DhcpIpV6Generator, CustomizationFixedIpV6, StatelessIpV6Generator],
  ...[UnknownIpV6Generator, GlobalIPSettings, IPSettingsIpV6AddressSpec, IPSettings, AdapterMapping, LinuxOptions],
  ...[WinOptions, CustomizationCloudinitPrep, LinuxFlexPrep, CustomizationLinuxPrep, GuiUnattended, UserData],
  ...[GuiRunOnce, Identification, LicenseFilePrintData, CustomizationSysprep, SysprepText, WindowsFlexPrep],
  CustomizationSpec,
);

/** Of what is stored only the specification matters: its name is known, and its description is for people. */
export const CustomizationSpecItem = objectType('CustomizationSpecItem', { spec: CustomizationSpec });
