import { describe, expect, test } from 'vitest';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';
import { parseFlags } from './flags';

const refusal = (args: string[]): string => {
  try {
    parseFlags(args, false);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
};

describe('parseFlags', () => {
  test('has defaults that suit a Deployment', () => {
    expect(parseFlags([], false)).toEqual({
      metricsBindAddress: { port: 8080 },
      healthProbeBindAddress: { port: 8081 },
      metricsSecure: false,
      metricsCertPath: undefined,
      insecure: false,
      vcenterObjectsOnly: false,
      logLevel: 'info',
      logFormat: 'json',
      watchNamespaces: [],
      maxConcurrentTasks: 0,
      vsphereTransport: 'https',
      tenants: DEFAULT_TENANT_POLICY,
      leaderElect: false,
      leaseTimings: { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 },
      help: false,
    });
  });

  test.each([
    ['-insecure', { insecure: true }],
    ['--insecure', { insecure: true }],
    ['-metrics-addr=127.0.0.1:9090', { metricsBindAddress: { host: '127.0.0.1', port: 9090 } }],
    ['--metrics-addr=:9090', { metricsBindAddress: { port: 9090 } }],
    ['--metrics-bind-address=0', { metricsBindAddress: undefined }],
    ['--health-probe-bind-address=[::1]:1', { healthProbeBindAddress: { host: '::1', port: 1 } }],
    ['-enable-leader-election', { leaderElect: true }],
    ['--metrics-secure=true', { metricsSecure: true }],
    ['--leader-elect', { leaderElect: true }],
    ['--leader-elect=true', { leaderElect: true }],
    ['--leader-elect=false', { leaderElect: false }],
    ['--leader-elect-lease-duration=1m30s', { leaseTimings: { leaseDurationMs: 90_000 } }],
    ['--leader-elect-retry-period=500ms', { leaseTimings: { retryPeriodMs: 500 } }],
    ['--watch-namespaces=a, b', { watchNamespaces: ['a', 'b'] }],
  ])('takes %s', (argument, expected) => {
    expect(parseFlags([argument], false)).toMatchObject(expected);
  });

  test('writes text on a terminal', () => {
    expect(parseFlags([], true).logFormat).toBe('text');
  });

  test.each([
    [['--colour'], "Unknown option '--colour': see vm-operator run --help"],
    [['extra'], 'unexpected argument "extra": run takes flags only, see vm-operator run --help'],
    [['--log-level=loud'], '--log-level "loud": use debug, info, warn or error'],
    [['--log-format=xml'], '--log-format "xml": use json or text'],
    [['--metrics-bind-address=8080'], '--metrics-bind-address "8080": use host:port or :port, or 0 to turn it off'],
    [['--metrics-bind-address=:99999'], '--metrics-bind-address ":99999": use host:port or :port, or 0 to turn it off'],
    [['--max-concurrent-tasks=-1'], '--max-concurrent-tasks "-1": use a whole number from 0 to 500'],
    [['--max-concurrent-tasks=many'], '--max-concurrent-tasks "many": use a whole number from 0 to 500'],
    [['--leader-elect-retry-period=2'], '--leader-elect-retry-period "2": use a time such as 15s or 1m30s'],
    [
      ['--leader-elect-renew-deadline=15s'],
      '--leader-elect-*: the lease duration must be longer than the renew deadline',
    ],
    [['--watch-namespaces=A_b'], '--watch-namespaces "A_b": not a namespace name; give names separated by commas'],
  ])('refuses %j in one line with the remedy', (args, message) => {
    expect(refusal(args)).toBe(message);
  });
});
