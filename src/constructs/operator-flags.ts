import { durationMs, FLAGS_OF_THE_MANIFEST, modernFlag, RUN_FLAGS, type RunFlag } from '../api/run-flags';
import { follows } from '../api/text-rule';
import { checkLeaseTimings, JITTER, LEASE_TIMINGS } from '../kubernetes/lease-timings';

/** A flag with its value, as a pattern of the chart's values. The same flags and spellings as below, but for a value apart. */
export const FLAG = flagPattern();

/** What a value of each flag may be, where one can be wrong. */
export const FLAG_RULES = Object.entries<RunFlag>(RUN_FLAGS).flatMap(([name, { rule }]) =>
  rule === undefined ? [] : [{ name, rule }],
);

/** The flags of the timings of Leases, with the milliseconds that count without them. */
export const LEASE_FLAGS = {
  leaseDurationMs: { flag: 'leader-elect-lease-duration', otherwiseMs: LEASE_TIMINGS.leaseDurationMs },
  renewDeadlineMs: { flag: 'leader-elect-renew-deadline', otherwiseMs: LEASE_TIMINGS.renewDeadlineMs },
  retryPeriodMs: { flag: 'leader-elect-retry-period', otherwiseMs: LEASE_TIMINGS.retryPeriodMs },
} as const;

/** How many retry periods the renew deadline is longer than. */
export const LEASE_JITTER = JITTER;

/** Any spelling that turns the verification of certificates off. */
export const INSECURE = '^--?insecure(=true)?$';

const ELECTS = 'manifests always elect a leader: a second Pod may come at any time';

/** What would end each Pod at its start, or keep it from being ready: one line `args is <value>: <remedy>` each. */
export function problemsOfFlags(args: readonly string[]): readonly string[] {
  const flags = new Map<string, RunFlag>(Object.entries(RUN_FLAGS));
  const problems: string[] = [];
  const values = new Map<string, string>();
  const refuse = (argument: string | undefined, remedy: string) =>
    problems.push(`args is ${JSON.stringify(argument)}: ${remedy}`);
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const [, name = '', given] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(modernFlag(argument)) ?? [];
    const flag = flags.get(name);
    if (flag === undefined) {
      refuse(argument, 'give flags of vm-operator run, see vm-operator run --help');
      continue;
    }
    let value = given;
    if (flag.type === 'string' && value === undefined) {
      index += 1;
      value = args[index];
      if (value === undefined || value.startsWith('-')) {
        refuse(argument, `give a value, as in --${name}=…`);
        continue;
      }
    }
    const shown = value === given ? argument : `${argument}=${value}`;
    if (name === 'leader-elect') refuse(shown, `leave it out, because ${ELECTS}`);
    else if (isOfTheManifest(name)) refuse(shown, "leave it out, because ports and probes go with the manifest's own");
    else if (flag.type === 'boolean' && value !== undefined && value !== 'true' && value !== 'false')
      refuse(shown, `give --${name} without a value`);
    else if (flag.rule !== undefined && !follows(flag.rule, value ?? '')) refuse(shown, flag.rule.remedy);
    else if (value !== undefined) values.set(name, value);
  }
  return [...problems, ...problemsOfTimings(values)];
}

/** Whether flags turn the verification of certificates off. */
export function areInsecure(args: readonly string[]): boolean {
  return args.some((argument) => new RegExp(INSECURE).test(argument));
}

function problemsOfTimings(values: ReadonlyMap<string, string>): readonly string[] {
  const given = Object.values(LEASE_FLAGS).flatMap(({ flag }) =>
    values.has(flag) ? [`--${flag}=${values.get(flag)}`] : [],
  );
  const timeOf = ({ flag, otherwiseMs }: (typeof LEASE_FLAGS)[keyof typeof LEASE_FLAGS]) =>
    durationMs(values.get(flag) ?? '') ?? otherwiseMs;
  const problem = checkLeaseTimings({
    leaseDurationMs: timeOf(LEASE_FLAGS.leaseDurationMs),
    renewDeadlineMs: timeOf(LEASE_FLAGS.renewDeadlineMs),
    retryPeriodMs: timeOf(LEASE_FLAGS.retryPeriodMs),
  });
  return problem === undefined ? [] : [`args is ${JSON.stringify(given.join(' '))}: ${problem}`];
}

function isOfTheManifest(name: string): boolean {
  return FLAGS_OF_THE_MANIFEST.some((own) => own === name);
}

function flagPattern(): string {
  const ofType = (wanted: string) =>
    Object.entries<RunFlag>(RUN_FLAGS)
      .filter(([name, { type }]) => type === wanted && !isOfTheManifest(name))
      .map(([name]) => name);
  return `^--?((${ofType('boolean').join('|')})(=true|=false)?|(${ofType('string').join('|')})=.+)$`;
}
