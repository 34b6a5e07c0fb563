/** `vm-operator replay`: decides the decisions of a dump again, by the code of this version. */
import { printable } from '../../../api/printable';
import { DumpError, type ReadDecision } from '../../../vmgroup/decisions/decision-line';
import type { FieldChange } from '../../../vmgroup/preview/field-changes';
import { replay } from '../../../vmgroup/preview/replay';
import { VERSION } from '../../telemetry/version';
import { type Cell, type Screen, textTable } from '../text-table';
import type { ReplayFlags } from './decision-flags';
import type { DecisionOptions } from './decision-options';
import { fileSources, readDump } from './dump';

export const EXIT_DIFFERENT = 1;
/** Of a value that differs. */
const LONGEST_VALUE = 300;

interface Replayed {
  readonly group: string;
  readonly at: string;
  readonly version: string;
  readonly differences: readonly FieldChange[];
}

/** Resolves with 0 if all is decided and told in the same way, else with 1. Rejects with a DecisionError for no dump. */
export async function runReplay(options: DecisionOptions<ReplayFlags>): Promise<number> {
  const { flags, screen, print, warn, standardInput } = options;
  const { decisions, problems } = await readDump(fileSources(flags.files, standardInput));
  for (const problem of problems) warn(problem);
  const replayed = decisions.flatMap((decision) => {
    try {
      return [replayedOf(decision)];
    } catch (error) {
      if (!(error instanceof DumpError)) throw error;
      warn(`${decision.group} at ${timeOf(decision)}: ${error.message}`);
      return [];
    }
  });
  const unread = problems.length + decisions.length - replayed.length;
  const different = replayed.filter(({ differences }) => differences.length > 0).length;
  if (flags.output === 'json') print(`${JSON.stringify(replayed, null, 2)}\n`);
  else {
    for (const one of replayed) print(`${textOf(one, screen).join('\n')}\n`);
    const failed = unread === 0 ? '' : `, ${unread} could not be read`;
    print(
      `${replayed.length} replayed by version ${VERSION}: ${replayed.length - different} the same, ${different} different${failed}\n`,
    );
  }
  return different + unread === 0 ? 0 : EXIT_DIFFERENT;
}

function timeOf({ atMs }: ReadDecision): string {
  return new Date(atMs).toISOString();
}

function replayedOf(decision: ReadDecision): Replayed {
  const { group, version } = decision;
  return { group, at: timeOf(decision), version, differences: replay(decision).differences };
}

function textOf({ group, at, version, differences }: Replayed, screen: Screen): readonly string[] {
  const isSame = differences.length === 0;
  const end = screen.paint(isSame ? 'green' : 'red', isSame ? 'same' : 'different');
  const rows = differences.map(({ field, from, to }): readonly Cell[] => [
    { text: field },
    { text: `${shown(from)} -> ${shown(to)}` },
  ]);
  return [`${printable(group)}  ${printable(at)}  by ${printable(version)}  ${end}`, ...textTable(rows, screen, 2)];
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}
