package simulator

import (
	"sync"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// PendingQuestion: a power-on may raise a question; its task runs on until somebody answers.
//
// VirtualMachineRuntimeInfo.question: "the current question on the virtual machine, if any. A virtual machine can be
// blocked on a question while it is powering on"; VirtualMachine.AnswerVM; the fault ConcurrentAccess "if the question
// has been or is being answered by another thread or user", InvalidArgument for another questionId.
//
// Tests ask for it with the key strict.question of extraConfig, whose value is the text. AnswerVM removes the key.

const questionKey = "strict.question"

var questions = struct {
	sync.Mutex
	answered map[types.ManagedObjectReference]chan struct{}
}{answered: map[types.ManagedObjectReference]chan struct{}{}}

// awaitAnswer blocks a power-on, before it locks the machine, for as long as its question is pending.
func awaitAnswer(ctx *Context, task *Task) {
	if !strictly(pendingQuestion) || task.Info.DescriptionId != "VirtualMachine.powerOn" {
		return
	}
	vm, ok := ctx.Map.Get(*task.Info.Entity).(*VirtualMachine)
	if !ok {
		return
	}
	answered := make(chan struct{})
	asked := false
	// A context of its own: the locks of the caller's must not be taken for ours.
	own := &Context{Context: ctx.Context, Map: ctx.Map, Session: ctx.Session, svc: ctx.svc}
	own.WithLock(vm, func() {
		for _, option := range vm.Config.ExtraConfig {
			text, ok := option.GetOptionValue().Value.(string)
			if option.GetOptionValue().Key != questionKey || !ok {
				continue
			}
			asked = true
			questions.Lock()
			questions.answered[vm.Self] = answered
			questions.Unlock()
			own.Update(vm, []types.PropertyChange{{Name: "runtime.question", Val: types.VirtualMachineQuestionInfo{
				Id:   "1",
				Text: text,
				Choice: types.ChoiceOption{ChoiceInfo: []types.BaseElementDescription{
					&types.ElementDescription{Key: "0", Description: types.Description{Label: "OK", Summary: "OK"}},
				}},
			}}})
		}
	})
	if asked {
		<-answered
	}
}

// AnswerVM lets the power-on go on.
func (vm *VirtualMachine) AnswerVM(ctx *Context, req *types.AnswerVM) soap.HasFault {
	body := &methods.AnswerVMBody{}
	if vm.Runtime.Question == nil || vm.Runtime.Question.Id != req.QuestionId {
		body.Fault_ = Fault("A specified parameter was not correct: questionId", &types.InvalidArgument{InvalidProperty: "questionId"})
		return body
	}
	vm.applyExtraConfig(ctx, &types.VirtualMachineConfigSpec{
		ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: questionKey, Value: ""}},
	})
	ctx.Update(vm, []types.PropertyChange{{Name: "runtime.question", Val: nil}})
	questions.Lock()
	if answered, ok := questions.answered[vm.Self]; ok {
		close(answered)
		delete(questions.answered, vm.Self)
	}
	questions.Unlock()
	body.Res = &types.AnswerVMResponse{}
	return body
}
