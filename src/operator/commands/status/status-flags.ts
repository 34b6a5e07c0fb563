import { parseArgs } from 'node:util';
import { SettingsError } from '../../settings/settings-error';
import type { OutputFormat } from '../command-flags';

export interface StatusFlags {
  /** The one group; undefined for all. */
  readonly name: string | undefined;
  /** Undefined: that of the kubeconfig's context. */
  readonly namespace: string | undefined;
  readonly allNamespaces: boolean;
  readonly watch: boolean;
  readonly output: OutputFormat;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly help: boolean;
}

export const STATUS_FLAGS_HELP = `\
  -n, --namespace NAME       namespace (default: that of the kubeconfig's context)
  -A, --all-namespaces       the groups of all namespaces
  -w, --watch                go on as things change, until Ctrl-C or until the one group is gone
  -o, --output FORMAT        table or json (default: table); with --watch one JSON document per line
  --kubeconfig FILE          kubeconfig (default: KUBECONFIG, ~/.kube/config, or the pod's service account)
  --context NAME             context of the kubeconfig (default: its current one)
  -h, --help                 this text`;

/** Throws SettingsError. */
export function parseStatusFlags(args: readonly string[]): StatusFlags {
  const { values, positionals } = parse(args);
  const [given, extra] = positionals;
  if (extra !== undefined)
    throw new SettingsError(`unexpected argument "${extra}": name one group, or none for all of a namespace`);
  const { namespace, name } = groupOf(given);
  const allNamespaces = values['all-namespaces'] ?? false;
  if (allNamespaces && (given !== undefined || values.namespace !== undefined))
    throw new SettingsError('--all-namespaces: leave it out to name a group or a namespace');
  if (namespace !== undefined && values.namespace !== undefined && namespace !== values.namespace)
    throw new SettingsError(`--namespace "${values.namespace}": the group ${given} names another one`);
  if (values.namespace !== undefined && !isName(values.namespace))
    throw new SettingsError(`--namespace "${values.namespace}": not a namespace name`);
  const output = values.output ?? 'table';
  if (output !== 'table' && output !== 'json') throw new SettingsError(`--output "${output}": use table or json`);
  return {
    ...{ name, namespace: namespace ?? values.namespace, allNamespaces, output },
    ...{ watch: values.watch ?? false, kubeconfig: values.kubeconfig, context: values.context },
    help: values.help ?? false,
  };
}

function groupOf(given: string | undefined): { readonly namespace?: string; readonly name: string | undefined } {
  if (given === undefined) return { name: undefined };
  const parts = given.split('/');
  if (parts.length > 2 || !parts.every((part) => isName(part)))
    throw new SettingsError(`"${given}" is not the name of a group: give NAME or NAMESPACE/NAME`);
  const [first = '', second] = parts;
  return second === undefined ? { name: first } : { namespace: first, name: second };
}

/** Of a group or a namespace. */
function isName(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        namespace: { type: 'string', short: 'n' },
        'all-namespaces': { type: 'boolean', short: 'A' },
        watch: { type: 'boolean', short: 'w' },
        output: { type: 'string', short: 'o' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${text}: see vm-operator status --help`);
  }
}
