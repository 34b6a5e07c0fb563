package simulator

import (
	"sync"

	"github.com/vmware/govmomi/vim25/types"
)

// QueuedClones: a clone is queued before it runs, and at most eight run at once per source host.
//
// vSphere documentation, "Limits on Simultaneous Migrations": a provisioning operation such as a clone that exceeds the
// limit of a host "does not proceed immediately, but is queued until other operations complete"; cost 1 of at most 8 per
// host. TaskInfo.state `queued`: "when there are too many tasks for threads to handle"; startTime is unset until then.
// The host that counts is the source's, which copies; where vCenter places the clone is its own choice. A datastore's
// limit (128) is never reached before the hosts'.

var hosts = struct {
	sync.Mutex
	slots map[types.ManagedObjectReference]chan struct{}
}{slots: map[types.ManagedObjectReference]chan struct{}{}}

// hostSlots is undefined (nil) for a task that is not queued.
func hostSlots(ctx *Context, task *Task) chan struct{} {
	if !strictly(queuedClones) || task.Info.DescriptionId != "VirtualMachine.cloneVm" {
		return nil
	}
	vm, ok := ctx.Map.Get(*task.Info.Entity).(*VirtualMachine)
	if !ok || vm.Runtime.Host == nil {
		return nil
	}
	hosts.Lock()
	defer hosts.Unlock()
	slots, ok := hosts.slots[*vm.Runtime.Host]
	if !ok {
		slots = make(chan struct{}, strictOptions.Load().ClonesPerHost)
		hosts.slots[*vm.Runtime.Host] = slots
	}
	return slots
}
