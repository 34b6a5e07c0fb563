import { parseArgs } from 'node:util';
import type { TenantPolicy } from '../../vmgroup/model/tenant-policy';
import { TransportKind } from '../../vsphere';
import { duration, transportKind } from '../settings/flags';
import { SettingsError } from '../settings/settings-error';
import { TENANT_OPTIONS, tenantPolicy } from '../settings/tenant-flags';
import { isLogLevel, type LogLevel } from '../telemetry/logger';

/** Flags of the commands that only read. */
export interface CommandFlags {
  /** Manifests; `-` is standard input. */
  readonly files: readonly string[];
  /** Namespace of manifests that name none. */
  readonly namespace: string;
  readonly output: OutputFormat;
  /** For the connection to vCenter and its first sync. */
  readonly timeoutMs: number;
  readonly insecure: boolean;
  readonly vsphereTransport: TransportKind;
  /** As those of the operator that is meant. */
  readonly tenants: TenantPolicy;
  /** If absent, nothing is logged. */
  readonly logLevel: LogLevel | undefined;
  readonly help: boolean;
}

export type OutputFormat = 'table' | 'json';

/** The lines of --help that both commands share. */
export const COMMAND_FLAGS_HELP = `\
  -n, --namespace NAME       namespace of manifests that name none (default: default)
  -o, --output FORMAT        table or json (default: table)
  --timeout T                for connecting to vCenter and reading its inventory (default: 60s)
  --insecure                 do not verify vCenter's certificate; a VCenter object says it in spec.tls
  --vsphere-transport KIND   https, or soap (default: https)
  --allow-machine-sources, --namespace-folder PATH, --namespace-pools PATH,PATH, --adopt-from-clusters ID,ID,
  --adoptable-machines PATTERN,PATTERN
                             as for vm-operator run: give those of your operator
  --log-level LEVEL          write a log to standard error: debug, info, warn or error (default: none)
  -h, --help                 this text

Environment
  As for vm-operator run, see vm-operator run --help: VC_HOST, VC_USER, VC_PASS or VC_CREDENTIALS_DIR, VC_AUTH, VC_CA_FILE,
  VC_FINGERPRINTS, VC_FOLDER, HTTPS_PROXY, NO_PROXY
  POD_NAMESPACE              the operator's namespace, of the Secrets that VCenters name (default: that of the pod's
                             service account, else codeconnect-vm-operator-system)`;

/** Throws SettingsError. */
export function parseCommandFlags(command: 'plan' | 'check', args: readonly string[]): CommandFlags {
  const { values, positionals } = parse(command, args);
  const [extra] = positionals;
  if (extra !== undefined)
    throw new SettingsError(
      `unexpected argument "${extra}": name manifests with -f ${extra}, see vm-operator ${command} --help`,
    );
  const namespace = values.namespace ?? 'default';
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace))
    throw new SettingsError(`--namespace "${namespace}": not a namespace name`);
  const output = values.output ?? 'table';
  if (output !== 'table' && output !== 'json') throw new SettingsError(`--output "${output}": use table or json`);
  const logLevel = values['log-level'];
  if (logLevel !== undefined && !isLogLevel(logLevel))
    throw new SettingsError(`--log-level "${logLevel}": use debug, info, warn or error`);
  const timeoutMs = duration('--timeout', values.timeout ?? '60s');
  if (timeoutMs === 0) throw new SettingsError('--timeout 0: give more than 0, such as 60s');
  return {
    files: values.filename ?? [],
    namespace,
    output,
    timeoutMs,
    insecure: values.insecure ?? false,
    tenants: tenantPolicy(values),
    vsphereTransport: transportKind(values['vsphere-transport'] ?? TransportKind.Https),
    logLevel,
    help: values.help ?? false,
  };
}

function parse(command: string, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        filename: { type: 'string', short: 'f', multiple: true },
        namespace: { type: 'string', short: 'n' },
        output: { type: 'string', short: 'o' },
        timeout: { type: 'string' },
        insecure: { type: 'boolean' },
        'vsphere-transport': { type: 'string' },
        ...TENANT_OPTIONS,
        'log-level': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${text}: see vm-operator ${command} --help`);
  }
}
