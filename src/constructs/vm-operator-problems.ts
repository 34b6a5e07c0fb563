import { follows } from '../api/text-rule';
import { isAddressBlock } from './address-block';
import { IMAGE_NAME } from './image-name';
import { problemsOfNamespaceLimits } from './namespace-limits';
import { areInsecure, problemsOfFlags } from './operator-flags';
import { FOLDER_BELOW_VM_FOLDER } from './prop-rules';
import { problemsOfHost } from './vcenter-host';
import { MetricsMonitor, type VmOperatorNetworkPolicy, type VmOperatorProps } from './vm-operator-props';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const FINGERPRINT = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/i;

/** The props of an operator that cannot work: one line `<prop> is <value>: <remedy>` each. */
export function problemsOfVmOperator(props: VmOperatorProps): readonly string[] {
  const { vcenter = {}, resources = {}, monitoring = {}, networkPolicy = {} } = props;
  const seconds = monitoring.interval?.toSeconds({ integral: false });
  return [
    ...namespaces('namespace', props.namespace === undefined ? [] : [props.namespace]),
    ...namespaces('watchNamespaces', props.watchNamespaces ?? []),
    // The flag without a name means all namespaces, and the operator would have rights in none.
    ...(props.watchNamespaces?.length === 0
      ? ['watchNamespaces is []: give the namespaces to serve, or leave it out to serve all']
      : []),
    ...imageName(props.image),
    ...problemsOfFlags(props.args ?? []),
    ...insecureBesideTrust(props),
    ...emptyLists(networkPolicy),
    ...(networkPolicy.vcenterCidrs ?? [])
      .filter((block) => !isAddressBlock(block))
      .map((block) =>
        problem(
          'networkPolicy.vcenterCidrs',
          block,
          'give an address and the length of its prefix, such as 10.0.0.5/32',
        ),
      ),
    ...namespaces('networkPolicy.metricsFromNamespaces', networkPolicy.metricsFromNamespaces ?? []),
    ...wholeNumber('replicas', props.replicas, 0, 1000),
    ...wholeNumber('resources.cpuMillis', resources.cpuMillis, 1, 1_000_000),
    ...memory(props),
    ...wholeNumber('vcenter.maxConcurrentTasks', vcenter.maxConcurrentTasks, 0, 500),
    ...wholeNumber('networkPolicy.vcenterPort', networkPolicy.vcenterPort, 1, 65535),
    ...(networkPolicy.apiServerPorts ?? []).flatMap((port) =>
      wholeNumber('networkPolicy.apiServerPorts', port, 1, 65535),
    ),
    ...wholeNumber('monitoring.interval in seconds', seconds, 1, 3600),
    ...(props.secureMetrics === true && monitoring.monitor === MetricsMonitor.POD_MONITOR
      ? [
          'monitoring.monitor is PodMonitor, and secureMetrics is true: a PodMonitor cannot name the token of Prometheus, so ' +
            'leave one of them out',
        ]
      : []),
    ...(props.vcenterObjectsOnly === true && props.vcenter !== undefined
      ? ['vcenterObjectsOnly is true: leave out vcenter, or set vcenterObjectsOnly to false']
      : []),
    ...(vcenter.host === undefined ? [] : problemsOfHost('vcenter.host', vcenter.host)),
    ...(vcenter.folder === undefined || follows(FOLDER_BELOW_VM_FOLDER, vcenter.folder)
      ? []
      : [problem('vcenter.folder', vcenter.folder, FOLDER_BELOW_VM_FOLDER.remedy)]),
    ...problemsOfNamespaceLimits(props.namespaceLimits ?? {}),
    ...(vcenter.trust?._fingerprints ?? [])
      .filter((fingerprint) => !FINGERPRINT.test(fingerprint))
      .map((fingerprint) =>
        problem(
          'vcenter.trust',
          fingerprint,
          'give SHA-256 fingerprints, 32 pairs of hex digits with colons between them',
        ),
      ),
    ...(vcenter.trust?._pem?.includes('-----BEGIN CERTIFICATE-----') === false
      ? ['vcenter.trust holds no certificate: give PEM text, with -----BEGIN CERTIFICATE-----']
      : []),
  ];
}

/** The operator refuses both together, for one of them is a mistake. */
function insecureBesideTrust({ args = [], vcenter: { trust } = {} }: VmOperatorProps): readonly string[] {
  const isVerified = trust?._pem !== undefined || (trust?._fingerprints ?? []).length > 0;
  return isVerified && areInsecure(args)
    ? ['args has --insecure, which contradicts vcenter.trust: leave one of them out']
    : [];
}

/** In a NetworkPolicy an empty list means all: every port, every namespace, every address. */
function emptyLists(given: VmOperatorNetworkPolicy): readonly string[] {
  const remedies = {
    apiServerPorts: 'give the ports of the API server, or leave it out for 443 and 6443',
    metricsFromNamespaces: 'give the namespaces that read metrics, or leave it out for all',
    vcenterCidrs: 'give the blocks of addresses of vCenter, or leave it out for all addresses',
  } as const;
  const props = ['apiServerPorts', 'metricsFromNamespaces', 'vcenterCidrs'] as const;
  return props
    .filter((prop) => given[prop]?.length === 0)
    .map((prop) => problem(`networkPolicy.${prop}`, [], remedies[prop]));
}

function imageName(image: string | undefined): readonly string[] {
  if (image === undefined || new RegExp(IMAGE_NAME).test(image)) return [];
  return [problem('image', image, 'give the name of a container image, such as registry.example.com/vm-operator:1')];
}

function namespaces(prop: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => !DNS_LABEL.test(name))
    .map((name) =>
      problem(prop, name, "give at most 63 lower-case letters, digits and '-', with a letter or digit at both ends"),
    );
}

function wholeNumber(prop: string, value: number | undefined, least: number, most: number): readonly string[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  return [problem(prop, value, `give a whole number from ${least} to ${most}`)];
}

function memory({ resources = {} }: VmOperatorProps): readonly string[] {
  const { memoryRequest, memoryLimit } = resources;
  const limit = memoryLimit?.toMebibytes() ?? 256;
  const request = memoryRequest?.toMebibytes() ?? 128;
  return request > limit
    ? [
        `resources.memoryRequest is ${request} MiB: give at most the limit, ${limit} MiB, or raise resources.memoryLimit`,
      ]
    : [];
}

function problem(prop: string, value: unknown, remedy: string): string {
  return `${prop} is ${JSON.stringify(value)}: ${remedy}`;
}
