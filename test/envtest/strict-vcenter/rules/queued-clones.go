package simulator

import (
	"slices"
	"sync"

	"github.com/vmware/govmomi/vim25/types"
)

// QueuedClones: a clone is queued before it runs, and at most eight run at once per source host.
//
// vSphere documentation, "Limits on Simultaneous Migrations": a provisioning operation such as a clone that exceeds the
// limit of a resource "does not proceed immediately, but is queued until other operations complete and release resources";
// cost 1 of at most 8 per host. "Each of the network, datastore, and host limits must be satisfied for the operation to
// proceed." TaskInfo.state `queued`: "when there are too many tasks for threads to handle"; startTime is unset until then.
// The host that counts is the source's, which copies; where vCenter places the clone is its own choice.

// queuedCopy is a clone that waits for a slot of each of its resources, or has them.
type queuedCopy struct {
	resources []types.ManagedObjectReference
	// Closed when it has them all.
	ready chan struct{}
}

var copies = struct {
	sync.Mutex
	running map[types.ManagedObjectReference]int
	// In the order of the calls.
	waiting []*queuedCopy
}{running: map[types.ManagedObjectReference]int{}}

// queueCopy is nil for a task that is not queued.
func queueCopy(ctx *Context, task *Task) *queuedCopy {
	if task.clone == nil {
		return nil
	}
	vm, ok := ctx.Map.Get(*task.Info.Entity).(*VirtualMachine)
	if !ok {
		return nil
	}
	var resources []types.ManagedObjectReference
	if strictly(queuedClones) && vm.Runtime.Host != nil {
		resources = append(resources, *vm.Runtime.Host)
	}
	if strictly(copiesPerDatastore) {
		resources = append(resources, copiedDatastores(vm, &task.clone.Spec)...)
	}
	if len(resources) == 0 {
		return nil
	}
	queued := &queuedCopy{resources, make(chan struct{})}
	copies.Lock()
	defer copies.Unlock()
	copies.waiting = append(copies.waiting, queued)
	startCopies()
	return queued
}

// release is called when a copy has ended.
func (c *queuedCopy) release() {
	copies.Lock()
	defer copies.Unlock()
	for _, resource := range c.resources {
		copies.running[resource]--
	}
	startCopies()
}

func startCopies() {
	copies.waiting = slices.DeleteFunc(copies.waiting, func(c *queuedCopy) bool {
		if slices.ContainsFunc(c.resources, isFull) {
			return false
		}
		for _, resource := range c.resources {
			copies.running[resource]++
		}
		close(c.ready)
		return true
	})
}

func isFull(resource types.ManagedObjectReference) bool {
	limit := strictOptions.Load().ClonesPerHost
	if resource.Type == "Datastore" {
		limit = strictOptions.Load().ClonesPerDatastore
	}
	return copies.running[resource] >= limit
}
