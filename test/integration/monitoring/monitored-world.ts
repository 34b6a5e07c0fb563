/** A real operator of two vCenters under the eyes of a real Prometheus with our rules. */

import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, onTestFailed, onTestFinished } from 'vitest';
import { ALERTS } from '../../../src/constructs/operator-alerts';
import { findPrometheus } from '../../envtest/binaries/prometheus';
import { openTcpGate, type TcpGate, targetOf } from '../../envtest/proxies/tcp-gate';
import { startVCenterProxy, type VCenterProxy } from '../../envtest/proxies/vcenter-proxy';
import {
  freePort,
  type OperatorProcess,
  type Prometheus,
  serviceAccountKubeconfig,
  startPrometheus,
} from '../../envtest/real-parts';
import { manifestsOf } from '../../support/builders/operator-chart';
import { Installation } from '../installation';
import { addNamespace, applyObject, vcenterManifest } from '../vcenter-manifests';
import { hurriedRule } from './hurried';

const forever = new AbortController().signal;
/** In the simulator every task has this user name, and the operator recognizes its own clones by the user name. */
const ACCOUNT = { user: 'vcsim', password: 'only-for-the-simulator' };
/** A clone lasts so long that others wait for it, and powering off so long that it is overdue, which is after 30 s. */
const DELAYS_MS = { CloneVm: 1_200, PowerOff: 38_000 };
const FLAGS = [
  ...['--vcenter-objects-only', '--leader-elect', '--max-concurrent-tasks=1'],
  ...['--leader-elect-lease-duration=12s', '--leader-elect-renew-deadline=11s', '--leader-elect-retry-period=1s'],
];

export class MonitoredWorld {
  private constructor(
    readonly here: Installation,
    /** In front of vCenter east. Its certificate is valid for a day. */
    readonly proxy: VCenterProxy,
    /** In front of the API server. */
    readonly gate: TcpGate,
    readonly prometheus: Prometheus,
    private readonly metricsAddress: string,
    readonly fromSeconds: number,
  ) {}

  /** Everything but the operator. All ends with the test. */
  static async start(): Promise<MonitoredWorld> {
    const here = await Installation.start(inject('binaries'), { ...ACCOUNT, delaysMs: DELAYS_MS });
    const proxy = await startVCenterProxy(here.vcsim);
    onTestFinished(() => proxy.stop());
    const gate = await openTcpGate(targetOf(here.server.url));
    onTestFinished(() => gate.close());
    const address = `127.0.0.1:${await freePort()}`;
    const program = await findPrometheus(process.env, forever);
    const ruleGroups = [{ name: 'hurried', rules: ALERTS.map(hurriedRule) }];
    const monitor = { namespace: here.facts.namespace, ...serviceMonitorEndpoint() };
    const prometheus = await startPrometheus({ program, targets: [address], monitor, ruleGroups }, forever);
    onTestFinished(() => prometheus.stop());
    onTestFailed(() => {
      process.stderr.write(`The last lines of Prometheus:\n${prometheus.log.last(10)}\n`);
    });
    await addNamespace(here, 'shop', 'east');
    return new MonitoredWorld(here, proxy, gate, prometheus, address, Date.now() / 1_000);
  }

  /** An operator with the same address for its metrics each time. */
  async operator(): Promise<OperatorProcess> {
    const { namespace, serviceAccount: name } = this.here.facts;
    // In a folder of its own: the one of the server has a kubeconfig that leads past the gate.
    const folder = await mkdtemp(path.join(this.here.server.folder, 'gate-'));
    const server = { ...this.here.server, folder, url: `https://${this.gate.host}` };
    const kubeconfig = await serviceAccountKubeconfig(server, { namespace, name }, forever);
    return this.here.unreadyOperator({
      kubeconfig,
      flags: [...FLAGS, '--metrics-bind-address', this.metricsAddress],
      environment: { POD_NAMESPACE: namespace },
    });
  }

