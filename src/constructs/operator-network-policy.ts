import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { METRICS_PORT } from './operator-pod';
import { PACKAGE, selectorLabels, standardLabels } from './standard-labels';
import type { VmOperatorNetworkPolicy } from './vm-operator-props';

/** Network policy of an operator in a namespace. */
export interface OperatorNetworkPolicyProps extends VmOperatorNetworkPolicy {
  readonly namespace: string;
}

/** The operator's Pods may reach vCenter, the API server and DNS only. They may be reached for metrics only. */
export class OperatorNetworkPolicy extends Construct {
  public constructor(scope: Construct, id: string, props: OperatorNetworkPolicyProps) {
    super(scope, id);
    const { namespace, vcenterCidrs, vcenterPort = 443, apiServerPorts = [443, 6443], metricsFromNamespaces } = props;
    new ApiObject(this, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: PACKAGE.name, namespace, labels: standardLabels('operator') },
      spec: {
        podSelector: { matchLabels: selectorLabels('operator') },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            ...(metricsFromNamespaces === undefined ? {} : { from: metricsFromNamespaces.map(namespacePeer) }),
            ports: [{ protocol: 'TCP', port: METRICS_PORT.name }],
          },
        ],
        egress: [
          { ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) },
          { ports: apiServerPorts.map((port) => ({ protocol: 'TCP', port })) },
          {
            ...(vcenterCidrs === undefined ? {} : { to: vcenterCidrs.map((cidr) => ({ ipBlock: { cidr } })) }),
            ports: [{ protocol: 'TCP', port: vcenterPort }],
          },
        ],
      },
    });
  }
}

function namespacePeer(name: string): object {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}
