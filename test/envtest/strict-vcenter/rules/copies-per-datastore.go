package simulator

import (
	"slices"

	"github.com/vmware/govmomi/vim25/types"
)

// CopiesPerDatastore: a clone is queued until each datastore that it reads or writes takes one copy more.
//
// vSphere documentation, "Limits on Simultaneous Migrations": "vCenter Server places limits on the number of simultaneous
// virtual machine migration and provisioning operations that can occur on each host, network, and datastore"; a datastore
// takes operations up to a cost of 128 (also vpxd.ResourceManager.maxCostPerEsx6xDs, knowledge base 326281), of which one
// that moves files has a cost "against the source datastore and against the destination datastore". The cost of a clone is
// in no table: here it is 1, the least, so that nothing is queued which vCenter would run. Tests lower the limit.

// copiedDatastores are those with files of the source, and those that the clone shall have files on.
func copiedDatastores(source *VirtualMachine, spec *types.VirtualMachineCloneSpec) []types.ManagedObjectReference {
	datastores := slices.Clone(source.Datastore)
	if spec.Location.Datastore != nil {
		datastores = append(datastores, *spec.Location.Datastore)
	}
	for _, disk := range spec.Location.Disk {
		datastores = append(datastores, disk.Datastore)
	}
	var distinct []types.ManagedObjectReference
	for _, datastore := range datastores {
		if !slices.Contains(distinct, datastore) {
			distinct = append(distinct, datastore)
		}
	}
	return distinct
}
