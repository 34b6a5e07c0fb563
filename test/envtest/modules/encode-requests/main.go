// encode-requests prints how govmomi encodes each request that the operator sends, as JSON: method to SOAP body.
//
// Its output is in test/support/golden/govmomi-requests.json. The simulator accepts elements in any order, but a real
// vCenter does not, so a test compares our encoding with this one. To make the file again:
//
//	cd test/envtest/modules && go run ./encode-requests > ../../support/golden/govmomi-requests.json
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"reflect"
	"strings"
	"time"

	pbm "github.com/vmware/govmomi/pbm/types"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

func ref(kind, value string) types.ManagedObjectReference {
	return types.ManagedObjectReference{Type: kind, Value: value}
}

func main() {
	self := ref("Folder", "self-1")
	vm, pool, store := ref("VirtualMachine", "vm-1"), ref("ResourcePool", "resgroup-1"), ref("Datastore", "ds-1")
	pod := ref("StoragePod", "group-p1")
	view, task := ref("ContainerView", "session[a]b"), ref("Task", "task-1")
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	yes, no, uuid := true, false, "5028a4a5-3ff1-4e53-8cb1-e8ae0bd47a9c"
	host := ref("HostSystem", "host-1")
	rule := types.ClusterRuleInfo{
		Key: 5, Status: types.ManagedEntityStatusGreen, Enabled: &yes, Name: "n", Mandatory: &no,
		UserCreated: &yes, InCompliance: &no, RuleUuid: uuid,
	}
	group := types.ClusterGroupInfo{Name: "v", UserCreated: &yes, UniqueID: "u"}
	traversal := &types.TraversalSpec{
		SelectionSpec: types.SelectionSpec{Name: "view"}, Type: "ContainerView", Path: "view", Skip: &no,
		SelectSet: []types.BaseSelectionSpec{&types.SelectionSpec{Name: "again"}},
	}
	filter := types.PropertyFilterSpec{
		PropSet:                       []types.PropertySpec{{Type: "VirtualMachine", All: &no, PathSet: []string{"name", `config.extraConfig["k"].value`}}},
		ObjectSet:                     []types.ObjectSpec{{Obj: view, Skip: &yes, SelectSet: []types.BaseSelectionSpec{traversal}}},
		ReportMissingObjectsInResults: &yes,
	}
	backings := []types.BaseVirtualDeviceBackingInfo{
		&types.VirtualEthernetCardNetworkBackingInfo{
			VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: "VM Network"},
			Network:                        &types.ManagedObjectReference{Type: "Network", Value: "network-1"},
		},
		&types.VirtualEthernetCardDistributedVirtualPortBackingInfo{
			Port: types.DistributedVirtualSwitchPortConnection{SwitchUuid: uuid, PortgroupKey: "dvportgroup-1", PortKey: "7"},
		},
		&types.VirtualEthernetCardOpaqueNetworkBackingInfo{OpaqueNetworkId: "o", OpaqueNetworkType: "nsx.LogicalSwitch"},
	}
	card := func(index int) types.VirtualEthernetCard {
		return types.VirtualEthernetCard{
			VirtualDevice: types.VirtualDevice{
				Key: int32(4000 + index), DeviceInfo: &types.Description{Label: "Network adapter", Summary: "s"},
				Backing:       backings[index%len(backings)],
				Connectable:   &types.VirtualDeviceConnectInfo{MigrateConnect: "unset", StartConnected: true, AllowGuestControl: true},
				ControllerKey: 100, UnitNumber: types.NewInt32(int32(7 + index)),
			},
			AddressType: "assigned", MacAddress: "00:50:56:00:00:01", WakeOnLanEnabled: &yes,
		}
	}
	cards := []types.BaseVirtualDevice{
		&types.VirtualVmxnet3{VirtualVmxnet: types.VirtualVmxnet{VirtualEthernetCard: card(0)}},
		&types.VirtualVmxnet3Vrdma{VirtualVmxnet3: types.VirtualVmxnet3{VirtualVmxnet: types.VirtualVmxnet{VirtualEthernetCard: card(1)}}},
		&types.VirtualVmxnet2{VirtualVmxnet: types.VirtualVmxnet{VirtualEthernetCard: card(2)}},
		&types.VirtualVmxnet{VirtualEthernetCard: card(3)},
		&types.VirtualE1000{VirtualEthernetCard: card(4)},
		&types.VirtualE1000e{VirtualEthernetCard: card(5)},
		&types.VirtualPCNet32{VirtualEthernetCard: card(6)},
		&types.VirtualSriovEthernetCard{VirtualEthernetCard: card(7)},
	}
	changes := []types.BaseVirtualDeviceConfigSpec{}
	for _, device := range cards {
		changes = append(changes, &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationEdit, Device: device})
	}
	flat := &types.VirtualDiskFlatVer2BackingInfo{
		VirtualDeviceFileBackingInfo: types.VirtualDeviceFileBackingInfo{FileName: "[ds] child.vmdk", Datastore: &store},
		DiskMode:                     "persistent", ThinProvisioned: &yes, EagerlyScrub: &no,
		Parent: &types.VirtualDiskFlatVer2BackingInfo{
			VirtualDeviceFileBackingInfo: types.VirtualDeviceFileBackingInfo{FileName: "[ds] parent.vmdk"}, DiskMode: "persistent",
		},
	}
	changes = append(changes, &types.VirtualDeviceConfigSpec{
		Operation: types.VirtualDeviceConfigSpecOperationAdd, FileOperation: types.VirtualDeviceConfigSpecFileOperationCreate,
		Device: &types.VirtualDisk{
			VirtualDevice: types.VirtualDevice{
				Key: -101, DeviceInfo: &types.Description{Label: "Hard disk", Summary: "s"}, Backing: flat,
				Connectable:   &types.VirtualDeviceConnectInfo{StartConnected: true},
				ControllerKey: 1000, UnitNumber: types.NewInt32(1),
			},
			CapacityInKB: 1 << 21, CapacityInBytes: 1 << 31, VDiskId: &types.ID{Id: "fcd"},
		},
		Profile: []types.BaseVirtualMachineProfileSpec{&types.VirtualMachineDefinedProfileSpec{ProfileId: uuid}},
	})
	config := types.VirtualMachineConfigSpec{
		ChangeVersion: "v1", Name: "n", Version: "vmx-19", Uuid: uuid, InstanceUuid: uuid, GuestId: "otherGuest",
		Annotation: "managed & <kept>", NumCPUs: 2, NumCoresPerSocket: types.NewInt32(1), MemoryMB: 4096,
		MemoryHotAddEnabled: &yes, CpuHotAddEnabled: &no,
		DeviceChange: changes, VAppConfigRemoved: &yes,
		ExtraConfig: []types.BaseOptionValue{
			&types.OptionValue{Key: "codeconnect.uid", Value: "u"}, &types.OptionValue{Key: "empty", Value: ""},
			&types.OptionValue{Key: "number", Value: int32(5)}, &types.OptionValue{Key: "long", Value: int64(1) << 40},
			&types.OptionValue{Key: "truth", Value: true},
		},
	}
	profile := []types.BaseVirtualMachineProfileSpec{&types.VirtualMachineDefinedProfileSpec{ProfileId: uuid}}
	clone := types.VirtualMachineCloneSpec{
		Location: types.VirtualMachineRelocateSpec{
			Folder: &self, Datastore: &store, DiskMoveType: "moveAllDiskBackingsAndAllowSharing", Pool: &pool,
			Host: &types.ManagedObjectReference{Type: "HostSystem", Value: "host-1"}, Profile: profile,
			Disk: []types.VirtualMachineRelocateSpecDiskLocator{
				{DiskId: 2000, Datastore: store, DiskMoveType: "createNewChildDiskBacking", Profile: profile},
			},
		},
		Template: false, Config: &config, Customization: linuxCustomization(), PowerOn: false, Snapshot: &types.ManagedObjectReference{Type: "VirtualMachineSnapshot", Value: "snap-1"},
		Memory: &no, TpmProvisionPolicy: "copy",
	}
	requests := []any{
		types.RetrieveServiceContent{This: self},
		types.CurrentTime{This: self},
		types.Login{This: self, UserName: "u", Password: `p&"<>`, Locale: "en"},
		types.LoginByToken{This: self, Locale: "en"},
		types.Logout{This: self},
		types.TerminateSession{This: self, SessionId: []string{"a", "b"}},
		types.CreatePropertyCollector{This: self},
		types.DestroyPropertyCollector{This: self},
		types.DestroyPropertyFilter{This: self},
		types.CreateFilter{This: self, Spec: filter, PartialUpdates: false},
		types.WaitForUpdatesEx{This: self, Version: "1", Options: &types.WaitOptions{MaxWaitSeconds: types.NewInt32(0), MaxObjectUpdates: 100}},
		types.RetrievePropertiesEx{This: self, SpecSet: []types.PropertyFilterSpec{filter, filter}, Options: types.RetrieveOptions{MaxObjects: 100}},
		types.ContinueRetrievePropertiesEx{This: self, Token: "t"},
		types.RetrieveProperties{This: self, SpecSet: []types.PropertyFilterSpec{filter}},
		types.CreateContainerView{This: self, Container: self, Type: []string{"VirtualMachine", "Folder"}, Recursive: true},
		types.CreateListView{This: self, Obj: []types.ManagedObjectReference{task, task}},
		types.ModifyListView{This: self, Add: []types.ManagedObjectReference{task}, Remove: []types.ManagedObjectReference{task}},
		types.DestroyView{This: self},
		types.FindByInventoryPath{This: self, InventoryPath: "dc/vm/a%2fb"},
		types.FindAllByUuid{This: self, Datacenter: &self, Uuid: uuid, VmSearch: true, InstanceUuid: &yes},
		types.QueryEvents{This: self, Filter: types.EventFilterSpec{
			Entity: &types.EventFilterSpecByEntity{Entity: vm, Recursion: types.EventFilterSpecRecursionOptionSelf},
			Time:   &types.EventFilterSpecByTime{BeginTime: &begin}, DisableFullMessage: &yes,
			EventTypeId: []string{"VmBeingClonedEvent"},
		}},
		types.FetchUserPrivilegeOnEntities{This: self, Entities: []types.ManagedObjectReference{self, vm}, UserName: "u"},
		types.GetCustomizationSpec{This: self, Name: "linux & <static>"},
		types.SetField{This: self, Entity: vm, Key: 101, Value: "team <web>"},
		types.RecommendDatastores{This: self, StorageSpec: types.StoragePlacementSpec{
			Type: "clone", Vm: &vm, PodSelectionSpec: types.StorageDrsPodSelectionSpec{StoragePod: &pod},
			CloneSpec: &types.VirtualMachineCloneSpec{Location: clone.Location, Customization: windowsCustomization()}, CloneName: "n", Folder: &self,
		}},
		types.CreateFolder{This: self, Name: "größe 値"},
		types.UnregisterAndDestroy_Task{This: self},
		types.CloneVM_Task{This: vm, Folder: self, Name: "n", Spec: clone},
		types.ReconfigVM_Task{This: vm, Spec: config},
		types.ReconfigureComputeResource_Task{This: self, Modify: true, Spec: &types.ClusterConfigSpecEx{
			RulesSpec: []types.ClusterRuleSpec{
				{
					ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationEdit},
					Info:            &types.ClusterAntiAffinityRuleSpec{ClusterRuleInfo: rule, Vm: []types.ManagedObjectReference{vm}},
				},
				{
					ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd},
					Info: &types.ClusterVmHostRuleInfo{
						ClusterRuleInfo: rule, VmGroupName: "v", AffineHostGroupName: "h", AntiAffineHostGroupName: "o",
					},
				},
				{ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationRemove, RemoveKey: int32(7)}},
			},
			GroupSpec: []types.ClusterGroupSpec{
				{
					ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd},
					Info:            &types.ClusterVmGroup{ClusterGroupInfo: group, Vm: []types.ManagedObjectReference{vm}},
				},
				{
					ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationEdit},
					Info:            &types.ClusterHostGroup{ClusterGroupInfo: group, Host: []types.ManagedObjectReference{host}},
				},
				{ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationRemove, RemoveKey: "v"}},
			},
		}},
		types.PowerOnVM_Task{This: vm, Host: &types.ManagedObjectReference{Type: "HostSystem", Value: "host-1"}},
		types.PowerOffVM_Task{This: vm},
		types.ShutdownGuest{This: vm},
		types.MarkAsTemplate{This: vm},
		types.Rename_Task{This: vm, NewName: "new"},
		types.Destroy_Task{This: vm},
		pbm.PbmRetrieveServiceContent{This: self},
		pbm.PbmQueryProfile{This: self, ResourceType: pbm.PbmProfileResourceType{ResourceType: "STORAGE"}, ProfileCategory: "REQUIREMENT"},
		pbm.PbmRetrieveContent{This: self, ProfileIds: []pbm.PbmProfileId{{UniqueId: uuid}, {UniqueId: "other"}}},
		pbm.PbmCheckRequirements{
			This: self, HubsToSearch: []pbm.PbmPlacementHub{{HubType: "Datastore", HubId: "ds-1"}, {HubType: "Datastore", HubId: "ds-2"}},
			PlacementSubjectRequirement: []pbm.BasePbmPlacementRequirement{
				&pbm.PbmPlacementCapabilityProfileRequirement{ProfileId: pbm.PbmProfileId{UniqueId: uuid}},
			},
		},
	}
	bodies := map[string]string{}
	for _, request := range requests {
		method := reflect.TypeOf(request).Name()
		namespace := "urn:vim25"
		if strings.HasPrefix(method, "Pbm") {
			namespace = "urn:pbm"
		}
		var body bytes.Buffer
		start := xml.StartElement{Name: xml.Name{Space: namespace, Local: method}}
		if err := xml.NewEncoder(&body).EncodeElement(request, start); err != nil {
			log.Fatalf("%s: %v", method, err)
		}
		bodies[method] = strings.TrimSpace(body.String())
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(bodies); err != nil {
		log.Fatal(err)
	}
}
