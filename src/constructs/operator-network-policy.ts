import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { METRICS_PORT } from './operator-pod';
import { PACKAGE, selectorLabels, standardLabels } from './standard-labels';
import type { VmOperatorNetworkPolicy } from './vm-operator-props';

/** Network policy of an operator in a namespace. */
export interface OperatorNetworkPolicyProps {
  readonly namespace: string;
  /** What was asked for; undefined for the default. */
  readonly given: VmOperatorNetworkPolicy | undefined;
}

/**
 * Who may reach the operator's Pods, and whom they may reach. The default limits only what comes in, and the port of the
 * probes closes for all but the kubelet. What goes out cannot be limited without knowing the network: the address of the
 * API server cannot be selected, its port is any (443, 6443, 8443, 16443), and there may be a proxy on the way to vCenter.
 */
export class OperatorNetworkPolicy extends Construct {
  public constructor(scope: Construct, id: string, { namespace, given }: OperatorNetworkPolicyProps) {
    super(scope, id);
    const { metricsFromNamespaces } = given ?? {};
    new ApiObject(this, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: PACKAGE.name, namespace, labels: standardLabels('operator') },
      spec: {
        podSelector: { matchLabels: selectorLabels('operator') },
        policyTypes: given === undefined ? ['Ingress'] : ['Ingress', 'Egress'],
        ingress: [
          {
            ...(metricsFromNamespaces === undefined ? {} : { from: metricsFromNamespaces.map(namespacePeer) }),
            ports: [{ protocol: 'TCP', port: METRICS_PORT.name }],
          },
        ],
        ...(given === undefined ? {} : { egress: egress(given) }),
      },
    });
  }
}

function egress({ vcenterCidrs, vcenterPort = 443, apiServerPorts = [443, 6443] }: VmOperatorNetworkPolicy): object[] {
  return [
    { ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) },
    { ports: apiServerPorts.map((port) => ({ protocol: 'TCP', port })) },
    {
      ...(vcenterCidrs === undefined ? {} : { to: vcenterCidrs.map((cidr) => ({ ipBlock: { cidr } })) }),
      ports: [{ protocol: 'TCP', port: vcenterPort }],
    },
  ];
}

function namespacePeer(name: string): object {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}
