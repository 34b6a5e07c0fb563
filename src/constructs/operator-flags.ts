import { modernFlag, RUN_FLAGS } from '../api/run-flags';

/** A flag with its value, as a pattern of the chart's values. The same flags and spellings as below, but for a value apart. */
export const FLAG = flagPattern();

/** What would end each Pod at its start: one line `args is <value>: <remedy>` each. */
export function problemsOfFlags(args: readonly string[]): readonly string[] {
  const types = new Map<string, { readonly type: string }>(Object.entries(RUN_FLAGS));
  const problems: string[] = [];
  const refuse = (argument: string | undefined, remedy: string) =>
    problems.push(`args is ${JSON.stringify(argument)}: ${remedy}`);
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const [, name = '', value] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(modernFlag(argument)) ?? [];
    const type = types.get(name)?.type;
    if (type === undefined) refuse(argument, 'give flags of vm-operator run, see vm-operator run --help');
    else if (name === 'leader-elect' && value === 'false')
      refuse(argument, 'leave it out, because manifests always elect a leader: a second Pod may come at any time');
    else if (type === 'boolean' && value !== undefined && value !== 'true' && value !== 'false')
      refuse(argument, `give --${name} without a value`);
    else if (type === 'string' && value === undefined) {
      index += 1;
      const next = args[index];
      if (next === undefined || next.startsWith('-')) refuse(argument, `give a value, as in --${name}=…`);
    }
  }
  return problems;
}

function flagPattern(): string {
  const ofType = (wanted: string) =>
    Object.entries(RUN_FLAGS)
      .filter(([name, { type }]) => type === wanted && name !== 'leader-elect')
      .map(([name]) => name);
  const switches = `(${ofType('boolean').join('|')})(=true|=false)?|(leader-elect|enable-leader-election)(=true)?`;
  return `^--?(${switches}|(${[...ofType('string'), 'metrics-addr'].join('|')})=.+)$`;
}
