import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { GuestSecretAccess, type GuestSecrets } from './guest-secret-access';
import { DEFAULT_IMAGE } from './image-name';
import { namespaceLimitFlags } from './namespace-limits';
import { OperatorAccess, UserRoles } from './operator-access';
import { OperatorMonitoring } from './operator-monitoring';
import { OperatorNetworkPolicy } from './operator-network-policy';
import { CA_KEY, HEALTH_PORT, METRICS_PORT, operatorPod } from './operator-pod';
import { definedBefore } from './same-output';
import { OPERATOR_NAMESPACE, PACKAGE, selectorLabels, standardLabels } from './standard-labels';
import type { VCenterConnection } from './vcenter-connection';
import type { VmGroup } from './vm-group';
import { VmOperatorCrds } from './vm-operator-crds';
import { problemsOfVmOperator } from './vm-operator-problems';
import type { VmOperatorProps } from './vm-operator-props';

/**
 * The operator: CRDs, Namespace, a ServiceAccount with its rights, roles for users, the Deployment, a Service for the
 * metrics, a NetworkPolicy, with several Pods a PodDisruptionBudget, and on request monitoring. There can be one per cluster, because a second one would work on
 * the same VmGroups; for several Pods see `replicas`. `cdk8s synth` checks the props.
 *
 * @example
 *
 *   const operator = new VmOperator(chart, 'VmOperator', {
 *     vcenter: { host: 'vcenter.example.com' },
 *     replicas: 2,
 *   });
 */
export class VmOperator extends Construct {
  /** Namespace of the operator. */
  public readonly namespace: string;

  /** The Deployment, for patches. */
  public readonly deployment: ApiObject;

  /** The Service of the metrics, for patches. */
  public readonly metricsService: ApiObject;

  private readonly guestSecrets = new Map<string, GuestSecretAccess>();

