package simulator

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// Permissions that the administrator sets while the simulator runs, by AuthorizationManager.SetEntityPermissions. Each
// holds for the object and, if it is propagated, for all below it. They belong to the rule Privileges; the simulator only
// keeps a list of them.

var entityPermissions struct {
	sync.Map // of []types.Permission by the entity's reference
	any      atomic.Bool
}

// refusedPermission is the fault of a call that sets permissions on a child of a complex entity.
//
// AuthorizationManager: the root folders of a datacenter, and the root pool and the host of a compute resource, "are forced
// to inherit permissions from the parent object", and permissions "may only be defined or modified on the parent object".
// New-VIPermission of PowerCLI: "You cannot create new permissions" for them. Which fault it is is documented nowhere.
func refusedPermission(ctx *Context, method *Method) types.BaseMethodFault {
	if req, ok := method.Body.(*types.SetEntityPermissions); ok && isPartOfParent(ctx, req.Entity) {
		return &types.InvalidArgument{InvalidProperty: "entity"}
	}
	return nil
}

// isPartOfParent tells the children of complex entities.
func isPartOfParent(ctx *Context, ref types.ManagedObjectReference) bool {
	entity, ok := ctx.Map.Get(ref).(mo.Entity)
	if !ok {
		return false
	}
	parent := parentOf(entity)
	if parent == nil {
		return false
	}
	switch parent.Type {
	case "Datacenter":
		return true
	case "ComputeResource":
		return ref.Type == "ResourcePool" || ref.Type == "HostSystem"
	case "ClusterComputeResource":
		return ref.Type == "ResourcePool"
	}
	return false
}

// recordPermissions takes note of a call that sets or removes permissions.
func recordPermissions(ctx *Context, method *Method) {
	switch req := method.Body.(type) {
	case *types.SetEntityPermissions:
		entityPermissions.Store(req.Entity, req.Permission)
		entityPermissions.any.Store(true)
		collectAgain(ctx, req.Entity)
	case *types.RemoveEntityPermission:
		entityPermissions.Delete(req.Entity)
		collectAgain(ctx, req.Entity)
	}
}

// collectAgain makes waiting clients look at an object and at all below it, whose permissions changed.
func collectAgain(ctx *Context, top types.ManagedObjectReference) {
	ctx.Map.m.Lock()
	var objects []mo.Entity
	for _, object := range ctx.Map.objects {
		if entity, ok := object.(mo.Entity); ok {
			objects = append(objects, entity)
		}
	}
	ctx.Map.m.Unlock()
	for _, object := range objects {
		if way, ok := wayUp(ctx, object.Reference()); ok && slices.Contains(way, top) {
			ctx.Map.applyHandlers(func(handler RegisterObject) { handler.UpdateObject(ctx, object, nil) })
		}
	}
}

// wayUp is an object of the inventory and all that it is in; not ok for any other object.
func wayUp(ctx *Context, ref types.ManagedObjectReference) ([]types.ManagedObjectReference, bool) {
	way := []types.ManagedObjectReference{ref}
	for {
		entity, ok := ctx.Map.Get(way[len(way)-1]).(mo.Entity)
		if !ok {
			return nil, false
		}
		parent := parentOf(entity)
		if parent == nil {
			return way, true
		}
		way = append(way, *parent)
	}
}

// setOn returns the privileges of the caller by a permission on an object, for this object or for one below it.
func setOn(ctx *Context, entity types.ManagedObjectReference, below bool) ([]string, bool) {
	if !entityPermissions.any.Load() {
		return nil, false
	}
	permissions, ok := entityPermissions.Load(entity)
	if !ok {
		return nil, false
	}
	for _, permission := range permissions.([]types.Permission) {
		if strings.EqualFold(permission.Principal, ctx.Session.UserName) && (permission.Propagate || !below) {
			return privilegesOf(ctx, permission.RoleId), true
		}
	}
	return nil, false
}

func privilegesOf(ctx *Context, roleID int32) []string {
	manager := ctx.Map.Get(*ctx.Map.content().AuthorizationManager).(*AuthorizationManager)
	for _, role := range manager.RoleList {
		if role.RoleId == roleID {
			return role.Privilege
		}
	}
	return nil
}
