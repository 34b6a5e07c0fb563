package simulator

import (
	"sync"
	"time"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// HiddenCreation: a machine is shown without configuration until the clone that makes it ends.
//
// VirtualMachine.config: "is often also unavailable during the initial phases of virtual machine creation". Clients see
// such machines as entered objects without UUIDs (kubev2v/forklift #7106). What is hidden, and how its end is told, is as
// in hidden-configuration.go. When the phase ends is not documented: here with the task, the latest possible. It takes as
// long as the simulator needs, and HiddenCreationMs more; then nobody holds a lock, so other clones go on.

type newMachine struct {
	folder types.ManagedObjectReference
	name   string
}

var creations = struct {
	sync.Mutex
	clones map[newMachine]*types.CloneVM_Task
}{clones: map[newMachine]*types.CloneVM_Task{}}

func machineOf(clone *types.CloneVM_Task) newMachine {
	return newMachine{clone.Folder, escapeSpecialCharacters(clone.Name)}
}

// beginCreation hides the machine to come. One that is there already has another name or makes the clone fail.
func beginCreation(ctx *Context, clone *types.CloneVM_Task) {
	folder, ok := asFolderMO(ctx.Map.Get(clone.Folder))
	machine := machineOf(clone)
	if !ok || !strictly(hiddenCreation) || ctx.Map.FindByName(machine.name, folder.ChildEntity) != nil {
		return
	}
	creations.Lock()
	defer creations.Unlock()
	if creations.clones[machine] == nil {
		creations.clones[machine] = clone
	}
}

// endCreation is called when a task has done its work and is not told to have ended yet.
func endCreation(ctx *Context, task *Task, result types.AnyType) {
	if task.clone == nil || !strictly(hiddenCreation) {
		return
	}
	vm := resultOf(ctx, result)
	if vm != nil {
		time.Sleep(time.Duration(strictOptions.Load().HiddenCreationMs) * time.Millisecond)
	}
	machine := machineOf(task.clone)
	creations.Lock()
	mine := creations.clones[machine] == task.clone
	if mine {
		delete(creations.clones, machine)
	}
	creations.Unlock()
	if mine && vm != nil {
		// Filters tell the configuration when this property changes: see shownChanges.
		ctx.Map.AtomicUpdate(ctx, vm, []types.PropertyChange{
			{Name: "runtime.connectionState", Val: vm.Runtime.ConnectionState},
		})
	}
}

func resultOf(ctx *Context, result types.AnyType) *VirtualMachine {
	ref, ok := result.(types.ManagedObjectReference)
	if !ok {
		return nil
	}
	// Destroyed meanwhile: nil.
	vm, _ := ctx.Map.Get(ref).(*VirtualMachine)
	return vm
}

func isBeingCreated(vm *mo.VirtualMachine) bool {
	if vm.Parent == nil {
		return false
	}
	creations.Lock()
	defer creations.Unlock()
	return creations.clones[newMachine{*vm.Parent, vm.Name}] != nil
}