  /**
   * Defines the operator.
   * @param scope the construct to define it in. Use a chart without a namespace: cdk8s would put the namespace into the
   * ClusterRoles too
   * @param id name of the construct, unique in the scope
   * @param props how it is installed
   */
  public constructor(scope: Construct, id: string, props: VmOperatorProps = {}) {
    super(scope, id);
    const namespace = props.namespace ?? OPERATOR_NAMESPACE;
    const secureMetrics = props.secureMetrics ?? false;
    const labels = standardLabels('operator');
    this.namespace = namespace;

    // The order of the constructs is the order in the file, and kubectl applies a file from top to bottom.
    if (props.crds ?? true) new VmOperatorCrds(this, 'Crds');
    if (props.createNamespace ?? true) {
      new ApiObject(this, 'Namespace', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: { ...labels, ...restricted('enforce', 'warn', 'audit') } },
      });
    }
    new OperatorAccess(this, 'Access', {
      namespace,
      serviceAccount: PACKAGE.name,
      reviewsReaders: secureMetrics,
      watchNamespaces: props.watchNamespaces,
    });
    new UserRoles(this, 'UserRoles');
    for (const secrets of props.guestSecrets ?? []) this.allowGuestSecrets(secrets);
    this.metricsService = new ApiObject(this, 'MetricsService', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${PACKAGE.name}-metrics`, namespace, labels },
      spec: {
        selector: selectorLabels('operator'),
        ports: [{ name: METRICS_PORT.name, port: METRICS_PORT.number, targetPort: METRICS_PORT.name, protocol: 'TCP' }],
      },
    });
    if (props.networkPolicy?.enabled ?? true) {
      new OperatorNetworkPolicy(this, 'NetworkPolicy', { namespace, given: props.networkPolicy });
    }
    if (hasSeveralPods(props)) {
      new ApiObject(this, 'DisruptionBudget', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: PACKAGE.name, namespace, labels },
        spec: {
          selector: { matchLabels: selectorLabels('operator') },
          maxUnavailable: 1,
          // A Pod that does not work keeps nobody from draining its node.
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
        },
      });
    }
    const caConfigMap = this.authorities(props.vcenter ?? {});
    this.deployment = new ApiObject(this, 'Deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: PACKAGE.name, namespace, labels },
      spec: deploymentSpec(props, caConfigMap),
    });
    if (props.monitoring !== undefined) {
      new OperatorMonitoring(this, 'Monitoring', { ...props.monitoring, namespace, secureMetrics });
    }
    this.node.addValidation({ validate: () => [...this.problemsOfTwin(), ...problemsOfVmOperator(props)] });
  }

  /**
   * Lets the operator read Secrets of a namespace for guest data, by a Role in that namespace. Each call adds names. A
   * call without names allows all Secrets of the namespace.
   * @param secrets namespace, and names of Secrets
   */
  public allowGuestSecrets(secrets: GuestSecrets): void {
    this.accessIn(secrets);
  }

  /**
   * Lets the operator read the Secrets that a group's guest data names at the time of the call.
   * @param group a group with a namespace, of its own or of its chart
   */
  public allowGuestSecretsOf(group: VmGroup): void {
    const { namespace, guestSecretNames: secretNames } = group;
    if (secretNames.length === 0) return;
    if (namespace === undefined) {
      throw new Error(
        `[${this.node.path}] VmGroup ${group.node.path} has no namespace: set one in its metadata or in its chart, ` +
          'because a Role is made in that namespace',
      );
    }
    this.accessIn({ namespace, secretNames });
  }

  private accessIn({ namespace, secretNames }: GuestSecrets): void {
    const access = this.guestSecrets.get(namespace);
    if (access === undefined) {
      const props = {
        namespace,
        ...(secretNames === undefined ? {} : { secretNames }),
        operatorNamespace: this.namespace,
      };
      this.guestSecrets.set(namespace, new GuestSecretAccess(this, `GuestSecrets-${namespace}`, props));
      return;
    }
    if (secretNames === undefined) access.addAllSecrets();
    for (const name of secretNames ?? []) access.addSecretName(name);
  }

  /** Both would have the same names: of two in one output the second would replace the first. */
  private problemsOfTwin(): readonly string[] {
    const twin = definedBefore(this, (other) => other instanceof VmOperator);
    if (twin === undefined) return [];
    return [`VmOperator is there twice, ${twin.node.path} is one too: keep one, and set replicas for several Pods`];
  }

  private authorities({ trust }: VCenterConnection): string | undefined {
    if (trust?._pem === undefined) return undefined;
    const name = `${PACKAGE.name}-vcenter-ca`;
    new ApiObject(this, 'VCenterAuthorities', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: this.namespace, labels: standardLabels('operator') },
      data: { [CA_KEY]: trust._pem },
    });
    return name;
  }
}

function hasSeveralPods({ replicas = 1 }: VmOperatorProps): boolean {
  return replicas > 1;
}

function deploymentSpec(props: VmOperatorProps, caConfigMap: string | undefined): object {
  const vcenter = props.vcenter ?? {};
  const fingerprints = vcenter.trust?._fingerprints ?? [];
  return {
    replicas: props.replicas ?? 1,
    // One Pod is replaced before the next one starts, for the Pod of an older version may not elect: the two would act on
    // the same groups. The amounts are what the default of 25 % means for two Pods. They are written so that server-side apply removes them when `replicas` goes
    // back to 1: Recreate is refused while they are there.
    strategy: hasSeveralPods(props)
      ? { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
      : { type: 'Recreate' },
    selector: { matchLabels: selectorLabels('operator') },
    template: {
      metadata: {
        labels: standardLabels('operator'),
        annotations: { 'kubectl.kubernetes.io/default-container': 'operator' },
      },
      spec: operatorPod({
        serviceAccount: PACKAGE.name,
        image: props.image ?? DEFAULT_IMAGE,
        imagePullSecrets: props.imagePullSecrets ?? [],
        credentialsSecret: props.vcenterObjectsOnly ? undefined : (vcenter.credentials?.secretName ?? 'vc-creds'),
        caConfigMap,
        environment: {
          VC_HOST: vcenter.host,
          VC_AUTH: vcenter.auth,
          VC_FOLDER: vcenter.folder,
          VC_FINGERPRINTS: fingerprints.length === 0 ? undefined : fingerprints.join(','),
        },
        resources: props.resources ?? {},
        args: flags(props),
      }),
    },
  };
}

function flags(props: VmOperatorProps): readonly string[] {
  const tasks = props.vcenter?.maxConcurrentTasks;
  return [
    'run',
    `--metrics-bind-address=:${METRICS_PORT.number}`,
    `--health-probe-bind-address=:${HEALTH_PORT.number}`,
    ...(props.secureMetrics ? ['--metrics-secure'] : []),
    // R6: also for one Pod, because a second one may come at any time, by kubectl scale or an overlay of kustomize.
    '--leader-elect',
    ...(props.vcenterObjectsOnly ? ['--vcenter-objects-only'] : []),
    ...(props.vcenter?.trust?._insecure ? ['--insecure'] : []),
    ...(tasks === undefined ? [] : [`--max-concurrent-tasks=${tasks}`]),
    ...(props.watchNamespaces === undefined ? [] : [`--watch-namespaces=${props.watchNamespaces.join(',')}`]),
    ...namespaceLimitFlags(props.namespaceLimits ?? {}),
    ...(props.logLevel === undefined ? [] : [`--log-level=${props.logLevel}`]),
    ...(props.args ?? []),
  ];
}

/** Labels that require the restricted profile of the Pods of a namespace. */
function restricted(...modes: readonly string[]): Record<string, string> {
  return Object.fromEntries(modes.map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']));
}
