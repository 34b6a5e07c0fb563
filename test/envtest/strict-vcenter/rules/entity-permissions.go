package simulator

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/vmware/govmomi/vim25/types"
)

// Permissions that the administrator sets while the simulator runs, by AuthorizationManager.SetEntityPermissions. Each
// holds for the object and, if it is propagated, for all below it. They belong to the rule Privileges; the simulator only
// keeps a list of them.

var entityPermissions struct {
	sync.Map // of []types.Permission by the entity's reference
	any      atomic.Bool
}

// recordPermissions takes note of a call that sets or removes permissions.
func recordPermissions(method *Method) {
	switch req := method.Body.(type) {
	case *types.SetEntityPermissions:
		entityPermissions.Store(req.Entity, req.Permission)
		entityPermissions.any.Store(true)
	case *types.RemoveEntityPermission:
		entityPermissions.Delete(req.Entity)
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
