package main

import "github.com/vmware/govmomi/vim25/types"

// linuxCustomization and windowsCustomization have every field that the operator describes.
func linuxCustomization() *types.CustomizationSpec {
	yes := true
	return &types.CustomizationSpec{
		Options: &types.CustomizationLinuxOptions{},
		Identity: &types.CustomizationLinuxPrep{
			HostName: &types.CustomizationFixedName{Name: "web-1"}, Domain: "example.com", TimeZone: "Europe/Sofia",
			HwClockUTC: &yes, ScriptText: "#!/bin/sh\necho \"a\" & b", CompatibleCustomizationMethod: "GOSC_METHOD_1",
			ResetPassword: &yes, Password: &types.CustomizationPassword{Value: "s", PlainText: true},
			ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: "k", Value: "v"}},
		},
		GlobalIPSettings: types.CustomizationGlobalIPSettings{DnsSuffixList: []string{"a", "b"}, DnsServerList: []string{"10.0.0.2"}},
		NicSettingMap: []types.CustomizationAdapterMapping{
			{MacAddress: "00:50:56:00:00:01", Adapter: types.CustomizationIPSettings{
				Ip: &types.CustomizationFixedIp{IpAddress: "10.0.0.10"}, SubnetMask: "255.255.255.0", Gateway: []string{"10.0.0.1"},
				IpV6Spec: &types.CustomizationIPSettingsIpV6AddressSpec{
					Ip: []types.BaseCustomizationIpV6Generator{
						&types.CustomizationFixedIpV6{IpAddress: "2001:db8::1", SubnetMask: 64},
						&types.CustomizationAutoIpV6Generator{}, &types.CustomizationCustomIpV6Generator{Argument: "6"},
						&types.CustomizationDhcpIpV6Generator{}, &types.CustomizationStatelessIpV6Generator{},
						&types.CustomizationUnknownIpV6Generator{},
					},
					Gateway: []string{"2001:db8::ff"},
				},
				DnsServerList: []string{"10.0.0.3"}, DnsDomain: "d", PrimaryWINS: "10.0.0.4", SecondaryWINS: "10.0.0.5",
				NetBIOS: types.CustomizationNetBIOSModeEnableNetBIOS, Primary: &yes,
			}},
			{Adapter: types.CustomizationIPSettings{Ip: &types.CustomizationCustomIpGenerator{Argument: "4"}}},
			{Adapter: types.CustomizationIPSettings{Ip: &types.CustomizationDhcpIpGenerator{}}},
			{Adapter: types.CustomizationIPSettings{Ip: &types.CustomizationDisableIpV4{}}},
			{Adapter: types.CustomizationIPSettings{Ip: &types.CustomizationUnknownIpGenerator{}}},
		},
	}
}

func windowsCustomization() *types.CustomizationSpec {
	yes := true
	secret := &types.CustomizationPassword{Value: "encrypted", PlainText: false}
	return &types.CustomizationSpec{
		Options: &types.CustomizationWinOptions{ChangeSID: true, Reboot: types.CustomizationSysprepRebootOptionReboot},
		Identity: &types.CustomizationSysprep{
			GuiUnattended:        types.CustomizationGuiUnattended{Password: secret, TimeZone: 4, AutoLogonCount: 1},
			UserData:             types.CustomizationUserData{FullName: "f", OrgName: "o", ComputerName: &types.CustomizationFixedName{Name: "WEB"}, ProductId: ""},
			GuiRunOnce:           &types.CustomizationGuiRunOnce{CommandList: []string{"a", "b"}},
			Identification:       types.CustomizationIdentification{JoinWorkgroup: "w", JoinDomain: "d", DomainAdmin: "a", DomainAdminPassword: secret, DomainOU: "ou"},
			LicenseFilePrintData: &types.CustomizationLicenseFilePrintData{AutoMode: types.CustomizationLicenseDataModePerServer, AutoUsers: 5},
			ScriptText:           "rem", ResetPassword: &yes,
			ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: "k", Value: "v"}},
		},
		EncryptionKey: types.ByteSlice{0x30, 0x82, 0xff, 0x00, 0x7f},
	}
}
