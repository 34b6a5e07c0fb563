package simulator

import (
	"path"
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

// ownFiles gives an edited disk of a clone a file of the clone, part of the rule WholeCloneConfig.
//
// A clone copies the disks of its source to files of its own (CloneVM_Task), and an edit names a disk as the source has it, file
// and all (kubernetes-sigs/cluster-api-provider-vsphere, pkg/services/govmomi/vcenter/clone.go). The simulator gives the
// source's file to the clone.
func ownFiles(source, clone *VirtualMachine) {
	from, to := path.Dir(source.Config.Files.VmPathName)+"/", path.Dir(clone.Config.Files.VmPathName)+"/"
	for _, device := range clone.Config.Hardware.Device {
		disk, isDisk := device.(*types.VirtualDisk)
		if !isDisk {
			continue
		}
		if backing, isFlat := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo); isFlat && strings.HasPrefix(backing.FileName, from) {
			backing.FileName = to + strings.TrimPrefix(backing.FileName, from)
		}
	}
}