  /** Kills the operator, and starts it again. Prometheus has seen that it was gone, and has read the new process. */
  async restart(operator: OperatorProcess): Promise<OperatorProcess> {
    const untilUp = (wanted: number) =>
      this.here.until(`up is ${wanted}`, async () => {
        const [up] = await this.prometheus.query('up', forever);
        return up?.value === wanted ? [] : [`it is ${up?.value}`];
      });
    await operator.kill();
    await untilUp(0);
    const next = await this.operator();
    await untilUp(1);
    return next;
  }

  /** vCenter east with these limits: through the proxy, or itself, whose certificate is valid for long. */
  async addEast(by: 'Proxy' | 'Itself', limits: object): Promise<void> {
    const vcsim = by === 'Proxy' ? this.proxy.vcsim : this.here.vcsim;
    await applyObject(this.here, await vcenterManifest('east', vcsim, { limits }));
  }

  /** Waits until the alert fires. */
  fires(alert: string): Promise<void> {
    return this.here.until(`${alert} fires`, async () => ((await this.firing()).has(alert) ? [] : ['it does not']));
  }

  /** Waits until none of these alerts fires. */
  end(...alerts: readonly string[]): Promise<void> {
    return this.here.until(`${alerts.join(', ')} ended`, async () => {
      const firing = await this.firing();
      return alerts.filter((alert) => firing.has(alert)).map((alert) => `${alert} fires`);
    });
  }

  /** Names of the alerts that fire now. */
  async firing(): Promise<ReadonlySet<string>> {
    const found = await this.prometheus.query('ALERTS{alertstate="firing"}', forever);
    return new Set(found.map(({ labels }) => labels.alertname ?? ''));
  }

  /** Waits until the alert has fired at some time. */
  hasFired(alert: string): Promise<void> {
    return this.here.until(`${alert} fired`, async () => ((await this.fired()).has(alert) ? [] : ['it did not']));
  }

  /** Names of the alerts that fired at any time. */
  async fired(): Promise<ReadonlySet<string>> {
    const found = await this.range('ALERTS{alertstate="firing"}');
    return new Set(found.map(({ labels }) => labels.alertname ?? ''));
  }

  /** A query over the time of the world, at each second. */
  range(expr: string) {
    const span = { fromSeconds: this.fromSeconds, toSeconds: Date.now() / 1_000, stepSeconds: 1 };
    return this.prometheus.queryRange(expr, span, forever);
  }

  async running(name: string): Promise<void> {
    await this.here.until(`${name} RUNNING`, async () => {
      const { metadata, status } = JSON.parse(await this.here.run('get', 'vg', name, '-n', 'shop', '-o', 'json'));
      return status?.phase === 'RUNNING' && status.observedGeneration === metadata.generation
        ? []
        : [`${status?.phase}: ${status?.lastMessage}`];
    });
  }

  /** The operator may write no status while `work` runs. */
  async withoutRightToStatus(work: () => Promise<void>): Promise<void> {
    this.here.deniesOnPurpose(/^patch .*\/status\?/);
    const role = JSON.parse(await this.here.run('get', 'clusterrole', this.here.facts.serviceAccount, '-o', 'json'));
    const file = path.join(this.here.server.folder, 'role.json');
    const replace = async (rules: readonly { readonly resources?: readonly string[] }[]) => {
      const { resourceVersion: _, ...metadata } = role.metadata;
      await writeFile(file, JSON.stringify({ ...role, metadata, rules }));
      await this.here.run('replace', '-f', file);
    };
    const rules: { resources?: string[] }[] = role.rules;
    await replace(
      rules
        .map((rule) => ({
          ...rule,
          ...(rule.resources && { resources: rule.resources.filter((name) => name !== 'vmgroups/status') }),
        }))
        .filter((rule) => rule.resources?.length !== 0),
    );
    await work();
    await replace(rules);
  }
}

/** What the construct's ServiceMonitor says of the metrics. */
function serviceMonitorEndpoint(): { readonly port: string; readonly honorLabels?: boolean } {
  const monitor = manifestsOf({ monitoring: {} }).find(({ kind }) => kind === 'ServiceMonitor');
  const spec = monitor?.spec as { readonly endpoints?: readonly { port: string; honorLabels?: boolean }[] } | undefined;
  return spec?.endpoints?.[0] ?? expect.unreachable('the ServiceMonitor has an endpoint');
}
