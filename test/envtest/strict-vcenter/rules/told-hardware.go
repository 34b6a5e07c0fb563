package simulator

import "github.com/vmware/govmomi/vim25/types"

// ToldHardware: a filter reports a property whose value has changed (PropertyCollector.CreateFilter, PropertyFilterUpdate).
// The simulator changes these of a machine without a word; of CPU and memory, config.changeVersion tells it.
func tellHardware(ctx *Context, vm *VirtualMachine, spec *types.VirtualMachineConfigSpec) {
	if !strictly(toldHardware) {
		return
	}
	changes := []types.PropertyChange{}
	tell := func(name string, value any) {
		changes = append(changes, types.PropertyChange{Name: name, Op: types.PropertyChangeOpAssign, Val: value})
	}
	if spec.NumCoresPerSocket != nil {
		tell("config.hardware.numCoresPerSocket", *vm.Config.Hardware.NumCoresPerSocket)
	}
	if spec.CpuHotAddEnabled != nil {
		tell("config.cpuHotAddEnabled", *vm.Config.CpuHotAddEnabled)
	}
	if spec.MemoryHotAddEnabled != nil {
		tell("config.memoryHotAddEnabled", *vm.Config.MemoryHotAddEnabled)
	}
	if len(changes) > 0 {
		ctx.Update(vm, changes)
	}
}
