import { parse } from 'yaml';
import { LogLevel, MetricsMonitor, VCenterAuth } from '../src/constructs';
import { DEFAULT_IMAGE } from '../src/constructs/image-name';

/** Name of the chart, and version of the chart and of the operator. */
export interface HelmChartOptions {
  readonly name: string;
  readonly version: string;
  /** Default of the value `image`. Default: that of the construct. */
  readonly image?: string | undefined;
}

/** The values of the Helm chart, with what each means. */
export function valuesYaml({ image = DEFAULT_IMAGE }: HelmChartOptions): string {
  return `# Container image of the operator, with a tag or digest.
image: ${image}

# Pull secrets of the image, such as [{name: registry}].
imagePullSecrets: []

# Number of operator Pods. They elect a leader for each vCenter.
replicas: 1

# Secret in the namespace of the release, with VC_USER and VC_PASS, and with VC_HOST unless vcenter.host is given.
credentialsSecret: vc-creds

# Namespaces whose VmGroups are served, such as [shop, bank]. The operator then has rights in these only. Empty: all.
watchNamespaces: []

# Whether only VCenter objects name vCenters. Then no Secret is mounted, and vcenter must be empty.
vcenterObjectsOnly: false

# The vCenter of the operator's environment. It serves all namespaces while there is no VCenter object.
vcenter:
  # Host name, host:port or URL of the vCenter. If empty, the key VC_HOST of the Secret counts.
  host: ""
  # VM folder that holds the groups' folders, made if missing. If clusters share the vCenter: vm-operator/$(cluster).
  # If empty, vm-operator.
  folder: ""
  # Password, or TokenByPassword to log in with a SAML token of vCenter's STS.
  auth: Password
  # How many clones may run at once, 1 to 500. 0: as many as bring something, found by the operator from 16 up to 128.
  maxConcurrentTasks: 0
  # Which certificate of vCenter is accepted. If all are empty, one of an authority that the image knows. If both of the
  # first are given, one for which both hold.
  trust:
    # Certificates of authorities as PEM text, such as by --set-file vcenter.trust.caBundle=ca.pem.
    caBundle: ""
    # SHA-256 fingerprints of the certificate, 32 pairs of hex digits with colons between them.
    fingerprints: []
    # Accepts any certificate. For tests only.
    insecure: false

# HTTP proxy on the way to vCenter. The API server is reached without it.
proxy:
  # Such as http://proxy.example.com:3128. One with an account comes from a Secret, as variable HTTPS_PROXY of env; then set
  # NO_PROXY there too, with $(KUBERNETES_SERVICE_HOST) in it.
  url: ""
  # Hosts, domains and IPv4 blocks that are reached without the proxy, too.
  noProxy: []

# More variables of the container, such as [{name: HTTPS_PROXY, valueFrom: {secretKeyRef: {name: proxy, key: url}}}].
env: []

# debug, info, warn or error.
logLevel: info

# Secrets that the operator may read for guest data, such as [{namespace: shop, secretNames: [web-user-data]}]. Without
# secretNames every Secret of the namespace. The namespaces must exist.
guestSecrets: []

# What the authors of VmGroups may do in vCenter; see "Limits of namespaces" in docs/operating.md.
namespaceLimits:
  # Folder of each namespace, such as tenants/$(namespace). If empty, a group may name any folder.
  folder: ""
  # Resource pools of each namespace, such as [tenants/$(namespace)]. If empty, a group may name any pool.
  resourcePools: []
  # Whether a group may be cloned from a machine that is no template.
  allowMachineSources: false
  # Ids of other clusters whose operators are stopped for good: groups may adopt their machines.
  adoptFromClusters: []
  # Machines that groups may take over with spec.adopt, such as [/dc/vm/tenants/$(namespace)/**]. If empty, none.
  adoptableMachines: []

# More flags of vm-operator run, such as [--log-format=text].
args: []

resources:
  requests:
    cpu: 50m
    memory: 128Mi
  limits:
    memory: 256Mi

# Where the Pods run. On Linux nodes, unless kubernetes.io/os is given too.
nodeSelector: {}
tolerations: []
affinity: {}
priorityClassName: ""

# Annotations of the Deployment, and of its Pods.
annotations: {}
podAnnotations: {}

# Whether the metrics are served over HTTPS, and only to accounts that RBAC allows to get /metrics: those that are bound to the
# ClusterRole codeconnect-vm-operator-metrics-reader.
secureMetrics: false

monitoring:
  # Whether there are objects for the Prometheus operator, whose CRDs the cluster must have.
  enabled: false
  # What tells Prometheus of the metrics: ServiceMonitor, PodMonitor (not with secureMetrics), or None.
  monitor: ServiceMonitor
  # Time between two scrapes.
  interval: 30s
  # Whether there is a PrometheusRule with alerts, too. docs/troubleshooting.md has a section for each.
  alerts: true
  # Labels of these, which a Prometheus may select by.
  labels: {}
  # A ConfigMap with a dashboard for Grafana, also where monitoring.enabled is false.
  dashboard:
    enabled: false
    # By which the sidecar of Grafana selects.
    labels:
      grafana_dashboard: "1"
    # Such as {grafana_folder: Machines}.
    annotations: {}

networkPolicy:
  # Whether the Pods may be reached for metrics only.
  enabled: true
  # Namespaces whose Pods may read the metrics. Empty: anybody may.
  metricsFromNamespaces: []
  egress:
    # Whether the Pods may reach only DNS, and the ports and addresses below. Set these first: the API server of some
    # clusters has another port, such as 8443 or 16443, and a proxy on the way to vCenter has its own.
    enabled: false
    apiServerPorts: [443, 6443]
    vcenterPort: 443
    # Address blocks of the vCenter, or of the proxy. Empty: any.
    vcenterCidrs: []

# Whether the CRDs are installed. They stay when the release is uninstalled.
crds: true
`;
}

