package simulator

import (
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// ToolsUnavailable: a guest is asked to shut down or to stand by through VMware Tools, so without them the call is
// refused. VirtualMachine.ShutdownGuest, StandbyGuest: "ToolsUnavailable: if VMware Tools is not running". A machine that
// is not on keeps the simulator's InvalidPowerState. Tests start the Tools with the key SET.guest.toolsRunningStatus.

func noTools(method *Method, target mo.Reference) types.BaseMethodFault {
	vm, ok := target.(*VirtualMachine)
	if !ok || (method.Name != "ShutdownGuest" && method.Name != "StandbyGuest") {
		return nil
	}
	isOn := vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn
	runs := vm.Guest != nil &&
		vm.Guest.ToolsRunningStatus == string(types.VirtualMachineToolsRunningStatusGuestToolsRunning)
	if !isOn || runs {
		return nil
	}
	return &types.ToolsUnavailable{}
}
