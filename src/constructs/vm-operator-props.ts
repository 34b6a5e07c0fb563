import type { Duration, Size } from 'cdk8s';
import type { GuestSecrets } from './guest-secret-access';
import type { NamespaceLimits } from './namespace-limits';
import type { VCenterConnection } from './vcenter-connection';

/** How much the operator writes to its log. */
export enum LogLevel {
  /** Everything, including each call to vCenter. */
  DEBUG = 'debug',
  /** What happens to groups. */
  INFO = 'info',
  /** What may need a person, and what failed. */
  WARN = 'warn',
  /** Only what failed. */
  ERROR = 'error',
}

/** Resources of the operator's container. There is no CPU limit: throttling would delay Lease and session. */
export interface VmOperatorResources {
  /**
   * Requested CPU in thousandths of a core.
   *
   * @default 50
   */
  readonly cpuMillis?: number;

  /**
   * Requested memory.
   *
   * @default Size.mebibytes(128)
   */
  readonly memoryRequest?: Size;

  /**
   * Memory limit. A container that uses more is restarted.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryLimit?: Size;
}

/** How the Prometheus operator is told of the metrics. */
export enum MetricsMonitor {
  /** By a ServiceMonitor of the metrics Service. */
  SERVICE_MONITOR = 'ServiceMonitor',
  /** By a PodMonitor of the Pods, for a Prometheus that selects only these. */
  POD_MONITOR = 'PodMonitor',
  /** Not at all: you let Prometheus find the Pods by other means. */
  NONE = 'None',
}

/** A ConfigMap with a dashboard, which the sidecar of the Helm chart of Grafana reads. */
export interface VmOperatorDashboard {
  /**
   * Labels by which the sidecar selects. They are added to the standard labels.
   *
   * @default - grafana_dashboard: "1"
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations, such as grafana_folder, by which the sidecar chooses the folder.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** Objects for the Prometheus operator, whose CRDs the cluster must have unless there is only a dashboard, and for Grafana. */
export interface VmOperatorMonitoring {
  /**
   * Which object tells Prometheus of the metrics.
   *
   * @default MetricsMonitor.SERVICE_MONITOR
   */
  readonly monitor?: MetricsMonitor;

  /**
   * Time between two scrapes, whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * Whether a PrometheusRule with alerts is made. Each has a section in docs/troubleshooting.md.
   *
   * @default true
   */
  readonly alerts?: boolean;

  /**
   * Makes a dashboard for Grafana.
   *
   * @default - none
   */
  readonly dashboard?: VmOperatorDashboard;

  /**
   * Labels of ServiceMonitor or PodMonitor, and of PrometheusRule, which a Prometheus may select by.
   *
   * @default - only the standard labels
   */
  readonly labels?: { readonly [name: string]: string };
}

/** Whom the operator's Pods may talk with. DNS is always allowed. Network plugins always allow the kubelet's probes. */
export interface VmOperatorNetworkPolicy {
  /**
   * Whether there is a NetworkPolicy at all. Policies add up: set it to false where your own, narrower policy of the
   * namespace decides who may read the metrics.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Address blocks of the vCenter. They limit nothing while `vcenterPort` is among `apiServerPorts`, for rules are added up.
   *
   * @default - any address
   */
  readonly vcenterCidrs?: string[];

  /**
   * Port of the vCenter, or of the proxy on the way to it.
   *
   * @default 443
   */
  readonly vcenterPort?: number;

  /**
   * Ports of the API server. A policy cannot select its address, so the ports are open to any address.
   *
   * @default - 443 and 6443
   */
  readonly apiServerPorts?: number[];

  /**
   * Namespaces whose Pods may read the metrics.
   *
   * @default - all
   */
  readonly metricsFromNamespaces?: string[];
}

/** The props of the operator. */
export interface VmOperatorProps {
  /**
   * Namespace of the operator.
   *
   * @default codeconnect-vm-operator-system
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is created, with the Pod security level restricted.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the CRDs are included. Set it to false if they have a chart of their own, see `VmOperatorCrds`.
   *
   * @default true
   */
  readonly crds?: boolean;

  /**
   * Container image of the operator, with a tag or digest. The default of a release is the image that it published; that
   * of a checkout, localhost/codeconnect-vm-operator, is found only where an image of that name was put on the nodes.
   *
   * @default - the image of this package's version
   */
  readonly image?: string;

  /**
   * Names of the pull secrets of the image, in the operator's namespace.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Number of operator Pods, a whole number of at least 0. A Lease for each vCenter elects the Pod that acts there, also
   * where there is only one: so it may be scaled at any time. After a crash another Pod, or the same one restarted, takes
   * over within 20 seconds: more than one helps when a node is lost. They are put on different nodes and zones where that is possible, and a PodDisruptionBudget lets one
   * of them be evicted at a time.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Resources of the container.
   *
   * @default - 50 thousandths of a core, 128 MiB, at most 256 MiB
   */
  readonly resources?: VmOperatorResources;

  /**
   * The vCenter of the operator's environment, and the account there. It serves all namespaces while there is no `VCenter`
   * object.
   *
   * @default - host and account of the Secret vc-creds, and a certificate of one of the system's authorities
   */
  readonly vcenter?: VCenterConnection;

  /**
   * Whether only `VCenter` objects name vCenters. The operator's environment then has none, no Secret is mounted, and
   * the Pods do not wait for one. It cannot be true together with `vcenter`.
   *
   * @default false
   */
  readonly vcenterObjectsOnly?: boolean;

  /**
   * Namespaces whose VmGroups are served, at least one. The operator then has rights in these only: a Role in each of
   * them instead of rules in its ClusterRole, which keeps the patch of VmGroups for the end of a namespace. The namespaces
   * must be there when the manifests are applied.
   *
   * @default - all
   */
  readonly watchNamespaces?: string[];

  /**
   * What the authors of VmGroups may do in vCenter.
   *
   * @default - groups are cloned from templates only, into any folder and pool that the account may use
   */
  readonly namespaceLimits?: NamespaceLimits;

  /**
   * Secrets that the operator may read for guest data, by namespace. See also `allowGuestSecretsOf`.
   *
   * @default - none
   */
  readonly guestSecrets?: GuestSecrets[];

  /**
   * Which log lines are written.
   *
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;

  /**
   * Serves the metrics over HTTPS, and only to accounts that RBAC allows to get /metrics. Bind the ClusterRole
   * codeconnect-vm-operator-metrics-reader to the account of Prometheus. The operator gets the right to create
   * TokenReviews and SubjectAccessReviews. `vm-operator why` can ask the operator then: bind the Role
   * codeconnect-vm-operator-why to those who may.
   *
   * @default false
   */
  readonly secureMetrics?: boolean;

  /**
   * Makes a ServiceMonitor or PodMonitor, and alerts, for the Prometheus operator, and a dashboard for Grafana.
   *
   * @default - none
   */
  readonly monitoring?: VmOperatorMonitoring;

  /**
   * Limits what the Pods may reach, too: vCenter, the API server and DNS only. Look at the ports first: on some clusters
   * the API server has another, and a proxy on the way to vCenter has its own.
   *
   * @default - the Pods may be reached for metrics only, by anybody, and may reach anything
   */
  readonly networkPolicy?: VmOperatorNetworkPolicy;

  /**
   * More flags of `vm-operator run`; see `vm-operator run --help`. Not those that the manifest sets itself: `--leader-elect`,
   * `--metrics-bind-address` and `--health-probe-bind-address`.
   *
   * @default - none
   */
  readonly args?: string[];
}
