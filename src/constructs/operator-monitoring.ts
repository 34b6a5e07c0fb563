import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { operatorDashboard } from '../../imports/operator-dashboard';
import { alertRules } from './operator-alerts';
import { METRICS_PORT } from './operator-pod';
import { PACKAGE, selectorLabels, standardLabels } from './standard-labels';
import { MetricsMonitor, type VmOperatorMonitoring } from './vm-operator-props';

const API = 'monitoring.coreos.com/v1';

/** Monitoring of an operator in a namespace. */
export interface OperatorMonitoringProps extends VmOperatorMonitoring {
  readonly namespace: string;
  readonly secureMetrics: boolean;
}

/** ServiceMonitor or PodMonitor, and PrometheusRule, kinds of the Prometheus operator; and the dashboard. */
export class OperatorMonitoring extends Construct {
  public constructor(scope: Construct, id: string, props: OperatorMonitoringProps) {
    super(scope, id);
    const { namespace } = props;
    const labels = standardLabels('operator');
    const metadata = { name: PACKAGE.name, namespace, labels: { ...labels, ...props.labels } };
    const monitor = props.monitor ?? MetricsMonitor.SERVICE_MONITOR;
    if (monitor !== MetricsMonitor.NONE) {
      new ApiObject(this, monitor, { apiVersion: API, kind: monitor, metadata, spec: monitorSpec(monitor, props) });
    }
    if (props.alerts ?? true) {
      new ApiObject(this, 'Alerts', {
        apiVersion: API,
        kind: 'PrometheusRule',
        metadata,
        spec: { groups: [{ name: PACKAGE.name, rules: alertRules() }] },
      });
    }
    if (props.dashboard !== undefined) {
      const { labels: selectedBy = { grafana_dashboard: '1' }, annotations } = props.dashboard;
      new ApiObject(this, 'Dashboard', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          ...{ name: `${PACKAGE.name}-dashboard`, namespace },
          ...{ labels: { ...labels, ...selectedBy }, ...(annotations && { annotations }) },
        },
        // Grafana gives a file without an id a new one; its uid keeps links to it.
        data: { [`${PACKAGE.name}.json`]: JSON.stringify(operatorDashboard, null, 1) },
      });
    }
  }
}

function monitorSpec(monitor: MetricsMonitor, { interval, secureMetrics }: OperatorMonitoringProps): object {
  const endpoint = {
    port: METRICS_PORT.name,
    // The Prometheus operator gives each target the label namespace, of the Pod. A metric that has it itself, of a VmGroup's
    // namespace, keeps its own; see test/integration/monitoring.
    honorLabels: true,
    interval: `${(interval ?? Duration.seconds(30)).toSeconds()}s`,
    // The operator makes its certificate at its start, so no authority can verify it. The token says who reads. A
    // PodMonitor cannot name the file with the token; see problemsOfVmOperator.
    ...(secureMetrics && {
      scheme: 'https',
      bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      tlsConfig: { insecureSkipVerify: true },
    }),
  };
  const endpoints = monitor === MetricsMonitor.POD_MONITOR ? 'podMetricsEndpoints' : 'endpoints';
  return { selector: { matchLabels: selectorLabels('operator') }, [endpoints]: [endpoint] };
}
