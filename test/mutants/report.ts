/** What was measured, in words: survivors first, then one line per room. */
import type { Fate, Measured } from './measure';
import type { Mutant } from './mutant';

export interface Figures {
  readonly mutants: number;
  readonly killed: number;
  readonly byTypes: number;
  readonly survivors: number;
  /** Percent. */
  readonly score: number;
  /** Percent of those that compile. */
  readonly scoreOfTests: number;
}

export function figuresOf(fates: Iterable<Fate>): Figures {
  const all = [...fates];
  const survivors = all.filter(isAlive).length;
  const byTypes = all.filter((fate) => fate === 'KilledByTypes').length;
  const killed = all.length - survivors;
  return {
    mutants: all.length,
    killed,
    byTypes,
    survivors,
    score: percent(killed, all.length),
    scoreOfTests: percent(killed - byTypes, all.length - byTypes),
  };
}

function isAlive(fate: Fate): boolean {
  return fate === 'Survived' || fate === 'NotCovered';
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : (part / whole) * 100;
}

/** The decisive files of a room, of which no mutant may survive, and all its others. */
interface Part {
  readonly name: string;
  readonly fates: ReadonlyMap<Mutant, Fate>;
  readonly goal: number;
}

function partsOf({ room, fates }: Measured): readonly Part[] {
  const isDecisive = (mutant: Mutant) => room.decisive.some((file) => mutant.file === `${room.folder}/${file}`);
  const [decisive, others] = [isDecisive, (mutant: Mutant) => !isDecisive(mutant)].map(
    (belongs) => new Map([...fates].filter(([mutant]) => belongs(mutant))),
  );
  return [
    { name: room.folder, fates: others ?? new Map(), goal: room.goal },
    { name: `${room.folder}: decisive files`, fates: decisive ?? new Map(), goal: 100 },
  ].filter((part) => part.fates.size > 0);
}

export function reachesGoal(measured: Measured): boolean {
  return partsOf(measured).every(({ fates, goal }) => figuresOf(fates.values()).score >= goal);
}

export function survivorLines({ fates }: Measured): readonly string[] {
  return [...fates].filter(([, fate]) => isAlive(fate)).map(([mutant, fate]) => survivorLine(mutant, fate));
}

function survivorLine({ file, line, kind, code, told }: Mutant, fate: Fate): string {
  const covered = fate === 'NotCovered' ? ', no test comes by' : '';
  return `${file}:${line}  ${kind}${covered}\n    ${code}\n    -> ${told}`;
}

const HEAD = ['room', 'mutants', 'killed', 'by types', 'hung', 'alive', 'score', 'of tests', 'goal'];

export function table(measured: readonly Measured[]): string {
  const rows = measured.flatMap(partsOf).map(({ name, fates, goal }) => {
    const { mutants, killed, byTypes, survivors, score, scoreOfTests } = figuresOf(fates.values());
    const hung = [...fates.values()].filter((fate) => fate === 'KilledByTime').length;
    const numbers = [mutants, killed, byTypes, hung, survivors].map(String);
    return [name, ...numbers, `${score.toFixed(1)} %`, `${scoreOfTests.toFixed(1)} %`, `${goal} %`];
  });
  const lines = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
