import { parseArgs } from 'node:util';
import { SettingsError } from '../../settings/settings-error';
import type { OutputFormat } from '../command-flags';

export interface WhyFlags {
  /** Undefined: all groups of the dumps. */
  readonly name: string | undefined;
  /** Undefined: that of the kubeconfig's context; of dumps any. */
  readonly namespace: string | undefined;
  /** Dumps; `-` is standard input. Empty: the running operators are asked. */
  readonly files: readonly string[];
  /** How many decisions of each group are told. */
  readonly last: number;
  readonly output: OutputFormat;
  /** Undefined: as the environment says. */
  readonly operatorNamespace: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly help: boolean;
}

export interface ReplayFlags {
  readonly files: readonly string[];
  readonly output: OutputFormat;
  readonly help: boolean;
}

export const WHY_FLAGS_HELP = `\
  -n, --namespace NAME       namespace of the group (default: that of the kubeconfig's context)
  -f, --filename FILE        read a dump instead of asking the operators; - for standard input; may be repeated
  --last N                   tell the last N decisions of each group (default: 5)
  -o, --output FORMAT        table or json (default: table)
  --operator-namespace NAME  namespace of the operator (default: POD_NAMESPACE, else codeconnect-vm-operator-system)
  --kubeconfig FILE          kubeconfig (default: KUBECONFIG, ~/.kube/config, or the pod's service account)
  --context NAME             context of the kubeconfig (default: its current one)
  -h, --help                 this text`;

export const REPLAY_FLAGS_HELP = `\
  -o, --output FORMAT        table or json (default: table)
  -h, --help                 this text`;

const LAST = '5';

/** Throws SettingsError. */
export function parseWhyFlags(args: readonly string[]): WhyFlags {
  const { values, positionals } = parsed('why', () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        namespace: { type: 'string', short: 'n' },
        filename: { type: 'string', short: 'f', multiple: true },
        last: { type: 'string' },
        output: { type: 'string', short: 'o' },
        'operator-namespace': { type: 'string' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  const { help = false, filename: files = [], namespace: given, kubeconfig, context } = values;
  const [group, extra] = positionals;
  if (extra !== undefined)
    throw new SettingsError(`unexpected argument "${extra}": name one group, and dumps with -f ${extra}`);
  if (group === undefined && files.length === 0 && !help)
    throw new SettingsError('name a group, as in vm-operator why NAMESPACE/NAME, or a dump with -f FILE');
  const [first = '', second, more] = group?.split('/') ?? [];
  if (group !== undefined && (more !== undefined || !isName(first) || (second !== undefined && !isName(second))))
    throw new SettingsError(`"${group}" is not the name of a group: give NAME or NAMESPACE/NAME`);
  const named = second === undefined ? undefined : first;
  if (named !== undefined && given !== undefined && named !== given)
    throw new SettingsError(`--namespace "${given}": the group ${group} names another one`);
  return {
    ...{
      name: second ?? (group === undefined ? undefined : first),
      namespace: named ?? namespaceOf('namespace', given),
    },
    ...{ files, last: lastOf(values.last ?? LAST), output: outputOf(values.output), kubeconfig, context, help },
    operatorNamespace: namespaceOf('operator-namespace', values['operator-namespace']),
  };
}

/** Throws SettingsError. */
export function parseReplayFlags(args: readonly string[]): ReplayFlags {
  const { values, positionals } = parsed('replay', () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { output: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' } },
    }),
  );
  const { help = false } = values;
  if (positionals.length === 0 && !help)
    throw new SettingsError('name a dump, as in vm-operator replay DUMP; - is standard input');
  return { files: positionals, output: outputOf(values.output), help };
}

function parsed<T>(command: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${text}: see vm-operator ${command} --help`);
  }
}

function lastOf(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number === 0) throw new SettingsError(`--last "${text}": use a whole number from 1 to 9999`);
  return number;
}

function outputOf(text = 'table'): OutputFormat {
  if (text !== 'table' && text !== 'json') throw new SettingsError(`--output "${text}": use table or json`);
  return text;
}

function namespaceOf(flag: string, text: string | undefined): string | undefined {
  if (text !== undefined && !isName(text)) throw new SettingsError(`--${flag} "${text}": not a namespace name`);
  return text;
}

function isName(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text);
}
