/** `vm-operator status --watch`. */
import { printable } from '../../../api/printable';
import type { VmGroup } from '../../../api/vm-group';
import { Reflector } from '../../../kubernetes';
import { redraw } from '../redraw';
import type { ShownReplicas } from './group-text';
import { type GroupView, groupView } from './group-view';
import { type GroupSource, isChosen } from './shown-groups';
import type { LiveScreen, StatusOptions } from './status-options';
import { statusJson, statusText } from './status-text';

/** On a terminal ages go on, also while nothing changes. */
const TICK_MS = 1_000;
/** Long lines are cut at the edge, so that each takes one row of the screen. */
const NO_WRAP = '\x1b[?7l';
const WRAP = '\x1b[?7h';

/** What the API server was known to have when it was last read, and why it cannot be read now. */
interface Known {
  readonly groups: readonly GroupView[];
  readonly problem: string | undefined;
}

/** Shows the groups, and shows them again whenever they change. Resolves when aborted, or when the one group is gone. */
export async function followGroups(
  { client, choice }: GroupSource,
  first: readonly VmGroup[],
  options: StatusOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clock, random } = options;
  const namespaces = choice.namespace === undefined ? {} : { namespaces: [choice.namespace] };
  const reflector = new Reflector<VmGroup>({ client, ...namespaces, clock, random });
  const views = new Views();
  const shown = options.flags.output === 'json' ? new JsonLines(options, choice) : display(options, choice);
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  let news = Promise.withResolvers<void>();
  reflector.onChange(({ before, after }) => {
    const changed = after ?? before;
    if (changed !== undefined && isChosen(choice, changed)) news.resolve();
  });
  stop.signal.addEventListener('abort', () => news.resolve(), { once: true });
  const running = reflector.run(stop.signal);
  try {
    while (!stop.signal.aborted) {
      news = Promise.withResolvers<void>();
      const groups = reflector.synced ? [...reflector.store.list()].filter((each) => isChosen(choice, each)) : first;
      const { readError } = reflector;
      const problem = readError instanceof Error ? readError.message : undefined;
      shown.show({ groups: groups.map((group) => views.of(group)), problem });
      if (choice.name !== undefined && groups.length === 0) return;
      // Whether it can be read is told by nobody, so it is looked at each time.
      const cancel = clock.setTimer(TICK_MS, news.resolve);
      if (!stop.signal.aborted) await news.promise;
      cancel();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.abort(new Error('done'));
    await running;
    shown.end();
  }
}

/** Groups are many, and change one by one. */
class Views {
  readonly #views = new WeakMap<VmGroup, GroupView>();

  of(group: VmGroup): GroupView {
    const known = this.#views.get(group);
    if (known !== undefined) return known;
    const view = groupView(group);
    this.#views.set(group, view);
    return view;
  }
}

interface Shown {
  show(known: Known): void;
  end(): void;
}

function display(options: StatusOptions, choice: GroupSource['choice']): Shown {
  return options.screen().height === undefined ? new Blocks(options, choice) : new Picture(options, choice);
}

/** One document per change. */
class JsonLines implements Shown {
  #last: string | undefined;

  constructor(
    readonly options: StatusOptions,
    readonly choice: GroupSource['choice'],
  ) {}

  show({ groups }: Known): void {
    const line = groups.length === 0 && this.choice.name !== undefined ? undefined : statusJson(groups, this.choice, 0);
    if (line === undefined || line === this.#last) return;
    this.#last = line;
    this.options.print(`${line}\n`);
  }

  end(): void {}
}

/** Into a file or a pipe: all of it again after each change, with a blank line between. */
class Blocks implements Shown {
  #last: string | undefined;

  constructor(
    readonly options: StatusOptions,
    readonly choice: GroupSource['choice'],
  ) {}

  show(known: Known): void {
    // Ages change all the time, and are no news.
    const state = JSON.stringify(known);
    if (state === this.#last) return;
    const { clock, screen, print } = this.options;
    const lines = linesOf(known, this.choice, clock.wallMs(), screen());
    print(`${this.#last === undefined ? '' : '\n'}${lines.join('\n')}\n`);
    this.#last = state;
  }

  end(): void {}
}

/** On a terminal: drawn over itself. */
class Picture implements Shown {
  #last: readonly string[] = [];

  constructor(
    readonly options: StatusOptions,
    readonly choice: GroupSource['choice'],
  ) {}

  show(known: Known): void {
    const { clock, screen, print } = this.options;
    const now = screen();
    const lines = fitting((which) => linesOf(known, this.choice, clock.wallMs(), now, which), now);
    const text = redraw(this.#last, lines);
    if (text !== '') print(this.#last.length === 0 ? NO_WRAP + text : text);
    this.#last = lines;
  }

  end(): void {
    this.options.print(`${WRAP}\n`);
  }
}

/** With more lines than the screen has, it could not be drawn over. What there is something to tell of comes first. */
function fitting(drawn: (which: ShownReplicas) => readonly string[], { height, paint }: LiveScreen): readonly string[] {
  const all = drawn('All');
  if (height === undefined || all.length < height) return all;
  const lines = drawn('Unsettled');
  if (lines.length < height) return lines;
  const room = Math.max(1, height - 2);
  return [...lines.slice(0, room), paint('dim', `… ${lines.length - room} more lines: all are shown without --watch`)];
}

function linesOf(
  { groups, problem }: Known,
  choice: GroupSource['choice'],
  nowMs: number,
  screen: LiveScreen,
  which: ShownReplicas = 'All',
): readonly string[] {
  const isGone = choice.name !== undefined && groups.length === 0;
  const lines = isGone
    ? [printable(`${choice.namespace}/${choice.name} is gone`)]
    : statusText(groups, choice, nowMs, screen, which);
  if (problem === undefined) return lines;
  return [
    ...lines,
    '',
    screen.paint('red', printable(`this is what was last read; the API server cannot be read now: ${problem}`)),
  ];
}
