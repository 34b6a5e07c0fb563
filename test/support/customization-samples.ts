/** Customization specifications with every field that is described. The program encode-requests has the same values. */
import {
  type CustomizationAdapterMapping,
  CustomizationFixedIp,
  CustomizationFixedIpV6,
  CustomizationFixedName,
  CustomizationLinuxPrep,
  type CustomizationSpec,
  CustomizationSysprep,
} from '../../src/vsphere/vim25/customization-types';
import { typed } from '../../src/vsphere/vim25/describe';
import { OptionValue } from '../../src/vsphere/vim25/types';

const extraConfig = [typed(OptionValue, { key: 'k', value: 'v' })];
const adapter = (xsiType: string, fields: Readonly<Record<string, string>> = {}): CustomizationAdapterMapping => ({
  adapter: { ip: { xsiType, ...fields } },
});

export const linuxCustomization: CustomizationSpec = {
  options: { xsiType: 'CustomizationLinuxOptions' },
  identity: typed(CustomizationLinuxPrep, {
    hostName: typed(CustomizationFixedName, { name: 'web-1' }),
    domain: 'example.com',
    timeZone: 'Europe/Sofia',
    hwClockUTC: true,
    scriptText: '#!/bin/sh\necho "a" & b',
    compatibleCustomizationMethod: 'GOSC_METHOD_1',
    resetPassword: true,
    password: { value: 's', plainText: true },
    extraConfig,
  }),
  globalIPSettings: { dnsSuffixList: ['a', 'b'], dnsServerList: ['10.0.0.2'] },
  nicSettingMap: [
    {
      macAddress: '00:50:56:00:00:01',
      adapter: {
        ip: typed(CustomizationFixedIp, { ipAddress: '10.0.0.10' }),
        subnetMask: '255.255.255.0',
        gateway: ['10.0.0.1'],
        ipV6Spec: {
          ip: [
            typed(CustomizationFixedIpV6, { ipAddress: '2001:db8::1', subnetMask: 64 }),
            { xsiType: 'CustomizationAutoIpV6Generator' },
            { xsiType: 'CustomizationCustomIpV6Generator', argument: '6' },
            { xsiType: 'CustomizationDhcpIpV6Generator' },
            { xsiType: 'CustomizationStatelessIpV6Generator' },
            { xsiType: 'CustomizationUnknownIpV6Generator' },
          ],
          gateway: ['2001:db8::ff'],
        },
        dnsServerList: ['10.0.0.3'],
        dnsDomain: 'd',
        primaryWINS: '10.0.0.4',
        secondaryWINS: '10.0.0.5',
        netBIOS: 'enableNetBIOS',
        primary: true,
      },
    },
    adapter('CustomizationCustomIpGenerator', { argument: '4' }),
    adapter('CustomizationDhcpIpGenerator'),
    adapter('CustomizationDisableIpV4'),
    adapter('CustomizationUnknownIpGenerator'),
  ],
};

const secret = { value: 'encrypted', plainText: false };

export const windowsCustomization: CustomizationSpec = {
  options: { xsiType: 'CustomizationWinOptions', changeSID: true, deleteAccounts: false, reboot: 'reboot' },
  identity: typed(CustomizationSysprep, {
    guiUnattended: { password: secret, timeZone: 4, autoLogon: false, autoLogonCount: 1 },
    userData: {
      fullName: 'f',
      orgName: 'o',
      computerName: typed(CustomizationFixedName, { name: 'WEB' }),
      productId: '',
    },
    guiRunOnce: { commandList: ['a', 'b'] },
    identification: {
      joinWorkgroup: 'w',
      joinDomain: 'd',
      domainAdmin: 'a',
      domainAdminPassword: secret,
      domainOU: 'ou',
    },
    licenseFilePrintData: { autoMode: 'perServer', autoUsers: 5 },
    scriptText: 'rem',
    resetPassword: true,
    extraConfig,
  }),
  globalIPSettings: {},
  encryptionKey: [48, -126, -1, 0, 127],
};
