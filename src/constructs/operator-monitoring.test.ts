import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { manifestsOf } from '../../test/support/builders/operator-chart';
import type { VmOperatorProps } from '.';

describe('monitoring', () => {
  const monitored = (props: VmOperatorProps) =>
    manifestsOf(props).filter(({ kind }) => kind === 'ServiceMonitor' || kind === 'PrometheusRule');

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

  test('is left out unless asked for, because it needs CRDs', () => {
    expect(monitored({})).toEqual([]);
  });
});
