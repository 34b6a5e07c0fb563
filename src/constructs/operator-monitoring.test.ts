import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { operatorDashboard } from '../../imports/operator-dashboard';
import { manifestsOf } from '../../test/support/builders/operator-chart';
import { MetricsMonitor, type VmOperatorProps } from '.';
import { ALERTS, type AlertRule } from './operator-alerts';

describe('monitoring', () => {
  const monitored = (props: VmOperatorProps) =>
    manifestsOf(props).filter(
      ({ kind, metadata }) => /Monitor$|^PrometheusRule$/.test(kind) || metadata.name.endsWith('-dashboard'),
    );

  test('makes a ServiceMonitor of the metrics Service, and alerts', () => {
    const [monitor, rules] = monitored({ monitoring: { interval: Duration.minutes(1), labels: { release: 'prom' } } });
    expect(monitor).toMatchObject({
      metadata: { labels: { release: 'prom' } },
      spec: { endpoints: [{ port: 'metrics', interval: '60s' }] },
    });
    expect(rules?.kind).toBe('PrometheusRule');
  });

  test('reads secure metrics as the account of Prometheus', () => {
    expect(monitored({ monitoring: { alerts: false }, secureMetrics: true })).toMatchObject([
      { spec: { endpoints: [{ scheme: 'https', bearerTokenFile: expect.stringContaining('serviceaccount/token') }] } },
    ]);
  });

  test('makes a PodMonitor instead, or neither', () => {
    expect(monitored({ monitoring: { monitor: MetricsMonitor.POD_MONITOR, alerts: false } })).toMatchObject([
      { kind: 'PodMonitor', spec: { podMetricsEndpoints: [{ port: 'metrics', interval: '30s' }] } },
    ]);
    expect(monitored({ monitoring: { monitor: MetricsMonitor.NONE, alerts: false } })).toEqual([]);
  });

  test('each alert says what is wrong, how bad it is, and where its section is', () => {
    const [rules] = monitored({ monitoring: { monitor: MetricsMonitor.NONE } });
    interface RuleGroups {
      readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
    }
    const alerts = ((rules?.spec ?? { groups: [] }) as RuleGroups).groups.flatMap((group) => group.rules);
    expect(alerts.map(({ alert }) => alert)).toEqual(ALERTS.map(({ alert }) => alert));
    for (const { alert, labels, annotations } of alerts) {
      expect(labels).toEqual({ severity: expect.stringMatching(/^(critical|warning)$/) });
      expect(annotations).toEqual({
        ...{ summary: expect.any(String), description: expect.any(String) },
        runbook_url: `docs/troubleshooting.md#${alert.toLowerCase()}`,
      });
    }
  });

  test('puts the dashboard where the sidecar of Grafana finds it', () => {
    const only = { monitor: MetricsMonitor.NONE, alerts: false };
    const [dashboard, ...others] = monitored({ monitoring: { ...only, dashboard: {} } });
    expect(others).toEqual([]);
    expect(dashboard).toMatchObject({
      kind: 'ConfigMap',
      metadata: { namespace: 'codeconnect-vm-operator-system', labels: { grafana_dashboard: '1' } },
    });
    const [[file, text = ''] = []] = Object.entries(dashboard?.data as Record<string, string>);
    expect(file).toBe('codeconnect-vm-operator.json');
    expect(JSON.parse(text)).toEqual(operatorDashboard);
    const given = { labels: { dashboards: 'yes' }, annotations: { grafana_folder: 'Machines' } };
    const [chosen] = monitored({ monitoring: { ...only, dashboard: given } });
    expect(chosen?.metadata).toMatchObject(given);
    expect(chosen).not.toHaveProperty('metadata.labels.grafana_dashboard');
  });

  test.each([MetricsMonitor.SERVICE_MONITOR, MetricsMonitor.POD_MONITOR])(
    'a metric keeps its label namespace beside the one that the Prometheus operator gives each target: %s',
    (monitor) => {
      const endpoint = [expect.objectContaining({ honorLabels: true })];
      const endpoints =
        monitor === MetricsMonitor.POD_MONITOR ? { podMetricsEndpoints: endpoint } : { endpoints: endpoint };
      expect(monitored({ monitoring: { monitor, alerts: false } })).toMatchObject([{ kind: monitor, spec: endpoints }]);
    },
  );

  test('is left out unless asked for, because it needs CRDs', () => {
    expect(monitored({})).toEqual([]);
  });
});
