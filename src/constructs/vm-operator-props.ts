import type { Duration, Size } from 'cdk8s';
import type { GuestSecrets } from './guest-secret-access';
import type { VCenterConnection } from './vcenter-connection';

/** How much the operator writes to its log. */
export enum LogLevel {
  /** Everything, each call to vCenter too. */
  DEBUG = 'debug',
  /** What happens to groups. */
  INFO = 'info',
  /** What may need a person. */
  WARN = 'warn',
  /** What went wrong. */
  ERROR = 'error',
}

/** What the operator's container asks for. There is no CPU limit: throttling would delay Lease and session. */
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
   * Memory beyond which the container is restarted.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryLimit?: Size;
}

/** What is made for the Prometheus operator, whose CRDs the cluster must have. */
export interface VmOperatorMonitoring {
  /**
   * Time between two scrapes, whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * Whether a PrometheusRule with alerts comes along: vCenter not connected, reconciles that fail.
   *
   * @default true
   */
  readonly alerts?: boolean;

  /**
   * Labels of ServiceMonitor and PrometheusRule, by which a Prometheus selects them.
   *
   * @default - none but the standard labels
   */
  readonly labels?: { readonly [name: string]: string };
}

/** Who may talk with the operator's Pods. DNS is always allowed; the kubelet's probes are by all network plugins. */
export interface VmOperatorNetworkPolicy {
  /**
   * Address blocks of the vCenter.
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
   * Ports of the API server. Its address cannot be selected, so they are open to any address.
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

/** How the operator is installed. */
export interface VmOperatorProps {
  /**
   * Namespace of the operator.
   *
   * @default codeconnect-vm-operator-system
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is made, with the Pod security level restricted.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the CRDs are part of it. Turn it off if they have a chart of their own, see `VmOperatorCrds`.
   *
   * @default true
   */
  readonly crds?: boolean;

  /**
   * Container image of the operator, with a tag or digest.
   *
   * @default - codeconnect-vm-operator with this package's version as tag
   */
  readonly image?: string;

  /**
   * Names of Secrets in the operator's namespace by which the image is pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * How many operators run. With more than one they elect a leader by a Lease, and the others wait, ready to take over
   * within 20 seconds of a crash. A crashed Pod of one replica is restarted as fast; more than one helps when a node
   * is lost. At least 0, a whole number.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * What the container asks for.
   *
   * @default - 50 thousandths of a core, 128 MiB, at most 256 MiB
   */
  readonly resources?: VmOperatorResources;

  /**
   * The vCenter and the account.
   *
   * @default - host and account of the Secret vc-creds, verified by the system's authorities
   */
  readonly vcenter?: VCenterConnection;

  /**
   * Namespaces whose VmGroups are served.
   *
   * @default - all
   */
  readonly watchNamespaces?: string[];

  /**
   * Secrets that the operator may read for guest data, by namespace. See also `allowGuestSecretsOf`.
   *
   * @default - none
   */
  readonly guestSecrets?: GuestSecrets[];

  /**
   * How much is logged.
   *
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;

  /**
   * Serves the metrics over HTTPS, to those only whom the cluster allows to get /metrics: bind the ClusterRole
   * codeconnect-vm-operator-metrics-reader to the account of Prometheus. The operator then gets the right to create
   * TokenReviews and SubjectAccessReviews.
   *
   * @default false
   */
  readonly secureMetrics?: boolean;

  /**
   * A ServiceMonitor, and alerts, for the Prometheus operator.
   *
   * @default - none
   */
  readonly monitoring?: VmOperatorMonitoring;

  /**
   * A NetworkPolicy that lets the Pods reach vCenter, the API server and DNS only, and be reached for metrics only.
   *
   * @default - none
   */
  readonly networkPolicy?: VmOperatorNetworkPolicy;

  /**
   * Further flags for `vm-operator run`; see `vm-operator run --help`.
   *
   * @default - none
   */
  readonly args?: string[];
}
