package simulator

import (
	"strings"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// Which privilege a method needs, by "Required Privileges" of the method in the API reference, by "Reconfigure privilege"
// of each property of VirtualMachineConfigSpec, and for clones by CloneVM_Task and the table "Required Privileges for
// Common Tasks" of the vSphere documentation, row "Deploy a virtual machine from a template". What a clone changes by
// spec.config needs the same as a change of a machine, on the destination folder: the API reference is silent about it, and
// Ansible's vmware_guest, which clones in this way, lists these ("Deploy a virtual machine from a template"). Methods of PBM
// by "Required privileges" in the Storage Policy API reference, on the object that "Profile-driven Storage Privileges" of the
// vSphere documentation names: the root of the vCenter. A method that is not here needs nothing.

type need struct {
	object    types.ManagedObjectReference
	privilege string
}

// onTarget are methods that need one privilege on the object that they are called on.
var onTarget = map[string]string{
	"CreateFolder":                    "Folder.Create",
	"UnregisterAndDestroy_Task":       "Folder.Delete",
	"PowerOnVM_Task":                  "VirtualMachine.Interact.PowerOn",
	"PowerOffVM_Task":                 "VirtualMachine.Interact.PowerOff",
	"ShutdownGuest":                   "VirtualMachine.Interact.PowerOff",
	"ResetVM_Task":                    "VirtualMachine.Interact.Reset",
	"RebootGuest":                     "VirtualMachine.Interact.Reset",
	"SuspendVM_Task":                  "VirtualMachine.Interact.Suspend",
	"AnswerVM":                        "VirtualMachine.Interact.AnswerQuestion",
	"MarkAsTemplate":                  "VirtualMachine.Provisioning.MarkAsTemplate",
	"CustomizeVM_Task":                "VirtualMachine.Provisioning.Customize",
	"UnregisterVM":                    "VirtualMachine.Inventory.Unregister",
	"CreateSnapshot_Task":             "VirtualMachine.State.CreateSnapshot",
	"ReconfigureComputeResource_Task": "Host.Inventory.EditCluster",
}

func requiredPrivileges(ctx *Context, method *Method, target mo.Reference) []need {
	this := method.This
	if isOfPbm(method) {
		return []need{{ctx.Map.content().RootFolder, "StorageProfile.View"}}
	}
	if privilege, ok := onTarget[method.Name]; ok {
		return []need{{this, privilege}}
	}
	switch req := method.Body.(type) {
	case *types.Destroy_Task:
		privilege := map[string]string{"Folder": "Folder.Delete", "VirtualMachine": "VirtualMachine.Inventory.Delete"}[this.Type]
		return onItAndItsParent(target, privilege)
	case *types.Rename_Task:
		privilege := map[string]string{"Folder": "Folder.Rename", "VirtualMachine": "VirtualMachine.Config.Rename"}[this.Type]
		if privilege != "" {
			return []need{{this, privilege}}
		}
	case *types.MoveIntoFolder_Task:
		var needs []need
		for _, ref := range req.List {
			privilege := map[string]string{"Folder": "Folder.Move", "VirtualMachine": "VirtualMachine.Inventory.Move"}[ref.Type]
			if privilege != "" {
				needs = append(needs, need{ref, privilege}, need{this, privilege})
			}
		}
		return needs
	case *types.SetField:
		return []need{{req.Entity, "Global.SetCustomField"}}
	case *types.ReconfigVM_Task:
		return ofSpec(ctx, this, &req.Spec)
	case *types.GetCustomizationSpec:
		return []need{{ctx.Map.content().RootFolder, "VirtualMachine.Provisioning.ReadCustSpecs"}}
	case *types.CloneVM_Task:
		if source, ok := target.(*VirtualMachine); ok {
			return ofClone(ctx, source, req)
		}
	}
	return nil
}

// isOfPbm tells the methods that look storage policies up. What the service consists of is told to anybody with a session.
func isOfPbm(method *Method) bool {
	return strings.HasPrefix(method.Name, "Pbm") && method.Name != "PbmRetrieveServiceContent"
}

func onItAndItsParent(target mo.Reference, privilege string) []need {
	if privilege == "" {
		return nil
	}
	needs := []need{{target.Reference(), privilege}}
	if entity, ok := target.(mo.Entity); ok && entity.Entity().Parent != nil {
		needs = append(needs, need{*entity.Entity().Parent, privilege})
	}
	return needs
}

func ofClone(ctx *Context, source *VirtualMachine, req *types.CloneVM_Task) []need {
	needs := []need{
		{req.Folder, "VirtualMachine.Inventory.CreateFromExisting"},
		{req.Folder, "VirtualMachine.Config.AddNewDisk"},
	}
	switch {
	case !source.Config.Template:
		needs = append(needs, need{source.Self, "VirtualMachine.Provisioning.Clone"})
	case req.Spec.Template:
		needs = append(needs, need{source.Self, "VirtualMachine.Provisioning.CloneTemplate"})
	default:
		needs = append(needs, need{source.Self, "VirtualMachine.Provisioning.DeployTemplate"})
	}
	if req.Spec.Customization != nil {
		needs = append(needs, need{source.Self, "VirtualMachine.Provisioning.Customize"})
	}
	if req.Spec.PowerOn {
		needs = append(needs, need{req.Folder, "VirtualMachine.Interact.PowerOn"})
	}
	location := req.Spec.Location
	if location.Pool != nil {
		needs = append(needs, need{*location.Pool, "Resource.AssignVMToPool"})
	}
	datastores := source.Datastore
	if location.Datastore != nil {
		datastores = []types.ManagedObjectReference{*location.Datastore}
	}
	for _, datastore := range datastores {
		needs = append(needs, need{datastore, "Datastore.AllocateSpace"})
	}
	networks := networksOf(ctx, location.DeviceChange)
	if req.Spec.Config != nil {
		networks = append(networks, networksOf(ctx, req.Spec.Config.DeviceChange)...)
		needs = append(needs, ofSpec(ctx, req.Folder, req.Spec.Config)...)
	}
	if len(networks) == 0 {
		networks = source.Network // no adapter is connected elsewhere
	}
	for _, network := range networks {
		needs = append(needs, need{network, "Network.Assign"})
	}
	return needs
}

func ofSpec(ctx *Context, vm types.ManagedObjectReference, spec *types.VirtualMachineConfigSpec) []need {
	var needs []need
	add := func(changed bool, privilege string) {
		if changed {
			needs = append(needs, need{vm, "VirtualMachine.Config." + privilege})
		}
	}
	add(spec.Name != "", "Rename")
	add(spec.NumCPUs != 0 || spec.NumCoresPerSocket != nil || spec.CpuHotAddEnabled != nil, "CPUCount")
	add(spec.MemoryMB != 0 || spec.MemoryHotAddEnabled != nil, "Memory")
	add(len(spec.ExtraConfig) > 0, "AdvancedConfig")
	// The API reference says Rename, the list of privileges "Set annotation".
	add(spec.Annotation != "", "Annotation")
	add(spec.Annotation != "", "Rename")
	add(spec.Uuid != "" || spec.InstanceUuid != "" || spec.GuestId != "", "Settings")
	if spec.VAppConfigRemoved != nil || spec.VAppConfig != nil {
		needs = append(needs, need{vm, "VApp.ApplicationConfig"})
	}
	for _, change := range spec.DeviceChange {
		device := change.GetVirtualDeviceConfigSpec()
		if device.Operation != types.VirtualDeviceConfigSpecOperationRemove && device.Device.GetVirtualDevice().Connectable != nil {
			needs = append(needs, need{vm, "VirtualMachine.Interact.DeviceConnection"})
		}
		_, isDisk := device.Device.(*types.VirtualDisk)
		switch {
		case device.Operation == types.VirtualDeviceConfigSpecOperationEdit:
			add(true, "EditDevice")
			add(isDisk, "DiskExtend")
		case !isDisk:
			add(true, "AddRemoveDevice")
		case device.Operation == types.VirtualDeviceConfigSpecOperationRemove:
			add(true, "RemoveDisk")
		case device.FileOperation == "":
			add(true, "AddExistingDisk")
		default:
			add(true, "AddNewDisk")
		}
	}
	for _, network := range networksOf(ctx, spec.DeviceChange) {
		needs = append(needs, need{network, "Network.Assign"})
	}
	return needs
}

// networksOf are the networks that changed adapters are connected to.
func networksOf(ctx *Context, changes []types.BaseVirtualDeviceConfigSpec) []types.ManagedObjectReference {
	var networks []types.ManagedObjectReference
	for _, change := range changes {
		switch backing := change.GetVirtualDeviceConfigSpec().Device.GetVirtualDevice().Backing.(type) {
		case *types.VirtualEthernetCardNetworkBackingInfo:
			if backing.Network != nil {
				networks = append(networks, *backing.Network)
				continue
			}
			for _, network := range ctx.Map.All("Network") {
				if entityName(network) == backing.DeviceName {
					networks = append(networks, network.Reference())
				}
			}
		case *types.VirtualEthernetCardDistributedVirtualPortBackingInfo:
			networks = append(networks, types.ManagedObjectReference{
				Type: "DistributedVirtualPortgroup", Value: backing.Port.PortgroupKey,
			})
		}
	}
	return networks
}
