import { SandboxError } from '../sandbox-error';

/** One change of the simulator's source. `find` must occur exactly once in `file`. */
export interface SimulatorEdit {
  /** Below the root of the govmomi module. */
  readonly file: string;
  /** The name of the edit in an error message. */
  readonly title: string;
  readonly find: string;
  readonly replaceBy: string;
}

const FILTER = 'simulator/property_filter.go';
const COLLECTOR = 'simulator/property_collector.go';
const DISPATCH = 'simulator/simulator.go';
const SESSIONS = 'simulator/session_manager.go';

/**
 * Edits for faults of the simulator of govmomi v0.56.0. Without the first three it cannot serve one long wait over container
 * views and list views.
 *
 * 1. Deadlock. A wait holds the locks of the collector and of the filter. ModifyListView holds the lock of the list view
 *    and takes that of the filter. So the two could block each other for ever. Now the flag of the filter is atomic, and a
 *    wait runs without the object lock of the collector.
 * 2. Quadratic waits. For each update every object of every filter was collected again. With 16 running clones among 200
 *    machines the simulator never caught up. Now objects are collected once per batch of updates.
 * 3. Members that are sent again. When an object entered a view, all other members were sent again, and objects that left
 *    the view at that moment were forgotten. vCenter sends new members only.
 * 4. Crash. A clone puts its machine into the folder before the machine has a name. A Rename_Task that looked for a name in
 *    that folder at this moment ended the process.
 * 5. Deadlock. A logout held the lock of the session's registry and took those of container views; a wait of that session
 *    holds the lock of its view and takes that of the registry. Each later call then waited for ever.
 */