const NAMESPACES = { type: 'array', items: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$' } };
const NAME = { type: 'string', minLength: 1 };
/** Of a Secret. */
const OBJECT_NAME = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$' };
/** Of a variable of the environment. */
const VARIABLE_NAME = { type: 'string', pattern: '^[-._a-zA-Z][-._a-zA-Z0-9]*$' };
/** Kubernetes takes texts only: a value such as true has to be in quotes. */
const TEXTS = { type: 'object', additionalProperties: { type: 'string' } };
const PORT = { type: 'integer', minimum: 1, maximum: 65535 };

/** JSON schema of the values: Helm refuses what it does not know, such as a word that is misspelt. */
const SCHEMA = {
  $schema: 'https://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: {
    global: { type: 'object' },
    image: { type: 'string' },
    imagePullSecrets: { type: 'array', items: { type: 'object', required: ['name'] } },
    replicas: { type: 'integer', minimum: 0 },
    credentialsSecret: OBJECT_NAME,
    vcenterObjectsOnly: { type: 'boolean' },
    vcenter: {
      type: 'object',
      additionalProperties: false,
      properties: {
        host: { type: 'string' },
        folder: { type: 'string' },
        auth: { enum: Object.values(VCenterAuth) },
        maxConcurrentTasks: { type: 'integer', minimum: 0, maximum: 500 },
        trust: {
          type: 'object',
          additionalProperties: false,
          properties: {
            caBundle: { type: 'string' },
            fingerprints: { type: 'array', items: { type: 'string' } },
            insecure: { type: 'boolean' },
          },
        },
      },
    },
    proxy: {
      type: 'object',
      additionalProperties: false,
      properties: { url: { type: 'string', pattern: '^(https?://.+)?$' }, noProxy: { type: 'array', items: NAME } },
    },
    // Names and values, or names and where their values come from.
    env: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: VARIABLE_NAME, value: { type: 'string' }, valueFrom: { type: 'object' } },
      },
    },
    logLevel: { enum: Object.values(LogLevel) },
    guestSecrets: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['namespace'],
        // An empty list of names would mean every Secret.
        properties: { namespace: NAMESPACES.items, secretNames: { type: 'array', minItems: 1, items: OBJECT_NAME } },
      },
    },
    nodeSelector: TEXTS,
    tolerations: { type: 'array', items: { type: 'object' } },
    affinity: { type: 'object' },
    priorityClassName: { type: 'string' },
    annotations: TEXTS,
    podAnnotations: TEXTS,
    secureMetrics: { type: 'boolean' },
    monitoring: {
      type: 'object',
      additionalProperties: false,
      properties: {
        enabled: { type: 'boolean' },
        monitor: { enum: Object.values(MetricsMonitor) },
        interval: { type: 'string', pattern: '^[1-9][0-9]*(s|m)$' },
        alerts: { type: 'boolean' },
        labels: TEXTS,
        dashboard: {
          type: 'object',
          additionalProperties: false,
          properties: { enabled: { type: 'boolean' }, labels: TEXTS, annotations: TEXTS },
        },
      },
    },
    namespaceLimits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        folder: { type: 'string' },
        resourcePools: { type: 'array', items: { type: 'string', minLength: 1 } },
        allowMachineSources: { type: 'boolean' },
        adoptFromClusters: { type: 'array', items: { type: 'string', minLength: 1 } },
        adoptableMachines: { type: 'array', items: { type: 'string', minLength: 1 } },
      },
    },
    args: { type: 'array', items: { type: 'string' } },
    resources: { type: 'object' },
    watchNamespaces: NAMESPACES,
    networkPolicy: {
      type: 'object',
      additionalProperties: false,
      properties: {
        enabled: { type: 'boolean' },
        metricsFromNamespaces: NAMESPACES,
        egress: {
          type: 'object',
          additionalProperties: false,
          properties: {
            enabled: { type: 'boolean' },
            // An empty list of ports would mean every port.
            apiServerPorts: { type: 'array', minItems: 1, items: PORT },
            vcenterPort: PORT,
            vcenterCidrs: { type: 'array', items: { type: 'string', minLength: 1 } },
          },
        },
      },
    },
    crds: { type: 'boolean' },
  },
};

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * The schema of the chart's values. What has a default is required: Helm takes `null` as a value that is not there, and the
 * templates need each. So does an upgrade that reuses the values of a release from before a value.
 */
export function valuesSchema(options: HelmChartOptions): object {
  return requiringDefaults(SCHEMA, parse(valuesYaml(options)));
}

function requiringDefaults(schema: Schema, defaults: unknown): Schema {
  const { properties } = schema;
  if (properties === undefined || typeof defaults !== 'object' || defaults === null) return schema;
  const given: Readonly<Record<string, unknown>> = { ...defaults };
  return {
    ...schema,
    required: Object.keys(properties).filter((name) => Object.hasOwn(given, name)),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, below]) => [name, requiringDefaults(below, given[name])]),
    ),
  };
}
