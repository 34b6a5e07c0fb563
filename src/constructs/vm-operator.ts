import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { OperatorAccess, UserRoles } from './operator-access';
import { HEALTH_PORT, METRICS_PORT, operatorPod } from './operator-pod';
import { PACKAGE, selectorLabels, standardLabels } from './standard-labels';

/** How the operator is installed. */
export interface VmOperatorProps {
  /**
   * Namespace of the operator. It is made, with the Pod security level restricted.
   *
   * @default codeconnect-vm-operator-system
   */
  readonly namespace?: string;

  /**
   * Container image of the operator, with a tag or digest.
   *
   * @default - codeconnect-vm-operator with this package's version as tag
   */
  readonly image?: string;

  /**
   * Name of the Secret in the operator's namespace with the keys VC_HOST, VC_USER and VC_PASS. It is mounted as files
   * that the operator reads again when they change, so a new password needs no restart. It is never part of the
   * manifests: applying them would overwrite it. The Pod waits until it exists.
   *
   * @default vc-creds
   */
  readonly credentialsSecret?: string;

  /**
   * How many operators run. With more than one they elect a leader by a Lease, and the others wait, ready to take over
   * within 20 seconds of a crash. A crashed Pod of one replica is restarted as fast; more than one helps when a node
   * is lost. At least 0, a whole number.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Serves the metrics over HTTPS, to those only whom the cluster allows to get /metrics: bind the ClusterRole
   * codeconnect-vm-operator-metrics-reader to the account of Prometheus. The operator then gets the right to create
   * TokenReviews and SubjectAccessReviews.
   *
   * @default false
   */
  readonly secureMetrics?: boolean;

  /**
   * Further flags for `vm-operator run`, such as `--insecure`.
   *
   * @default - none
   */
  readonly args?: string[];
}

/**
 * The operator: its Namespace, the account with its rights, the roles of its users, the Deployment, and a Service for
 * its metrics. The CRDs are not in it, see `VmOperatorCrds`. One a cluster: a second would work on the same VmGroups
 * (for several Pods of one, see `replicas`).
 */
export class VmOperator extends Construct {
  /** Namespace of the operator. */
  public readonly namespace: string;

  /** The Deployment, for patches. */
  public readonly deployment: ApiObject;

  /**
   * Defines the operator.
   * @param scope the construct to define it in. A chart's own namespace is not used: cdk8s would stamp it on
   * ClusterRoles, too
   * @param id name of the construct, unique in the scope
   * @param props how it is installed
   */
  public constructor(scope: Construct, id: string, props: VmOperatorProps = {}) {
    super(scope, id);
    const namespace = props.namespace ?? 'codeconnect-vm-operator-system';
    const serviceAccount = PACKAGE.name;
    const labels = standardLabels('operator');
    const replicas = props.replicas ?? 1;
    if (!Number.isInteger(replicas) || replicas < 0)
      throw new RangeError(`VmOperator: replicas is ${replicas}, but must be a whole number from 0`);
    const elects = replicas > 1;
    this.namespace = namespace;

    // The order of these constructs is that of the file, and kubectl applies it from top to bottom.
    new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { ...labels, ...restricted('enforce', 'warn', 'audit') } },
    });
    new OperatorAccess(this, 'Access', { namespace, serviceAccount, reviewsReaders: props.secureMetrics ?? false });
    new UserRoles(this, 'UserRoles');
    new ApiObject(this, 'MetricsService', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${PACKAGE.name}-metrics`, namespace, labels },
      spec: {
        selector: selectorLabels('operator'),
        ports: [{ name: METRICS_PORT.name, port: METRICS_PORT.number, targetPort: METRICS_PORT.name, protocol: 'TCP' }],
      },
    });
    this.deployment = new ApiObject(this, 'Deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: PACKAGE.name, namespace, labels },
      spec: {
        replicas,
        // Without an election never two at a time: they would plan for the same groups.
        strategy: { type: elects ? 'RollingUpdate' : 'Recreate' },
        selector: { matchLabels: selectorLabels('operator') },
        template: {
          metadata: { labels, annotations: { 'kubectl.kubernetes.io/default-container': 'operator' } },
          spec: operatorPod({
            serviceAccount,
            image: props.image ?? `${PACKAGE.name}:${PACKAGE.version}`,
            credentialsSecret: props.credentialsSecret ?? 'vc-creds',
            args: [
              'run',
              `--metrics-bind-address=:${METRICS_PORT.number}`,
              `--health-probe-bind-address=:${HEALTH_PORT.number}`,
              ...(props.secureMetrics ? ['--metrics-secure'] : []),
              ...(elects ? ['--leader-elect'] : []),
              ...(props.args ?? []),
            ],
          }),
        },
      },
    });
  }
}

/** Labels that hold a namespace's Pods to the restricted profile. */
function restricted(...modes: readonly string[]): Record<string, string> {
  return Object.fromEntries(modes.map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']));
}