export const SIMULATOR_EDITS: readonly SimulatorEdit[] = [
  {
    file: FILTER,
    title: 'import of sync/atomic',
    find: '\t"reflect"\n\t"strings"\n\n',
    replaceBy: '\t"reflect"\n\t"strings"\n\t"sync/atomic"\n\n',
  },
  {
    file: FILTER,
    title: 'the flag of a filter whose traversal changed is atomic',
    find: '\tsync bool\n',
    replaceBy: '\tsync atomic.Bool // set while the locks of other objects are held, so it takes none itself\n',
  },
  {
    file: FILTER,
    title: 'an update of the traversed object sets the flag without a lock',
    find: '\t\t\tctx.WithLock(f, func() { f.sync = true })\n',
    replaceBy: '\t\t\tf.sync.Store(true)\n',
  },
  {
    file: FILTER,
    title: 'the flag is reset before the lock is taken',
    find: [
      '\tctx.WithLock(f, func() {',
      '\t\tif f.sync {',
      '\t\t\tf.sync = false',
      '\t\t\tclear(f.refs)',
      '\t\t\t_, _ = f.collect(ctx)',
      '\t\t}',
      '\t})',
      '',
    ].join('\n'),
    replaceBy: [
      '\tif f.sync.CompareAndSwap(true, false) {',
      '\t\t// An object that has left the view may enter it again. An object that was deleted has an update of its own.',
      '\t\tctx.WithLock(f, func() {',
      '\t\t\tfor _, gone := range untraversed(ctx, f.Spec, f.refs) {',
      '\t\t\t\tdelete(f.refs, gone)',
      '\t\t\t}',
      '\t\t})',
      '\t}',
      '',
    ].join('\n'),
  },
  {
    file: FILTER,
    title: 'a filter collects objects that it has not sent yet',
    find: '\treturn collect(ctx, req)\n',
    replaceBy: '\treturn collectUnsent(ctx, req, f.refs)\n',
  },
  {
    file: COLLECTOR,
    title: 'objects that were sent are not copied again',
    find: [
      'func collect(ctx *Context, r *types.RetrievePropertiesEx) (*types.RetrieveResult, types.BaseMethodFault) {',
      '\tvar refs []types.ManagedObjectReference',
      '',
    ].join('\n'),
    replaceBy: [
      'func collect(ctx *Context, r *types.RetrievePropertiesEx) (*types.RetrieveResult, types.BaseMethodFault) {',
      '\treturn collectUnsent(ctx, r, nil)',
      '}',
      '',
      '// untraversed returns those of the sent objects that exist and that the traversal of spec no longer reaches.',
      'func untraversed(ctx *Context, spec types.PropertyFilterSpec, sent map[types.ManagedObjectReference]struct{}) []types.ManagedObjectReference {',
      '\trr := &retrieveResult{specs: make(map[string]*types.TraversalSpec)}',
      '\treached := make(map[types.ManagedObjectReference]bool)',
      '\tfor _, o := range spec.ObjectSet {',
      '\t\treached[o.Obj] = true',
      '\t\tvar refs []types.ManagedObjectReference',
      '\t\tunlock := ctx.Map.AcquireLock(ctx, o.Obj)',
      '\t\tif rval, ok := getObject(ctx, o.Obj); ok {',
      '\t\t\t_ = rr.selectSet(ctx, rval, o.SelectSet, &refs)',
      '\t\t}',
      '\t\tunlock()',
      '\t\tfor _, ref := range refs {',
      '\t\t\treached[ref] = true',
      '\t\t}',
      '\t}',
      '\tvar left []types.ManagedObjectReference',
      '\tfor ref := range sent {',
      '\t\tif _, exists := getObject(ctx, ref); exists && !reached[ref] {',
      '\t\t\tleft = append(left, ref)',
      '\t\t}',
      '\t}',
      '\treturn left',
      '}',
      '',
      'func collectUnsent(ctx *Context, r *types.RetrievePropertiesEx, sent map[types.ManagedObjectReference]struct{}) (*types.RetrieveResult, types.BaseMethodFault) {',
      '\tvar refs []types.ManagedObjectReference',
      '',
    ].join('\n'),
  },
  {
    file: COLLECTOR,
    title: 'objects that a traversal reaches are collected unless they were sent',
    find: '\tfor _, ref := range refs {\n\t\tctx.WithLock(ref, func() { rr.collect(ctx, ref) })\n',
    replaceBy:
      '\tfor _, ref := range refs {\n\t\tif _, known := sent[ref]; known {\n\t\t\tcontinue\n\t\t}\n\t\tctx.WithLock(ref, func() { rr.collect(ctx, ref) })\n',
  },
  {
    file: DISPATCH,
    title: 'a wait for updates runs without the object lock',
    find: ['\tctx.Map.WithLock(ctx, handler, func() {', '\t\tres = m.Call(args)', '\t})', ''].join('\n'),
    replaceBy: [
      '\tif callsWithoutLock[method.Name] {',
      '\t\tres = m.Call(args)',
      '\t} else {',
      '\t\tctx.Map.WithLock(ctx, handler, func() {',
      '\t\t\tres = m.Call(args)',
      '\t\t})',
      '\t}',
      '',
    ].join('\n'),
  },
  {
    file: DISPATCH,
    title: 'the calls that run without the object lock',
    find: '// internalSession is the session for use by the in-memory client (Service.RoundTrip)\n',
    replaceBy: [
      '// callsWithoutLock are calls that may block for a long time, and the call that ends them.',
      'var callsWithoutLock = map[string]bool{',
      '\t"WaitForUpdates":       true,',
      '\t"WaitForUpdatesEx":     true,',
      '\t"CancelWaitForUpdates": true,',
      '}',
      '',
      '// internalSession is the session for use by the in-memory client (Service.RoundTrip)',
      '',
    ].join('\n'),
  },
  {
    file: COLLECTOR,
    title: 'all filters are updated and collected once, before the updates are read',
    find: [
      '\t\t\tfor _, f := range pc.Filter {',
      '\t\t\t\tfilter := ctx.Session.Get(f).(*PropertyFilter)',
      '\t\t\t\tfilter.update(ctx)',
      '',
    ].join('\n'),
    replaceBy: [
      '\t\t\tfor _, f := range pc.Filter {',
      '\t\t\t\tif filter, ok := ctx.Session.Get(f).(*PropertyFilter); ok {',
      '\t\t\t\t\tfilter.update(ctx)',
      '\t\t\t\t}',
      '\t\t\t}',
      '\t\t\tif !apply() {',
      '\t\t\t\treturn body',
      '\t\t\t}',
      '',
      '\t\t\tfor _, f := range pc.Filter {',
      '\t\t\t\tfilter, ok := ctx.Session.Get(f).(*PropertyFilter)',
      '\t\t\t\tif !ok {',
      '\t\t\t\t\tcontinue // destroyed meanwhile',
      '\t\t\t\t}',
      '',
    ].join('\n'),
  },
  {
    file: COLLECTOR,
    title: 'a new object is not collected again',
    find: [
      '\t\t\t\t\tcase types.ObjectUpdateKindEnter: // Create',
      '\t\t\t\t\t\tif !apply() {',
      '\t\t\t\t\t\t\treturn body',
      '\t\t\t\t\t\t}',
      '',
    ].join('\n'),
    replaceBy: '\t\t\t\t\tcase types.ObjectUpdateKindEnter: // Create: collected above\n',
  },
  {
    file: COLLECTOR,
    title: 'a changed object is not collected again',
    find: [
      '\t\t\t\t\t\tif !apply() { // An update may apply to collector traversal specs',
      '\t\t\t\t\t\t\treturn body',
      '\t\t\t\t\t\t}',
      '',
    ].join('\n'),
    replaceBy: '',
  },
  {
    file: 'simulator/registry.go',
    title: 'a machine that has no name yet has an empty one',
    find: '\tlog.Panicf("%T object %s does not have a Name", obj, e.Reference())\n',
    replaceBy: [
      '\tif _, ok := obj.(*mo.VirtualMachine); !ok {',
      '\t\tlog.Panicf("%T object %s does not have a Name", obj, e.Reference())',
      '\t}',
      '',
    ].join('\n'),
  },
  {
    file: SESSIONS,
    title: 'a logout collects what it removes',
    find: '\tctx.Session.Registry.m.Lock()\n\tdefer ctx.Session.Registry.m.Unlock()\n\n\tfor ref, obj',
    replaceBy: '\tvar registered []types.ManagedObjectReference\n\tctx.Session.Registry.m.Lock()\n\tfor ref, obj',
  },
  {
    file: SESSIONS,
    title: 'a logout removes it without the lock of the registry',
    find: '\t\t\tctx.Map.Remove(ctx, ref) // Remove RegisterObject handlers\n\t\t}\n\t}\n',
    replaceBy: [
      '\t\t\tregistered = append(registered, ref)',
      '\t\t}',
      '\t}',
      '\tctx.Session.Registry.m.Unlock()',
      '\tfor _, ref := range registered {',
      '\t\tctx.Map.Remove(ctx, ref) // Remove RegisterObject handlers',
      '\t}',
      '',
    ].join('\n'),
  },
];

/** The files that the edits change. */
export function editedFiles(edits: readonly SimulatorEdit[]): readonly string[] {
  return [...new Set(edits.map((edit) => edit.file))];
}

/**
 * The text of `file` with its edits, made in order. Throws EditDoesNotFit with the title of an edit that does not match
 * exactly once: then the source is of another version, and a simulator with some of the edits would be worse than none.
 */
export function patched(file: string, text: string, edits: readonly SimulatorEdit[]): string {
  let result = text;
  for (const edit of edits) {
    if (edit.file !== file) continue;
    const pieces = result.split(edit.find);
    if (pieces.length !== 2) {
      throw new SandboxError(
        'EditDoesNotFit',
        `vcsim cannot be patched: in ${file} the edit "${edit.title}" matches ${pieces.length - 1} times instead of once: ` +
          'adapt test/envtest/binaries/simulator-edits.ts to the govmomi version in test/envtest/modules/go.mod',
      );
    }
    result = pieces.join(edit.replaceBy);
  }
  return result;
}
