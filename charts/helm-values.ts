/** Name of the chart, and version of the chart and of the operator. */
export interface HelmChartOptions {
  readonly name: string;
  readonly version: string;
  /** Default of the value `image`. Default: the name of the chart and its version, which names no registry. */
  readonly image?: string | undefined;
}

/** The values of the Helm chart, with what each means. */
export function valuesYaml({ name, version, image = `${name}:${version}` }: HelmChartOptions): string {
  return `# Container image of the operator, with a tag or digest.
image: ${image}

# Pull secrets of the image, such as [{name: registry}].
imagePullSecrets: []

# Number of operator Pods. With more than one they elect a leader for each vCenter.
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

# More flags of vm-operator run, such as [--insecure] for a test vCenter.
args: []

resources:
  requests:
    cpu: 50m
    memory: 128Mi
  limits:
    memory: 256Mi

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
const PORT = { type: 'integer', minimum: 1, maximum: 65535 };

/** JSON schema of the values: Helm refuses what it does not know, such as a word that is misspelt. */
export const VALUES_SCHEMA = {
  $schema: 'https://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: {
    global: { type: 'object' },
    image: { type: 'string', minLength: 1 },
    imagePullSecrets: { type: 'array', items: { type: 'object', required: ['name'] } },
    replicas: { type: 'integer', minimum: 0 },
    credentialsSecret: { type: 'string', minLength: 1 },
    vcenterObjectsOnly: { type: 'boolean' },
    vcenter: {
      type: 'object',
      additionalProperties: false,
      properties: { host: { type: 'string' }, folder: { type: 'string' } },
    },
    namespaceLimits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        folder: { type: 'string' },
        resourcePools: { type: 'array', items: { type: 'string', minLength: 1 } },
        allowMachineSources: { type: 'boolean' },
        adoptFromClusters: { type: 'array', items: { type: 'string', minLength: 1 } },
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
