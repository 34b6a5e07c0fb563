import { parseArgs } from 'node:util';
import { durationMs, modernFlag, RUN_FLAGS } from '../../api/run-flags';
import { checkLeaseTimings, type LeaseTimings } from '../../kubernetes';
import type { TenantPolicy } from '../../vmgroup/model/tenant-policy';
import { TransportKind } from '../../vsphere';
import { isLogFormat, isLogLevel, type LogFormat, type LogLevel } from '../telemetry/logger';
import { SettingsError } from './settings-error';
import { tenantPolicy } from './tenant-flags';

export interface Flags {
  readonly metricsBindAddress: BindAddress | undefined;
  /** HTTPS, and only for readers that the cluster allows to get /metrics. */
  readonly metricsSecure: boolean;
  /** Folder with tls.crt and tls.key for it. If absent, the operator makes a certificate. */
  readonly metricsCertPath: string | undefined;
  readonly healthProbeBindAddress: BindAddress | undefined;
  readonly insecure: boolean;
  /** The environment names no vCenter. */
  readonly vcenterObjectsOnly: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly watchNamespaces: readonly string[];
  readonly maxConcurrentTasks: number;
  readonly vsphereTransport: TransportKind;
  readonly tenants: TenantPolicy;
  readonly leaderElect: boolean;
  readonly leaseTimings: LeaseTimings;
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
  --vcenter-objects-only          serve only what VCenter objects name: VC_* of the environment is not read
  --watch-namespaces a,b          namespaces to serve (default: all)
  --allow-machine-sources         let spec.template name a machine that is no template: its disks are copied
  --namespace-folder PATH         folder of each namespace, such as tenants/$(namespace): groups of a namespace stay below
                                  it (default: none, a group may name any folder)
  --namespace-pools PATH,PATH     resource pools of each namespace, such as tenants/$(namespace): groups of a namespace
                                  stay in them (default: none, a group may name any pool)
  --adopt-from-clusters ID,ID     clusters whose operators are stopped for good: a group may adopt their machines
                                  (default: none)
  --adoptable-machines PATTERN,PATTERN
                                  machines that groups may take over with spec.adopt, by their inventory paths, such as
                                  /dc/vm/tenants/$(namespace)/** (default: none)
  --max-concurrent-tasks N        clones under way at once, 1 to 500; 0: as many as bring something, found by itself from 16
                                  up to 128 for each vCenter and each datastore (default: 0)
  --vsphere-transport KIND        https, or soap to go through the package node-vsphere-soap (default: https)
  --metrics-bind-address ADDR     where /metrics is served: host:port or :port, 0 turns it off (default: :8080)
  --metrics-secure                serve /metrics over HTTPS, and only to readers that the cluster allows to get it
  --metrics-cert-path DIR         folder with tls.crt and tls.key for it; they may be renewed at any time (default: a
                                  certificate that is made at the start)
  --health-probe-bind-address ADDR  where /healthz and /readyz are served, 0 turns it off (default: :8081)
  --leader-elect                  act only while holding the Lease codeconnect-vm-operator in the operator's namespace,
                                  so that several operators may run; the others wait, ready
  --leader-elect-lease-duration T   how long others wait before they take a lease that is not renewed (default: 15s)
  --leader-elect-renew-deadline T   how long a leader that cannot renew may act, before it exits (default: 10s)
  --leader-elect-retry-period T     between two renewals or tries (default: 2s)
  --log-level LEVEL               debug, info, warn or error (default: info)
  --log-format FORMAT             json or text (default: text on a terminal, else json)
  -h, --help                      this text

Environment
  VC_HOST                         vCenter: host, host:port or URL
  VC_USER, VC_PASS                the account to log in with
  VC_CREDENTIALS_DIR              instead: a folder with the files VC_USER and VC_PASS (or username and password), and
                                  VC_HOST if that is not set; read again at each login and every five minutes, so that a
                                  mounted Secret can change
  VC_AUTH                         Password, or TokenByPassword: log in with a SAML token that vCenter's STS gives for the
                                  account (default: Password)
  VC_CA_FILE                      PEM file of the authority that signed vCenter's certificate (default: the system's);
                                  read again at each connect
  VC_FINGERPRINTS                 SHA-256 fingerprints of vCenter's certificate, separated by commas
  POD_NAMESPACE                   the operator's namespace, for its Lease (default: that of the pod's service account)
  HTTPS_PROXY, NO_PROXY           HTTP proxy on the way to vCenter and to the API server, as
                                  http://user:password@proxy:3128, and the hosts and domains that are reached without
                                  it; address blocks in NO_PROXY count for vCenter only. For the API server, a
                                  proxy-url in the kubeconfig comes first
  VC_FOLDER                       VM folder that holds the groups' folders, made if missing; it may have several levels and
                                  the variable $(cluster), as in vm-operator/$(cluster) (default: vm-operator)
  KUBECONFIG                      kubeconfig files (default: ~/.kube/config, or the pod's service account)
`;

/** Reads the flags of `run`. Throws SettingsError. Single-dash spellings of the original operator are taken too. */
export function parseFlags(args: readonly string[], isTerminal: boolean): Flags {
  const { values, positionals } = parse(args.map(modernFlag).flatMap(plainSwitch));
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
    metricsSecure: values['metrics-secure'] ?? false,
    metricsCertPath: values['metrics-cert-path'],
    insecure: values.insecure ?? false,
    vcenterObjectsOnly: values['vcenter-objects-only'] ?? false,
    logLevel: level,
    logFormat: format,
    watchNamespaces: namespaces(values['watch-namespaces'] ?? ''),
    vsphereTransport: transportKind(values['vsphere-transport'] ?? TransportKind.Https),
    maxConcurrentTasks: wholeNumber('--max-concurrent-tasks', values['max-concurrent-tasks'] ?? '0', 0, 500),
    tenants: tenantPolicy(values),
    leaderElect: values['leader-elect'] ?? false,
    leaseTimings: leaseTimings(values),
    help: values.help ?? false,
  };
}

