package simulator

import (
	"slices"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// HiddenObjects: an account does not learn of objects on which it has no System.View.
//
// SearchIndex: "findByInventoryPath and findChild operations only search on entities for which the user has view
// privileges; all other SearchIndex find operations only search virtual machines and hosts for which the user has read
// privileges"; "that object is not returned". Properties with references, such as Folder.childEntity, and most methods name
// System.View as what they require, so no traversal goes to or through such an object (seen by clients: Icinga
// icingaweb2-module-vspheredb #306), and a call or a read that names it ends in NoPermission with System.View (seen by
// clients: vmware/pyvmomi #513). Whether an object that a client has seen leaves its filters is documented nowhere: it does
// with HiddenObjectsLeave, and else nothing is told. One that can be seen again, and is not known to a filter, enters.

const viewPrivilege = "System.View"

// seesAll is quick for what most tests have: System.View on the root folder and on all that has a permission.
func (o *StrictOptions) seesAll() bool {
	onRoot := false
	for _, permission := range o.Permissions {
		if !slices.Contains(permission.Privileges, viewPrivilege) {
			return false
		}
		onRoot = onRoot || permission.Path == "/"
	}
	return onRoot && !entityPermissions.any.Load()
}

// sees tells whether the caller may know of an object.
func sees(ctx *Context, ref types.ManagedObjectReference) bool {
	o := restricted(ctx)
	if o == nil || !strictly(hiddenObjects) || o.seesAll() {
		return true
	}
	held, known := granted(ctx, o, ref)
	return !known || slices.Contains(held, viewPrivilege)
}

// leavesSight tells whether an object that a filter has told is to leave it.
func leavesSight(ctx *Context, ref types.ManagedObjectReference) bool {
	return !sees(ctx, ref) && strictOptions.Load().HiddenObjectsLeave
}

func unseen(ref types.ManagedObjectReference) types.BaseMethodFault {
	return &types.NoPermission{Object: &ref, PrivilegeId: viewPrivilege}
}

// seenAnswer leaves out of the answer of a search what the caller may not see, or, for a search by UUID, not read.
func seenAnswer(ctx *Context, answer soap.HasFault) soap.HasFault {
	if restricted(ctx) == nil || !strictly(hiddenObjects) || answer.Fault() != nil {
		return answer
	}
	switch body := answer.(type) {
	case *methods.FindByInventoryPathBody:
		body.Res.Returnval = ifSeen(ctx, body.Res.Returnval)
	case *methods.FindChildBody:
		body.Res.Returnval = ifSeen(ctx, body.Res.Returnval)
	case *methods.FindByUuidBody:
		if ref := body.Res.Returnval; ref != nil && !reads(ctx, *ref) {
			body.Res.Returnval = nil
		}
	case *methods.FindAllByUuidBody:
		body.Res.Returnval = slices.DeleteFunc(body.Res.Returnval, func(ref types.ManagedObjectReference) bool {
			return !reads(ctx, ref)
		})
	}
	return answer
}

func ifSeen(ctx *Context, ref *types.ManagedObjectReference) *types.ManagedObjectReference {
	if ref == nil || !sees(ctx, *ref) {
		return nil
	}
	return ref
}

func reads(ctx *Context, ref types.ManagedObjectReference) bool {
	return sees(ctx, ref) && unreadableFault(ctx, ref) == nil
}

// unseenTarget is the fault of a call on an object that the caller does not see.
func unseenTarget(ctx *Context, target mo.Reference) (string, types.BaseMethodFault) {
	if target == nil || sees(ctx, target.Reference()) {
		return "", nil
	}
	return permissionDenied, unseen(target.Reference())
}
