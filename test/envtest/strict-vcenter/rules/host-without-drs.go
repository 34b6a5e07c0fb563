package simulator

import (
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// HostWithoutDrs: a clone into a pool of a cluster without DRS names its host, or fails with InvalidArgument.
//
// VirtualMachineRelocateSpec.host, API reference of vSphere 6.5 (quoted in vmware/pyvmomi #616): "if resource pool is
// specified and the target pool represents a cluster without DRS enabled, an InvalidArgument exception be thrown". The
// reference of 8.0 says for clones: "a random compatible host is chosen". A client that knows only the newer text fails
// with the older vCenter, so the stricter of the two holds here. The pool of a standalone host, or of a cluster with DRS,
// needs no host. The property's name in the fault follows spec.location.pool, which the simulator's own fault bears.

func noHostChosen(ctx *Context, req *types.CloneVM_Task) types.BaseMethodFault {
	location := req.Spec.Location
	if location.Host != nil || location.Pool == nil {
		return nil
	}
	pool, ok := ctx.Map.Get(*location.Pool).(mo.Entity)
	if !ok {
		return nil
	}
	cluster, ok := ctx.Map.getEntityComputeResource(pool).(*ClusterComputeResource)
	if !ok {
		return nil
	}
	config, ok := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx)
	if !ok || config.DrsConfig.Enabled == nil || *config.DrsConfig.Enabled {
		return nil
	}
	return &types.InvalidArgument{InvalidProperty: "spec.location.host"}
}
