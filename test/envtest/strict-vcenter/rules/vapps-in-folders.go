package simulator

import (
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// VAppsInFolders: a vApp is a child of a VM folder too, and its machines are children of the vApp alone.
//
// VirtualApp.parentFolder: "A reference to the parent folder in the VM and Template folder hierarchy"; its parent is a
// resource pool or vApp. ManagedEntity.parent: "This value is null for the root object and for VirtualMachine objects
// that are part of a VirtualApp". Folder: the children of a VM folder are machines, folders and vApps. The simulator
// leaves the vApp out of childEntity and files its machines in the folder.

func fileVApp(ctx *Context, vapp *VirtualApp) {
	if !strictly(vAppsInFolders) {
		return
	}
	if folder, ok := ctx.Map.Get(*vapp.ParentFolder).(*Folder); ok {
		ctx.Map.AppendReference(ctx, folder, &folder.ChildEntity, vapp.Self)
	}
}

func unfileVApp(ctx *Context, vapp *VirtualApp) {
	if vapp.ParentFolder == nil {
		return
	}
	if folder, ok := ctx.Map.Get(*vapp.ParentFolder).(*Folder); ok {
		ctx.Map.RemoveReference(ctx, folder, &folder.ChildEntity, vapp.Self)
	}
}

// fileInVApp moves a new machine from its folder to the vApp that is its pool.
func fileInVApp(ctx *Context, vm *VirtualMachine, pool mo.Reference) {
	vapp, ok := pool.(*VirtualApp)
	if !ok || !strictly(vAppsInFolders) {
		return
	}
	if folder, ok := ctx.Map.Get(*vm.Parent).(*Folder); ok {
		ctx.Map.RemoveReference(ctx, folder, &folder.ChildEntity, vm.Self)
	}
	ctx.Update(vm, []types.PropertyChange{
		{Name: "parent", Val: nil},
		{Name: "parentVApp", Val: vapp.Self},
	})
}

// parentOf is the way up from an object: from a machine of a vApp by the vApp.
func parentOf(item mo.Entity) *types.ManagedObjectReference {
	if vm, ok := item.(*VirtualMachine); ok && vm.Parent == nil {
		return vm.ParentVApp
	}
	return item.Entity().Parent
}
