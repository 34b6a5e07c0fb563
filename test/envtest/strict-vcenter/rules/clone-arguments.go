package simulator

import (
	"fmt"

	"github.com/vmware/govmomi/vim25/types"
)

// CloneArguments: what a clone names must exist, and its name must not be too long.
//
// ManagedObjectNotFound: thrown when "an operation is requested on a managed object that does not exist"; vCenter
// resolves all references of a request before it makes a task, so this is a fault of the call. (The simulator ends with
// a panic.) A snapshot must be one of the source's. InvalidName: names are limited to 80 characters
// (Folder.CreateFolder: "the name must be less than 80 characters"; so for CloneVM_Task, Rename_Task and ConfigSpec.name).
// The fault of an unknown storage profile is not documented, so there is no rule for it.

const longestName = 80

func wrongReference(ctx *Context, method *Method) (string, types.BaseMethodFault) {
	req, ok := method.Body.(*types.CloneVM_Task)
	if !ok {
		return "", nil
	}
	location := req.Spec.Location
	refs := []*types.ManagedObjectReference{
		&req.Folder, location.Folder, location.Datastore, location.Pool, location.Host, req.Spec.Snapshot,
	}
	for i := range location.Disk {
		refs = append(refs, &location.Disk[i].Datastore)
	}
	for _, ref := range refs {
		if ref != nil && ctx.Map.Get(*ref) == nil {
			return fmt.Sprintf("The object '%s' has already been deleted or has not been completely created", ref),
				&types.ManagedObjectNotFound{Obj: *ref}
		}
	}
	return "", nil
}

func wrongName(method *Method) (string, types.BaseMethodFault) {
	var name string
	switch req := method.Body.(type) {
	case *types.CloneVM_Task:
		name = req.Name
	case *types.CreateFolder:
		name = req.Name
	case *types.Rename_Task:
		name = req.NewName
	}
	if len([]rune(name)) <= longestName {
		return "", nil
	}
	return fmt.Sprintf("The name '%s' is invalid.", name), &types.InvalidName{Name: name, Entity: &method.This}
}

// applyWholeConfig gives a clone what the simulator's own clone leaves out of spec.config and of the source.
//
// WholeCloneConfig: VirtualMachineCloneSpec.config, "an optional specification of changes to the virtual hardware"; a
// clone has the configuration of its source, with these changes. The simulator drops all but CPU, memory, devices,
// extraConfig and the UUIDs.
func applyWholeConfig(source, clone *VirtualMachine, spec types.VirtualMachineCloneSpec) {
	if !strictly(wholeCloneConfig) {
		return
	}
	clone.Config.CpuHotAddEnabled = source.Config.CpuHotAddEnabled
	clone.Config.CpuHotRemoveEnabled = source.Config.CpuHotRemoveEnabled
	clone.Config.MemoryHotAddEnabled = source.Config.MemoryHotAddEnabled
	clone.Config.HotPlugMemoryLimit = source.Config.HotPlugMemoryLimit
	clone.Config.HotPlugMemoryIncrementSize = source.Config.HotPlugMemoryIncrementSize
	clone.Config.Annotation = source.Config.Annotation
	if spec.Config != nil {
		config := *spec.Config
		config.Name = ""
		clone.apply(&config)
	}
}
