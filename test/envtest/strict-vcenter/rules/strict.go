// The files of this folder are compiled into the vCenter simulator (package simulator of govmomi). Each holds one rule
// that vCenter keeps and the simulator does not. The calls into them are in test/envtest/binaries/strict-hooks.ts.
package simulator

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// StrictOptions says which rules hold, and their figures. It is read from JSON; an absent field takes the default.
type StrictOptions struct {
	// Rules that are off, by name.
	Off []string `json:"off"`
	// User name that may do everything: the tests' hand in vCenter.
	Administrator string `json:"administrator"`
	// What all other accounts may do. Absent: everything.
	Permissions []StrictPermission `json:"permissions"`
	// See queued-clones.go and copies-per-datastore.go.
	ClonesPerHost      int `json:"clonesPerHost"`
	ClonesPerDatastore int `json:"clonesPerDatastore"`
	// See hidden-creation.go.
	HiddenCreationMs int `json:"hiddenCreationMs"`
	// See hidden-objects.go.
	HiddenObjectsLeave bool `json:"hiddenObjectsLeave"`
	// A session without a call for so long ends (vCenter: 1800, vmware/pyvmomi #953); a pending wait is no call. 0: never.
	SessionIdleSeconds float64 `json:"sessionIdleSeconds"`
	// Every n-th answer of more bytes than DropAnswersOver breaks off half-way. 0: none does.
	DropAnswersOver int `json:"dropAnswersOver"`
	DropEvery       int `json:"dropEvery"`
}

const (
	hiddenConfiguration   = "HiddenConfiguration"
	hostWithoutDrs        = "HostWithoutDrs"
	cloneArguments        = "CloneArguments"
	wholeCloneConfig      = "WholeCloneConfig"
	cpuAndMemory          = "CpuAndMemory"
	deviceKeys            = "DeviceKeys"
	uniqueInstanceUuid    = "UniqueInstanceUuid"
	hiddenCreation        = "HiddenCreation"
	queuedClones          = "QueuedClones"
	copiesPerDatastore    = "CopiesPerDatastore"
	pagedAnswers          = "PagedAnswers"
	privileges            = "Privileges"
	hiddenObjects         = "HiddenObjects"
	pendingQuestion       = "PendingQuestion"
	toolsUnavailable      = "ToolsUnavailable"
	vAppsInFolders        = "VAppsInFolders"
	unsetIsIndirectRemove = "UnsetIsIndirectRemove"
	toldHardware          = "ToldHardware"
	drsRules              = "DrsRules"
	changeVersion         = "ChangeVersion"
)

var strictOptions atomic.Pointer[StrictOptions]

// BeStrict puts the rules into force. Without it the simulator is as released.
func BeStrict(options StrictOptions) {
	if options.ClonesPerHost == 0 {
		options.ClonesPerHost = 8
	}
	if options.ClonesPerDatastore == 0 {
		options.ClonesPerDatastore = 128
	}
	strictOptions.Store(&options)
}

func strictly(rule string) bool {
	o := strictOptions.Load()
	return o != nil && !slices.Contains(o.Off, rule)
}

// strictRefusal is asked before a call of somebody with a session is carried out. nil lets the call pass.
func strictRefusal(ctx *Context, method *Method, target mo.Reference) soap.HasFault {
	if strictOptions.Load() == nil || ctx.Session == nil {
		return nil
	}
	if strictly(privileges) {
		if fault := refusedPermission(ctx, method); fault != nil {
			return strictFault("A specified parameter was not correct: entity", fault)
		}
		recordPermissions(ctx, method)
		if text, fault := lackOfPrivilege(ctx, method, target); fault != nil {
			return strictFault(text, fault)
		}
		if answer := fetchedPrivileges(ctx, method); answer != nil {
			return answer
		}
	}
	if strictly(cloneArguments) {
		if text, fault := wrongReference(ctx, method); fault != nil {
			return strictFault(text, fault)
		}
		if text, fault := wrongName(method); fault != nil {
			return strictFault(text, fault)
		}
	}
	if strictly(toolsUnavailable) {
		if fault := noTools(method, target); fault != nil {
			return strictFault("Cannot complete operation because VMware Tools is not running in this virtual machine.", fault)
		}
	}
	if strictly(pagedAnswers) {
		limitPage(method)
	}
	return nil
}

func strictFault(text string, fault types.BaseMethodFault) soap.HasFault {
	return &serverFaultBody{Reason: Fault(text, fault)}
}

// beginClone is called as a clone task starts to run. It may change the request. The returned function is for its end.
func beginClone(ctx *Context, source *VirtualMachine, req *types.CloneVM_Task) (func(), types.BaseMethodFault) {
	end := func() {}
	if strictOptions.Load() == nil {
		return end, nil
	}
	if strictly(hostWithoutDrs) {
		if fault := noHostChosen(ctx, req); fault != nil {
			return end, fault
		}
	}
	beginCreation(ctx, req)
	if config := req.Spec.Config; config != nil {
		if strictly(cpuAndMemory) {
			if fault := unevenSockets(source, config); fault != nil {
				return end, fault
			}
		}
		if strictly(uniqueInstanceUuid) && config.InstanceUuid != "" {
			config.InstanceUuid, end = reserveInstanceUuid(ctx, config.InstanceUuid)
		}
	}
	return end, nil
}

// reconfigureFault is called as a reconfigure task starts to run. It may change the spec.
func reconfigureFault(ctx *Context, vm *VirtualMachine, spec *types.VirtualMachineConfigSpec) types.BaseMethodFault {
	if strictOptions.Load() == nil || isHand(spec) {
		return nil
	}
	if isHidden(&vm.VirtualMachine) {
		return &types.InvalidState{}
	}
	if strictly(cloneArguments) && len(spec.Name) > longestName {
		return &types.InvalidName{Name: spec.Name, Entity: &vm.Self}
	}
	if strictly(changeVersion) && isOfOtherVersion(vm, spec) {
		return &types.ConcurrentAccess{}
	}
	if strictly(cpuAndMemory) {
		if fault := wrongSize(vm, spec); fault != nil {
			return fault
		}
	}
	if strictly(deviceKeys) {
		if fault := unknownDevice(vm, spec); fault != nil {
			return fault
		}
	}
	if strictly(uniqueInstanceUuid) && spec.InstanceUuid != "" && spec.InstanceUuid != vm.Config.InstanceUuid {
		uuid, end := reserveInstanceUuid(ctx, spec.InstanceUuid)
		defer end()
		spec.InstanceUuid = uuid
	}
	return nil
}

// isHand tells the hand of a test: a spec that only sets properties of the simulator (keys SET.*) is no client's call.
func isHand(spec *types.VirtualMachineConfigSpec) bool {
	for _, option := range spec.ExtraConfig {
		if !strings.HasPrefix(option.GetOptionValue().Key, "SET.") {
			return false
		}
	}
	return len(spec.ExtraConfig) > 0
}
