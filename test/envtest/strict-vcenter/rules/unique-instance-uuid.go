package simulator

import (
	"strings"
	"sync"

	"github.com/google/uuid"
)

// UniqueInstanceUuid: no two machines of a vCenter share an instance UUID; who comes second gets another one.
//
// VirtualMachineConfigSpec.instanceUuid: "used by VirtualCenter to uniquely identify all virtual machine instances …
// allowing the Virtual Infrastructure environment to assign or change it when VirtualCenter detects an identifier
// conflict between virtual machines"; VmInstanceUuidConflictEvent, VmInstanceUuidChangedEvent.

var reserved = struct {
	sync.Mutex
	uuids map[string]bool
}{uuids: map[string]bool{}}

// reserveInstanceUuid returns the wanted UUID, or a new one where it is taken. It is reserved until the function is
// called, which has to be after the machine has it.
func reserveInstanceUuid(ctx *Context, wanted string) (string, func()) {
	reserved.Lock()
	defer reserved.Unlock()
	given := strings.ToLower(wanted)
	if reserved.uuids[given] || isInstanceUuidTaken(ctx, given) {
		given = uuid.NewString()
	}
	reserved.uuids[given] = true
	return given, func() {
		reserved.Lock()
		defer reserved.Unlock()
		delete(reserved.uuids, given)
	}
}

func isInstanceUuidTaken(ctx *Context, wanted string) bool {
	for _, entity := range ctx.Map.All("VirtualMachine") {
		if vm, ok := entity.(*VirtualMachine); ok && vm.Config != nil && strings.EqualFold(vm.Config.InstanceUuid, wanted) {
			return true
		}
	}
	return false
}
