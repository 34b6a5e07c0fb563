package simulator

import "github.com/vmware/govmomi/vim25/types"

// ChangeVersion: ReconfigVM_Task with a changeVersion that is not that of the machine fails with ConcurrentAccess.
// VirtualMachineConfigSpec.changeVersion: "can be used to guard against updates that have happened between when the
// configInfo was read and when it is applied"; ReconfigVM_Task: "ConcurrentAccess: if the changeVersion does not match
// the server's changeVersion for the configuration".

func isOfOtherVersion(vm *VirtualMachine, spec *types.VirtualMachineConfigSpec) bool {
	return spec.ChangeVersion != "" && spec.ChangeVersion != vm.Config.ChangeVersion
}