/** Throws SettingsError. */
export function transportKind(text: string): TransportKind {
  const kinds = Object.values(TransportKind);
  const kind = kinds.find((known) => known === text);
  if (kind === undefined) throw new SettingsError(`--vsphere-transport "${text}": use ${kinds.join(' or ')}`);
  return kind;
}

function leaseTimings(values: ReturnType<typeof parse>['values']): LeaseTimings {
  const time = (flag: keyof typeof values & `leader-elect-${string}`, normally: string) =>
    duration(`--${flag}`, values[flag] ?? normally);
  const timings = {
    leaseDurationMs: time('leader-elect-lease-duration', '15s'),
    renewDeadlineMs: time('leader-elect-renew-deadline', '10s'),
    retryPeriodMs: time('leader-elect-retry-period', '2s'),
  };
  const problem = checkLeaseTimings(timings);
  if (problem !== undefined) throw new SettingsError(`--leader-elect-*: ${problem}`);
  return timings;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { ...RUN_FLAGS, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${text}: see vm-operator run --help`);
  }
}

/** Go accepts --leader-elect=true, and manifests often have that. */
function plainSwitch(argument: string): readonly string[] {
  const [, name, value] =
    /^(--(?:insecure|vcenter-objects-only|leader-elect|metrics-secure|allow-machine-sources))=(true|false)$/.exec(
      argument,
    ) ?? [];
  if (name === undefined) return [argument];
  return value === 'true' ? [name] : [];
}

/** Milliseconds of a Go duration, such as 15s, 1m30s or 500ms. Throws SettingsError. */
export function duration(flag: string, text: string): number {
  const found = durationMs(text);
  if (found === undefined) throw new SettingsError(`${flag} "${text}": use a time such as 15s or 1m30s`);
  return found;
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
