package simulator

import (
	"slices"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// DrsRules: a machine that is destroyed leaves the DRS rules and groups of its cluster, which stay; a rule or group takes
// machines and hosts of its own cluster only.
//
// "Behavior of DRS Affinity Rules and VM Overrides during Virtual Machine Deletion", Broadcom KB 436954: "The deleted virtual
// machine is automatically removed from the rule's membership (e.g., VM Groups). The rule itself remains". ClusterRuleInfo:
// "Hosts and virtual machines referenced in a DRS rule must be in the same cluster"; the same of ClusterGroupInfo. Which fault
// vCenter has for others is not written: an InvalidArgument here, as the simulator has for wrong entries.

// forgetInRules is called as a machine leaves the inventory.
func forgetInRules(ctx *Context, vm *VirtualMachine) {
	if !strictly(drsRules) {
		return
	}
	cluster, ok := clusterOfMachine(ctx, vm)
	if !ok {
		return
	}
	ctx.WithLock(cluster, func() {
		config, ok := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx)
		if !ok {
			return
		}
		isIt := func(ref types.ManagedObjectReference) bool { return ref == vm.Self }
		for _, rule := range config.Rule {
			switch info := rule.(type) {
			case *types.ClusterAntiAffinityRuleSpec:
				info.Vm = slices.DeleteFunc(info.Vm, isIt)
			case *types.ClusterAffinityRuleSpec:
				info.Vm = slices.DeleteFunc(info.Vm, isIt)
			}
		}
		for _, group := range config.Group {
			if info, ok := group.(*types.ClusterVmGroup); ok {
				info.Vm = slices.DeleteFunc(info.Vm, isIt)
			}
		}
	})
}

// foreignMember is called before the configuration of a cluster changes.
func foreignMember(ctx *Context, cluster *ClusterComputeResource, spec *types.ClusterConfigSpecEx) types.BaseMethodFault {
	if !strictly(drsRules) {
		return nil
	}
	var machines, hosts []types.ManagedObjectReference
	for _, rule := range spec.RulesSpec {
		switch info := rule.Info.(type) {
		case *types.ClusterAntiAffinityRuleSpec:
			machines = append(machines, info.Vm...)
		case *types.ClusterAffinityRuleSpec:
			machines = append(machines, info.Vm...)
		}
	}
	for _, group := range spec.GroupSpec {
		switch info := group.Info.(type) {
		case *types.ClusterVmGroup:
			machines = append(machines, info.Vm...)
		case *types.ClusterHostGroup:
			hosts = append(hosts, info.Host...)
		}
	}
	for _, ref := range machines {
		vm, ok := ctx.Map.Get(ref).(*VirtualMachine)
		if !ok {
			return &types.ManagedObjectNotFound{Obj: ref}
		}
		if own, ok := clusterOfMachine(ctx, vm); !ok || own.Self != cluster.Self {
			return &types.InvalidArgument{InvalidProperty: "spec.vm"}
		}
	}
	for _, ref := range hosts {
		if !slices.Contains(cluster.Host, ref) {
			return &types.InvalidArgument{InvalidProperty: "spec.host"}
		}
	}
	return nil
}

// clusterOfMachine goes by the pool: a clone of the simulator into another cluster keeps the host of its template.
func clusterOfMachine(ctx *Context, vm *VirtualMachine) (*ClusterComputeResource, bool) {
	if vm.ResourcePool == nil {
		return nil, false
	}
	pool, ok := ctx.Map.Get(*vm.ResourcePool).(mo.Entity)
	if !ok {
		return nil, false
	}
	cluster, ok := ctx.Map.getEntityComputeResource(pool).(*ClusterComputeResource)
	return cluster, ok
}
