package simulator

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// Privileges: an account does what its roles allow, object by object.
//
// A permission is set on an inventory object and holds for all below it, until another one is set closer; the closest
// wins, privileges are not added up (vSphere Security, "Hierarchical Inheritance of Permissions"). A call without a
// privilege is refused with NoPermission, which names object and privilegeId. A property of an object without
// System.Read is in missingSet with NoPermission. FetchUserPrivilegeOnEntities tells what the account has. Which
// privilege a method needs: see required-privileges.go.

// StrictPermission is a role of all accounts but the administrator on an inventory object and all below it.
type StrictPermission struct {
	// Inventory path, as in /vcqaDC/vm/vm-operator; / is the root folder.
	Path string `json:"path"`
	// Absent or empty: no access.
	Privileges []string `json:"privileges"`
}

// restricted is what holds for the caller; nil for the administrator and where no permission was set.
func restricted(ctx *Context) *StrictOptions {
	o := strictOptions.Load()
	if o == nil || !strictly(privileges) || len(o.Permissions) == 0 || ctx.Session == nil {
		return nil
	}
	if strings.EqualFold(ctx.Session.UserName, o.Administrator) {
		return nil
	}
	return o
}

// granted returns the privileges on an object of the inventory, and whether it is one.
func granted(ctx *Context, o *StrictOptions, ref types.ManagedObjectReference) ([]string, bool) {
	way, ok := wayUp(ctx, ref)
	if !ok {
		return nil, false
	}
	var names []string // from below the root folder down to the object
	for _, at := range way[:len(way)-1] {
		names = append(names, entityName(ctx.Map.Get(at).(mo.Entity)))
	}
	slices.Reverse(names)
	for n := len(names); n >= 0; n-- {
		at := way[len(names)-n]
		if privileges, ok := setOn(ctx, at, !holdsFor(ctx, at, ref)); ok {
			return privileges, true
		}
		path := "/" + strings.Join(names[:n], "/")
		for _, permission := range o.Permissions {
			if permission.Path == path {
				return permission.Privileges, true
			}
		}
	}
	return nil, true
}

// holdsFor tells whether a permission on an object holds for another one whatever its propagation: for itself, and for what
// is a part of it ("Permissions defined on complex entities are always applicable on the child entities, regardless of the
// propagation flag", AuthorizationManager).
func holdsFor(ctx *Context, at, ref types.ManagedObjectReference) bool {
	if at == ref {
		return true
	}
	entity, ok := ctx.Map.Get(ref).(mo.Entity)
	return ok && isPartOfParent(ctx, ref) && parentOf(entity) != nil && *parentOf(entity) == at
}

const permissionDenied = "Permission to perform this operation was denied."

func lackOfPrivilege(ctx *Context, method *Method, target mo.Reference) (string, types.BaseMethodFault) {
	o := restricted(ctx)
	if o == nil {
		return "", nil
	}
	if text, fault := unseenTarget(ctx, target); fault != nil {
		return text, fault
	}
	if isOfPbm(method) {
		// PBM has objects of its own, and the privileges of its methods are those of vCenter.
		ctx = ctx.For(vim25.Path)
	}
	for _, need := range requiredPrivileges(ctx, method, target) {
		held, known := granted(ctx, o, need.object)
		if known {
			tellNeeded(need.privilege)
		}
		if known && !slices.Contains(held, need.privilege) {
			object := need.object
			return permissionDenied,
				&types.NoPermission{Object: &object, PrivilegeId: need.privilege}
		}
	}
	return "", nil
}

var neededPrivileges sync.Map

// tellNeeded says once on standard error that a call of a restricted account needed a privilege, for tests that compare
// a role with what was needed.
func tellNeeded(privilege string) {
	if _, told := neededPrivileges.LoadOrStore(privilege, true); !told {
		fmt.Fprintf(os.Stderr, "needed privilege %s\n", privilege)
	}
}

// unreadableFault is why the caller may not read the properties of an object; nil if it may.
func unreadableFault(ctx *Context, ref types.ManagedObjectReference) types.BaseMethodFault {
	o := restricted(ctx)
	if o == nil {
		return nil
	}
	if held, known := granted(ctx, o, ref); !known || slices.Contains(held, "System.Read") {
		return nil
	}
	return &types.NoPermission{Object: &ref, PrivilegeId: "System.Read"}
}

// missingByPermission are the properties that an update tells as missing.
func missingByPermission(missing []types.MissingProperty) []types.MissingProperty {
	var told []types.MissingProperty
	for _, property := range missing {
		if _, ok := property.Fault.Fault.(*types.NoPermission); ok {
			told = append(told, property)
		}
	}
	return told
}

// fetchedPrivileges answers FetchUserPrivilegeOnEntities for a restricted caller; nil where the simulator answers.
func fetchedPrivileges(ctx *Context, method *Method) soap.HasFault {
	o := restricted(ctx)
	req, ok := method.Body.(*types.FetchUserPrivilegeOnEntities)
	if o == nil || !ok {
		return nil
	}
	var results []types.UserPrivilegeResult
	for _, entity := range req.Entities {
		held, _ := granted(ctx, o, entity)
		results = append(results, types.UserPrivilegeResult{Entity: entity, Privileges: held})
	}
	return &methods.FetchUserPrivilegeOnEntitiesBody{
		Res: &types.FetchUserPrivilegeOnEntitiesResponse{Returnval: results},
	}
}
