package simulator

import (
	"reflect"
	"strings"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// HiddenConfiguration: vCenter shows no configuration of a machine whose files it cannot read.
//
// VirtualMachine.config: "not guaranteed to be available. For example, the configuration information would be
// unavailable if the server is unable to access the virtual machine files on disk". VirtualMachineConnectionState:
// `inaccessible` and `invalid`, "no configuration can be returned"; an `orphaned` machine is not registered on its host,
// so nobody reads its files either. VirtualMachineSummary.config: "not available when the virtual machine is
// unavailable". A property that is unset is absent from RetrievePropertiesEx, and in WaitForUpdatesEx it is a change
// with op indirectRemove and without val (PropertyChange; recorded from vCenter 5.5).
//
// A reconfiguration of such a machine fails with InvalidState. Tests set the state with the key
// SET.runtime.connectionState of extraConfig.

var unreadable = map[types.VirtualMachineConnectionState]bool{
	types.VirtualMachineConnectionStateInaccessible: true,
	types.VirtualMachineConnectionStateInvalid:      true,
	types.VirtualMachineConnectionStateOrphaned:     true,
}

func isHidden(vm *mo.VirtualMachine) bool {
	return strictly(hiddenConfiguration) && unreadable[vm.Runtime.ConnectionState] || isBeingCreated(vm)
}

func isConfiguration(path string) bool {
	for _, root := range []string{"config", "summary.config", "layout", "layoutEx"} {
		if path == root || strings.HasPrefix(path, root+".") {
			return true
		}
	}
	return false
}

// shown is what a property collector may read of an object.
func shown(object reflect.Value) reflect.Value {
	vm, ok := object.Addr().Interface().(*mo.VirtualMachine)
	if !ok || !isHidden(vm) {
		return object
	}
	bare := *vm
	bare.Config, bare.Layout, bare.LayoutEx = nil, nil, nil
	bare.Summary.Config = types.VirtualMachineConfigSummary{}
	return reflect.ValueOf(&bare).Elem()
}

// isUnset tells a property that has no value because the configuration is hidden, whatever its Go type.
func isUnset(object reflect.Value, path string) bool {
	vm, ok := object.Addr().Interface().(*mo.VirtualMachine)
	return ok && isHidden(vm) && isConfiguration(path)
}

// shownChanges is what a filter may tell of an update: no change of a hidden configuration, and all of the
// configuration that the filter asks for when the connection state changed.
func shownChanges(ctx *Context, f *PropertyFilter, update types.ObjectUpdate) []types.PropertyChange {
	vm, ok := ctx.Map.Get(update.Obj).(*VirtualMachine)
	if !ok || strictOptions.Load() == nil {
		return update.ChangeSet
	}
	turned := false
	for _, change := range update.ChangeSet {
		turned = turned || change.Name == "runtime.connectionState"
	}
	if !turned && !isHidden(&vm.VirtualMachine) {
		return update.ChangeSet
	}
	var changes []types.PropertyChange
	for _, change := range update.ChangeSet {
		if !isConfiguration(change.Name) {
			changes = append(changes, change)
		}
	}
	if turned {
		changes = append(changes, configurationNow(ctx, f, update.Obj)...)
	}
	return changes
}

func configurationNow(ctx *Context, f *PropertyFilter, ref types.ManagedObjectReference) []types.PropertyChange {
	var paths []string
	for _, set := range f.Spec.PropSet {
		if set.Type != ref.Type {
			continue
		}
		for _, path := range set.PathSet {
			if isConfiguration(path) {
				paths = append(paths, path)
			}
		}
	}
	var now types.ObjectContent
	ctx.WithLock(ref, func() {
		object, ok := getObject(ctx, ref)
		if !ok {
			return
		}
		content := types.ObjectContent{Obj: ref}
		(&retrieveResult{}).collectFields(ctx, object, paths, &content)
		deepCopy(&content, &now)
	})
	var changes []types.PropertyChange
	for _, property := range now.PropSet {
		change := types.PropertyChange{Name: property.Name, Op: types.PropertyChangeOpAssign, Val: property.Val}
		if property.Val == nil {
			change.Op = types.PropertyChangeOpIndirectRemove
		}
		changes = append(changes, change)
	}
	return changes
}

// enterOp is the op of a property of an object that enters.
//
// UnsetIsIndirectRemove: an unset property of an object that enters is told too, with op indirectRemove and without val
// (recorded from vCenter 5.5 by ManageIQ, infra_manager_refresher). The simulator tells `assign` without val.
func enterOp(value types.AnyType) types.PropertyChangeOp {
	if value == nil && strictly(unsetIsIndirectRemove) {
		return types.PropertyChangeOpIndirectRemove
	}
	return types.PropertyChangeOpAssign
}
