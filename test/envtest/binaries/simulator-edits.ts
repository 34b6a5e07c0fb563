import { SandboxError } from '../sandbox-error';

/** One change of the simulator's source. `find` must occur exactly once in `file`. */
export interface SimulatorEdit {
  /** Below the root of the govmomi module. */
  readonly file: string;
  /** Names the edit in an error. */
  readonly title: string;
  readonly find: string;
  readonly replaceBy: string;
}

const FILTER = 'simulator/property_filter.go';
const COLLECTOR = 'simulator/property_collector.go';
const DISPATCH = 'simulator/simulator.go';

/**
 * Three mends of govmomi v0.56.0's simulator, without which it cannot serve one long wait over a container view and a
 * list view of tasks:
 *
 * 1. Lock order. A wait held the locks of collector and filter while ModifyListView, holding the list's lock, wanted the
 *    filter's: the two could block each other for ever. The filter's mark becomes atomic, and a wait runs without the
 *    collector's object lock.
 * 2. Quadratic waits. Every single update collected every object of every filter again. With 16 clones under way on
 *    200 machines it fell behind for good; collecting once a batch keeps up.
 * 3. Members told again. Each answer copied, as XML, every member of every view, and whenever one entered a view all
 *    others were told again with it, while who left in that moment was forgotten. vCenter tells new members alone.
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
    title: 'the mark of a filter whose traversal changed is atomic',
    find: '\tsync bool\n',
    replaceBy: '\tsync atomic.Bool // set while the locks of other objects are held, so it takes none itself\n',
  },
  {
    file: FILTER,
    title: 'an update of the traversed object sets the mark without a lock',
    find: '\t\t\tctx.WithLock(f, func() { f.sync = true })\n',
    replaceBy: '\t\t\tf.sync.Store(true)\n',
  },
  {
    file: FILTER,
    title: 'the mark is taken back before the lock',
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
      '\t\t// What has left the view may come back to it; what is gone is told by its own update.',
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
    title: 'a filter collects what it has not told yet',
    find: '\treturn collect(ctx, req)\n',
    replaceBy: '\treturn collectUntold(ctx, req, f.refs)\n',
  },
  {
    file: COLLECTOR,
    title: 'objects that were told are not copied again',
    find: [
      'func collect(ctx *Context, r *types.RetrievePropertiesEx) (*types.RetrieveResult, types.BaseMethodFault) {',
      '\tvar refs []types.ManagedObjectReference',
      '',
    ].join('\n'),
    replaceBy: [
      'func collect(ctx *Context, r *types.RetrievePropertiesEx) (*types.RetrieveResult, types.BaseMethodFault) {',
      '\treturn collectUntold(ctx, r, nil)',
      '}',
      '',
      '// untraversed returns those of the told objects that exist and that the traversal of spec no longer reaches.',
      'func untraversed(ctx *Context, spec types.PropertyFilterSpec, told map[types.ManagedObjectReference]struct{}) []types.ManagedObjectReference {',
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
      '\tfor ref := range told {',
      '\t\tif _, exists := getObject(ctx, ref); exists && !reached[ref] {',
      '\t\t\tleft = append(left, ref)',
      '\t\t}',
      '\t}',
      '\treturn left',
      '}',
      '',
      'func collectUntold(ctx *Context, r *types.RetrievePropertiesEx, told map[types.ManagedObjectReference]struct{}) (*types.RetrieveResult, types.BaseMethodFault) {',
      '\tvar refs []types.ManagedObjectReference',
      '',
    ].join('\n'),
  },
  {
    file: COLLECTOR,
    title: 'the objects that a traversal reaches are collected unless they were told',
    find: '\tfor _, ref := range refs {\n\t\tctx.WithLock(ref, func() { rr.collect(ctx, ref) })\n',
    replaceBy:
      '\tfor _, ref := range refs {\n\t\tif _, known := told[ref]; known {\n\t\t\tcontinue\n\t\t}\n\t\tctx.WithLock(ref, func() { rr.collect(ctx, ref) })\n',
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
      '// callsWithoutLock block for as long as a client likes, or must reach one that does.',
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
    title: 'all filters are brought up to date and collected once before the updates are looked at',
    find: [
      '\t\t\tfor _, f := range pc.Filter {',
      '\t\t\t\tfilter := ctx.Session.Get(f).(*PropertyFilter)',
      '\t\t\t\tfilter.update(ctx)',
      '',
    ].join('\n'),
    replaceBy: [
      '\t\t\tfor _, f := range pc.Filter {',
      '\t\t\t\tctx.Session.Get(f).(*PropertyFilter).update(ctx)',
      '\t\t\t}',
      '\t\t\tif !apply() {',
      '\t\t\t\treturn body',
      '\t\t\t}',
      '',
      '\t\t\tfor _, f := range pc.Filter {',
      '\t\t\t\tfilter := ctx.Session.Get(f).(*PropertyFilter)',
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
];

/** The files that the edits touch. */
export function editedFiles(edits: readonly SimulatorEdit[]): readonly string[] {
  return [...new Set(edits.map((edit) => edit.file))];
}

/**
 * The text of `file` with its edits made in order. Throws EditDoesNotFit, naming the edit, when one does not match
 * exactly once: then the source is another one, and a half-mended simulator would be worse than none.
 */
export function mend(file: string, text: string, edits: readonly SimulatorEdit[]): string {
  let mended = text;
  for (const edit of edits) {
    if (edit.file !== file) continue;
    const pieces = mended.split(edit.find);
    if (pieces.length !== 2) {
      throw new SandboxError(
        'EditDoesNotFit',
        `vcsim cannot be mended: in ${file} the edit "${edit.title}" matches ${pieces.length - 1} times instead of once. ` +
          'test/envtest/binaries/simulator-edits.ts is written for the govmomi version that test/envtest/modules/go.mod pins.',
      );
    }
    mended = pieces.join(edit.replaceBy);
  }
  return mended;
}
