import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { METRICS_PORT } from './operator-pod';
import { PACKAGE, selectorLabels, standardLabels } from './standard-labels';
import type { VmOperatorMonitoring } from './vm-operator-props';

const API = 'monitoring.coreos.com/v1';

/** Monitoring of an operator in a namespace. */
export interface OperatorMonitoringProps extends VmOperatorMonitoring {
  readonly namespace: string;
  readonly secureMetrics: boolean;
}

/** ServiceMonitor and PrometheusRule, kinds of the Prometheus operator. */
export class OperatorMonitoring extends Construct {
  public constructor(scope: Construct, id: string, props: OperatorMonitoringProps) {
    super(scope, id);
    const metadata = {
      name: PACKAGE.name,
      namespace: props.namespace,
      labels: { ...standardLabels('operator'), ...props.labels },
    };
    new ApiObject(this, 'ServiceMonitor', {
      apiVersion: API,
      kind: 'ServiceMonitor',
      metadata,
      spec: {
        selector: { matchLabels: selectorLabels('operator') },
        endpoints: [
          {
            port: METRICS_PORT.name,
            interval: `${(props.interval ?? Duration.seconds(30)).toSeconds()}s`,
            // The operator makes its certificate at its start, so no authority can verify it. The token says who reads.
            ...(props.secureMetrics
              ? {
                  scheme: 'https',
                  bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
                  tlsConfig: { insecureSkipVerify: true },
                }
              : {}),
          },
        ],
      },
    });
    if (props.alerts === false) return;
    new ApiObject(this, 'Alerts', {
      apiVersion: API,
      kind: 'PrometheusRule',
      metadata,
      spec: { groups: [{ name: PACKAGE.name, rules: ALERTS }] },
    });
  }
}

const ALERTS = [
  alert('VmOperatorVcenterNotConnected', 'max by (vcenter) (vsphere_connected) == 0', '10m', {
    summary: 'The operator is not connected to vCenter',
    description:
      'Virtual machines keep running; nothing is changed or repaired. See /readyz and the log of the operator.',
  }),
  alert(
    'VmOperatorVcenterCertificateEnds',
    'min by (vcenter) (vsphere_certificate_expiry_timestamp_seconds) - time() < 14 * 86400',
    '1h',
    {
      summary: 'The certificate of a vCenter ends within 14 days',
      description: 'Renew it in vCenter. Where its fingerprint is pinned, pin the new one beside the old one first.',
    },
  ),
  alert('VmGroupReconcileErrors', 'sum(rate(controller_runtime_reconcile_errors_total[15m])) > 0', '30m', {
    summary: 'Reconciles of VmGroups keep failing',
    description: 'The log of the operator names the error and the VmGroup.',
  }),
];

function alert(name: string, expr: string, duration: string, annotations: Readonly<Record<string, string>>): object {
  return { alert: name, expr, for: duration, labels: { severity: 'warning' }, annotations };
}
