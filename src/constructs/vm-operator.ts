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
   * Further flags for `vm-operator run`, such as `--insecure`.
   *
   * @default - none
   */
  readonly args?: string[];
}

/**
 * The operator: its Namespace, the account with its rights, the roles of its users, the Deployment, and a Service for
 * its metrics. The CRDs are not in it, see `VmOperatorCrds`. One a cluster: a second would work on the same VmGroups.
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
    this.namespace = namespace;

    // The order of these constructs is that of the file, and kubectl applies it from top to bottom.
    new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { ...labels, ...restricted('enforce', 'warn', 'audit') } },
    });
    new OperatorAccess(this, 'Access', { namespace, serviceAccount });
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
        replicas: 1,
        // Never two at a time: they would plan for the same groups.
        strategy: { type: 'Recreate' },
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
