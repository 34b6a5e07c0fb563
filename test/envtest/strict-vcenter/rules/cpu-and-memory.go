package simulator

import (
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// CpuAndMemory: which sizes a machine can take, and when.
//
//   - numCPUs is a multiple of numCoresPerSocket, that of the spec or else that of the machine or template, unless the
//     cores per socket are chosen at power-on (VirtualHardware.autoCoresPerSocket). "cannot support 1 CPUs using 2 cores
//     per socket. CPU count must be a multiple of cores per socket" (vmware/terraform-provider-vcd #634). That the fault
//     is InvalidArgument of configSpec.numCPUs is unproven.
//   - ReconfigVM_Task while the machine is on: CpuHotPlugNotSupported "when virtual CPUs cannot be hot-added or
//     hot-removed", MemoryHotPlugNotSupported likewise (VirtualMachineConfigInfo.cpuHotAddEnabled, cpuHotRemoveEnabled,
//     memoryHotAddEnabled; fewer CPUs: hashicorp/terraform-provider-vsphere #2337). Memory cannot be taken away.
//   - VirtualMachineConfigInfo.hotPlugMemoryIncrementSize: what is added is a multiple of it; hotPlugMemoryLimit is read
//     as the largest total. Their fault is unproven too: InvalidArgument of configSpec.memoryMB.
//   - InvalidPowerState "if the virtual machine is powered on and the virtual hardware cannot support the configuration
//     changes" (ReconfigVM_Task): cores per socket while on, and all of it while suspended; and the flags
//     cpuHotAddEnabled and memoryHotAddEnabled, which "can only be set when the virtual machine is powered-off".

// DeviceKeys: a device change with the operation edit or remove names a device of the machine by its key, else
// InvalidDeviceSpec with the index of the change (VirtualDeviceConfigSpec.device, InvalidDeviceSpec.deviceIndex).

func unevenSockets(vm *VirtualMachine, spec *types.VirtualMachineConfigSpec) types.BaseMethodFault {
	cpus, cores := vm.Config.Hardware.NumCPU, vm.Config.Hardware.NumCoresPerSocket
	auto := vm.Config.Hardware.AutoCoresPerSocket
	if spec.NumCPUs != 0 {
		cpus = spec.NumCPUs
	}
	if spec.NumCoresPerSocket != nil {
		cores, auto = spec.NumCoresPerSocket, nil
	}
	if isTrue(auto) || cores == nil || *cores == 0 || cpus%*cores == 0 {
		return nil
	}
	return &types.InvalidArgument{InvalidProperty: "configSpec.numCPUs"}
}

func wrongSize(vm *VirtualMachine, spec *types.VirtualMachineConfigSpec) types.BaseMethodFault {
	hardware := vm.Config.Hardware
	cpus := int64(spec.NumCPUs) - int64(hardware.NumCPU)
	if spec.NumCPUs == 0 {
		cpus = 0
	}
	memory := spec.MemoryMB - int64(hardware.MemoryMB)
	if spec.MemoryMB == 0 {
		memory = 0
	}
	cores := spec.NumCoresPerSocket != nil &&
		(hardware.NumCoresPerSocket == nil || *spec.NumCoresPerSocket != *hardware.NumCoresPerSocket)
	if cpus != 0 || cores {
		if fault := unevenSockets(vm, spec); fault != nil {
			return fault
		}
	}
	state := vm.Runtime.PowerState
	isOn := state == types.VirtualMachinePowerStatePoweredOn
	isSuspended := state == types.VirtualMachinePowerStateSuspended
	flags := spec.CpuHotAddEnabled != nil || spec.CpuHotRemoveEnabled != nil || spec.MemoryHotAddEnabled != nil
	if (isSuspended && (cpus != 0 || memory != 0)) || ((cores || flags) && (isOn || isSuspended)) {
		return &types.InvalidPowerState{RequestedState: types.VirtualMachinePowerStatePoweredOff, ExistingState: state}
	}
	if !isOn {
		return nil
	}
	if (cpus > 0 && !isTrue(vm.Config.CpuHotAddEnabled)) || (cpus < 0 && !isTrue(vm.Config.CpuHotRemoveEnabled)) {
		return &types.CpuHotPlugNotSupported{}
	}
	if memory < 0 || (memory > 0 && !isTrue(vm.Config.MemoryHotAddEnabled)) {
		return &types.MemoryHotPlugNotSupported{}
	}
	step, limit := vm.Config.HotPlugMemoryIncrementSize, vm.Config.HotPlugMemoryLimit
	if memory > 0 && ((step > 0 && memory%step != 0) || (limit > 0 && spec.MemoryMB > limit)) {
		return &types.InvalidArgument{InvalidProperty: "configSpec.memoryMB"}
	}
	return nil
}

func unknownDevice(vm *VirtualMachine, spec *types.VirtualMachineConfigSpec) types.BaseMethodFault {
	devices := object.VirtualDeviceList(vm.Config.Hardware.Device)
	for i, change := range spec.DeviceChange {
		device := change.GetVirtualDeviceConfigSpec()
		if device.Operation == types.VirtualDeviceConfigSpecOperationAdd {
			continue
		}
		if devices.FindByKey(device.Device.GetVirtualDevice().Key) == nil {
			return &types.InvalidDeviceSpec{DeviceIndex: int32(i)}
		}
	}
	return nil
}
