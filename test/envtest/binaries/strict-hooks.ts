import type { SimulatorEdit } from './simulator-edits';

const CLONE_RUNS =
  '\ttask := CreateTask(vm, "cloneVm", func(t *Task) (types.AnyType, types.BaseMethodFault) {\n\t\tif pool == nil {\n';
const FILTER_KNOWS_OBJECT = '\t\t\t\t\t\tif _, ok := filter.refs[update.Obj]; ok {\n\t\t\t\t\t\t\t// This object';
const CLONE_STARTS = '\treturn &methods.CloneVM_TaskBody{\n\t\tRes: &types.CloneVM_TaskResponse{\n';
const CLONE_TAKES_DATA_SETS = '\t\tclone.DataSets = copyDataSetsForVmClone(vm.DataSets)\n';
const RECONFIGURES = '\t\terr := vm.configure(ctx, &req.Spec)\n\n\t\treturn nil, err\n';
const CONFIGURED = '\t\terr := vm.configure(ctx, &req.Spec)\n';
const CALL_IS_VALID = '\t// We have a valid call. Check for fault injection first\n';
const MACHINE_IS_REMOVED = '\tctx.postEvent(&types.VmRemovedEvent{VmEvent: vm.event(ctx)})\n';
const CLUSTER_IS_CHANGED = '\t\tupdates := []func(*Context, *types.ClusterConfigInfoEx';
const TASK_RUNS = [
  '\tctx.Map.AtomicUpdate(t.ctx, t, []types.PropertyChange{',
  '\t\t{Name: "info.startTime", Val: time.Now()},',
  '\t\t{Name: "info.state", Val: types.TaskInfoStateRunning},',
  '\t})',
  '',
].join('\n');

