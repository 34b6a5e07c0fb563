import { parseArgs } from 'node:util';
import { isLogFormat, isLogLevel, type LogFormat, type LogLevel } from './logger';
import { SettingsError } from './settings-error';

export interface Flags {
  readonly metricsBindAddress: BindAddress | undefined;
  readonly healthProbeBindAddress: BindAddress | undefined;
  readonly insecure: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly watchNamespaces: readonly string[];
  readonly maxConcurrentTasks: number;
  readonly help: boolean;
}

/** Where a server listens. An absent host means all addresses. */
export interface BindAddress {
  readonly host?: string;
  readonly port: number;
}

export const RUN_HELP = `Usage: vm-operator run [flags]

Keeps vCenter equal to the VmGroups of a Kubernetes cluster until it gets SIGTERM or SIGINT.

Flags
  --insecure                      do not verify vCenter's certificate (for tests; see VC_FINGERPRINTS for a safe way)
  --watch-namespaces a,b          namespaces to serve (default: all)
  --max-concurrent-tasks N        clones under way at once, 1 to 500 (default: 16)
  --metrics-bind-address ADDR     where /metrics is served: host:port or :port, 0 turns it off (default: :8080)
  --health-probe-bind-address ADDR  where /healthz and /readyz are served, 0 turns it off (default: :8081)
  --log-level LEVEL               debug, info, warn or error (default: info)
  --log-format FORMAT             json or text (default: text on a terminal, else json)
  -h, --help                      this text

Environment
  VC_HOST                         vCenter: host, host:port or URL
  VC_USER, VC_PASS                the account to log in with
  VC_CREDENTIALS_DIR              instead: a folder with the files VC_USER and VC_PASS (or username and password), and
                                  VC_HOST if that is not set; read again at each login, so that a mounted Secret can change
  VC_CA_FILE                      PEM file of the authority that signed vCenter's certificate (default: the system's)
  VC_FINGERPRINTS                 SHA-256 fingerprints of vCenter's certificate, separated by commas
  VC_FOLDER                       VM folder that holds the groups' folders (default: vm-operator, made if missing)
  KUBECONFIG                      kubeconfig files (default: ~/.kube/config, or the pod's service account)
`;

/** Reads the flags of `run`. Throws SettingsError. Single-dash spellings of the original operator are taken too. */
export function parseFlags(args: readonly string[], isTerminal: boolean): Flags {
  const { values, positionals } = parse(args.map(modernize));
  const [extra] = positionals;
  if (extra !== undefined)
    throw new SettingsError(`unexpected argument "${extra}": run takes flags only, see vm-operator run --help`);
  const level = values['log-level'] ?? 'info';
  if (!isLogLevel(level)) throw new SettingsError(`--log-level "${level}": use debug, info, warn or error`);
  const format = values['log-format'] ?? (isTerminal ? 'text' : 'json');
  if (!isLogFormat(format)) throw new SettingsError(`--log-format "${format}": use json or text`);
  return {
    metricsBindAddress: bindAddress('--metrics-bind-address', values['metrics-bind-address'] ?? ':8080'),
    healthProbeBindAddress: bindAddress('--health-probe-bind-address', values['health-probe-bind-address'] ?? ':8081'),
    insecure: values.insecure ?? false,
    logLevel: level,
    logFormat: format,
    watchNamespaces: namespaces(values['watch-namespaces'] ?? ''),
    maxConcurrentTasks: wholeNumber('--max-concurrent-tasks', values['max-concurrent-tasks'] ?? '16', 1, 500),
    help: values.help ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'metrics-bind-address': { type: 'string' },
        'health-probe-bind-address': { type: 'string' },
        insecure: { type: 'boolean' },
        'log-level': { type: 'string' },
        'log-format': { type: 'string' },
        'watch-namespaces': { type: 'string' },
        'max-concurrent-tasks': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${text}: see vm-operator run --help`);
  }
}

/** Go's flag package takes one dash or two; the original's names for flags that have a new one are kept as aliases. */
function modernize(argument: string): string {
  const long = /^-[a-z][a-z-]+(=|$)/.test(argument) ? `-${argument}` : argument;
  return long.replace(/^--metrics-addr(=|$)/, '--metrics-bind-address$1');
}

function bindAddress(flag: string, text: string): BindAddress | undefined {
  if (text === '0') return undefined;
  const match = /^(.*):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2] ?? Number.NaN);
  if (match === null || !(port <= 65535)) {
    throw new SettingsError(`${flag} "${text}": use host:port or :port, or 0 to turn it off`);
  }
  const host = (match[1] ?? '').replace(/^\[(.*)\]$/, '$1');
  return host === '' ? { port } : { host, port };
}

function namespaces(text: string): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
      throw new SettingsError(`--watch-namespaces "${name}": not a namespace name; give names separated by commas`);
    }
  }
  return names;
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new SettingsError(`${flag} "${text}": use a whole number from ${least} to ${most}`);
  }
  return value;
}