/** Where the simulator asks the rules of test/envtest/strict-vcenter/rules. Without BeStrict each does nothing. */
export const STRICT_HOOKS: readonly SimulatorEdit[] = [
  {
    file: 'simulator/simulator.go',
    title: 'a call may be refused',
    find: CALL_IS_VALID,
    replaceBy: `\tif refusal := strictRefusal(ctx, method, handler); refusal != nil {\n\t\treturn refusal\n\t}\n\n${CALL_IS_VALID}`,
  },
  {
    file: 'simulator/simulator.go',
    title: 'an answer may break off',
    find: '\t_, _ = w.Write(out.Bytes())\n',
    replaceBy: '\twriteAnswer(ctx, w, out.Bytes())\n',
  },
  {
    file: 'simulator/virtual_machine.go',
    title: 'a clone may fail as it starts',
    find: CLONE_RUNS,
    replaceBy: CLONE_RUNS.replace(
      '\t\tif pool',
      '\t\tend, fault := beginClone(ctx, vm, req)\n\t\tdefer end()\n\t\tif fault != nil {\n\t\t\treturn nil, fault\n\t\t}\n\t\tif pool',
    ),
  },
  {
    file: 'simulator/virtual_machine.go',
    title: 'a clone takes the whole configuration',
    find: CLONE_TAKES_DATA_SETS,
    replaceBy: `\t\tapplyWholeConfig(vm, clone, req.Spec)\n${CLONE_TAKES_DATA_SETS}`,
  },
  {
    file: 'simulator/virtual_machine.go',
    title: 'a reconfiguration may fail as it starts',
    find: RECONFIGURES,
    replaceBy: `\t\tif fault := reconfigureFault(ctx, vm, &req.Spec); fault != nil {\n\t\t\treturn nil, fault\n\t\t}\n${RECONFIGURES}`,
  },
  {
    file: 'simulator/virtual_machine.go',
    title: 'what a reconfiguration has changed is told',
    find: CONFIGURED,
    replaceBy: `${CONFIGURED}\t\tif err == nil {\n\t\t\ttellHardware(ctx, vm, &req.Spec)\n\t\t}\n`,
  },
  {
    file: 'simulator/task.go',
    title: 'a clone is queued until its host and its datastores have a slot',
    find: TASK_RUNS,
    replaceBy: `\tstart := func() {\n${TASK_RUNS.replace(/^\t/gm, '\t\t')}\t}\n\tqueued := queueCopy(ctx, t)\n\tif queued == nil {\n\t\tstart()\n\t}\n`,
  },
  {
    file: 'simulator/task.go',
    title: 'what a machine waits for happens before it is locked',
    find: '\tgo func() {\n\t\tTaskDelay.delay(t.Info.Name)\n',
    replaceBy:
      '\tgo func() {\n\t\tif queued != nil {\n\t\t\t<-queued.ready\n\t\t\tdefer queued.release()\n\t\t\tif t.isDone() {\n\t\t\t\treturn // cancelled while it was queued\n\t\t\t}\n\t\t\tstart()\n\t\t}\n' +
      '\t\tTaskDelay.delay(t.Info.Name)\n\t\tawaitAnswer(ctx, t)\n',
  },
  {
    file: 'simulator/task.go',
    title: 'the task of a clone knows its request',
    find: '\tctx     *Context\n\tExecute func(*Task)',
    replaceBy: '\tctx     *Context\n\tclone   *types.CloneVM_Task\n\tExecute func(*Task)',
  },
  {
    file: 'simulator/virtual_machine.go',
    title: 'a clone hands its request to its task',
    find: CLONE_STARTS,
    replaceBy: `\ttask.clone = req\n${CLONE_STARTS}`,
  },
  {
    file: 'simulator/task.go',
    title: 'a new machine gets its configuration before its clone ends',
    find: '\t\tres, err := t.Execute(t)\n\t\tunlock()\n',
    replaceBy: '\t\tres, err := t.Execute(t)\n\t\tunlock()\n\t\tendCreation(ctx, t, res)\n',
  },
  {
    file: 'simulator/task.go',
    title: 'a machine that waits is not locked',
    find: '\thandoff := true\n',
    replaceBy: '\thandoff := strictOptions.Load() == nil\n',
  },
  {
    file: 'simulator/simulator.go',
    title: 'a search finds what the account may see',
    find: '\treturn res[0].Interface().(soap.HasFault)\n',
    replaceBy: '\treturn seenAnswer(ctx, res[0].Interface().(soap.HasFault))\n',
  },
  {
    file: 'simulator/property_collector.go',
    title: 'a read of an object that the account may not see is refused',
    find: '\t\t\tunlock := ctx.Map.AcquireLock(ctx, o.Obj)\n',
    replaceBy:
      '\t\t\tif !sees(ctx, o.Obj) {\n\t\t\t\treturn nil, unseen(o.Obj)\n\t\t\t}\n\t\t\tunlock := ctx.Map.AcquireLock(ctx, o.Obj)\n',
  },
  {
    file: 'simulator/property_collector.go',
    title: 'no traversal goes to what the account may not see',
    find: '\t\tfor _, ref := range fieldRefs(f) {\n',
    replaceBy: '\t\tfor _, ref := range fieldRefs(f) {\n\t\t\tif !sees(ctx, ref) {\n\t\t\t\tcontinue\n\t\t\t}\n',
  },
  {
    file: 'simulator/property_collector.go',
    title: 'what the account may not see any more may leave',
    find: FILTER_KNOWS_OBJECT,
    replaceBy: [
      '\t\t\t\t\t\tif _, ok := filter.refs[update.Obj]; ok && leavesSight(ctx, update.Obj) {',
      '\t\t\t\t\t\t\tdelete(filter.refs, update.Obj)',
      '\t\t\t\t\t\t\tgone := types.ObjectUpdate{Obj: update.Obj, Kind: types.ObjectUpdateKindLeave}',
      '\t\t\t\t\t\t\tfu.ObjectSet = append(fu.ObjectSet, gone)',
      '\t\t\t\t\t\t\tcontinue',
      '\t\t\t\t\t\t}',
      FILTER_KNOWS_OBJECT,
    ].join('\n'),
  },
  {
    file: 'simulator/property_collector.go',
    title: 'a hidden configuration is not read',
    find: '\treturn getManagedObject(obj), true\n',
    replaceBy: '\treturn shown(getManagedObject(obj)), true\n',
  },
  {
    file: 'simulator/property_collector.go',
    title: 'a path of a hidden configuration has no value',
    find: '\t\tif field.FromString(name) {\n\t\t\tkeyed :=',
    replaceBy:
      '\t\tif isUnset(rval, name) {\n\t\t\terr = errEmptyField\n\t\t} else if field.FromString(name) {\n\t\t\tkeyed :=',
  },
  {
    file: 'simulator/property_collector.go',
    title: 'what an account may not read is missing',
    find: '\tif ctx.Session != nil {\n\t\tcontent.PropSet =',
    replaceBy: [
      '\tif fault := unreadableFault(ctx, content.Obj); fault != nil {',
      '\t\tcontent.MissingSet = append(content.MissingSet, types.MissingProperty{',
      '\t\t\tPath:  name,',
      '\t\t\tFault: types.LocalizedMethodFault{Fault: fault},',
      '\t\t})',
      '\t\treturn',
      '\t}',
      '\tif ctx.Session != nil {\n\t\tcontent.PropSet =',
    ].join('\n'),
  },
  {
    file: 'simulator/property_collector.go',
    title: 'an update tells what is missing',
    find: '\t\t\t\tKind: types.ObjectUpdateKindEnter,\n\t\t\t}\n',
    replaceBy:
      '\t\t\t\tKind: types.ObjectUpdateKindEnter,\n\t\t\t}\n\t\t\tou.MissingSet = missingByPermission(o.MissingSet)\n',
  },
  {
    file: 'simulator/property_collector.go',
    title: 'an unset property of an object that enters is removed',
    find: '\t\t\t\t\tOp:   types.PropertyChangeOpAssign,\n',
    replaceBy: '\t\t\t\t\tOp:   enterOp(p.Val),\n',
  },
  {
    file: 'simulator/resource_pool.go',
    title: 'a vApp is a child of its folder',
    find: '\tbody.Res = &types.CreateVAppResponse{\n',
    replaceBy: '\tfileVApp(ctx, child)\n\tbody.Res = &types.CreateVAppResponse{\n',
  },
  {
    file: 'simulator/resource_pool.go',
    title: 'a vApp leaves its folder',
    find: '\treturn (&ResourcePool{ResourcePool: a.ResourcePool}).DestroyTask(ctx, req)\n',
    replaceBy: '\tunfileVApp(ctx, a)\n\treturn (&ResourcePool{ResourcePool: a.ResourcePool}).DestroyTask(ctx, req)\n',
  },
  {
    file: 'simulator/folder.go',
    title: 'a machine of a vApp is in no folder',
    find: '\tevent := vm.event(c.ctx)\n\tc.ctx.postEvent(\n\t\t&types.VmBeingCreatedEvent{\n',
    replaceBy:
      '\tfileInVApp(c.ctx, vm, pool)\n\tevent := vm.event(c.ctx)\n\tc.ctx.postEvent(\n\t\t&types.VmBeingCreatedEvent{\n',
  },
  {
    file: 'simulator/registry.go',
    title: 'the way up from a machine of a vApp',
    find: '\t\tparent := item.Entity().Parent\n\n\t\titem, ok = ',
    replaceBy: '\t\tparent := parentOf(item)\n\n\t\titem, ok = ',
  },
  {
    file: 'simulator/virtual_machine.go',
    title: 'a machine that goes leaves the rules of its cluster',
    find: MACHINE_IS_REMOVED,
    replaceBy: `\tforgetInRules(ctx, vm)\n${MACHINE_IS_REMOVED}`,
  },
  {
    file: 'simulator/cluster_compute_resource.go',
    title: 'a cluster may refuse what is not in it',
    find: CLUSTER_IS_CHANGED,
    replaceBy: `\t\tif fault := foreignMember(ctx, c, spec); fault != nil {\n\t\t\treturn nil, fault\n\t\t}\n${CLUSTER_IS_CHANGED}`,
  },
  {
    file: 'simulator/property_filter.go',
    title: 'a filter tells what may be shown',
    find: '\tset := change.ChangeSet\n',
    replaceBy: '\tset := shownChanges(ctx, f, change)\n',
  },
];
