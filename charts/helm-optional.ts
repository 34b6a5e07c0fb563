/** The templates of the Helm chart that hold what only some values bring along. */
import { ApiObject, JsonPatch } from 'cdk8s';
import { MetricsMonitor, VCenterTrust, type VmOperator, type VmOperatorMonitoring } from '../src/constructs';
import { anOperator, childOf, each, type Manifest, template, when } from './helm-parts';
import type { Placeholders } from './helm-template';

/** A Role and its binding in each namespace that is served, where they are named, and one for events about VCenters. */
export function servedNamespacesTemplate(): string {
  const documents = template(
    (placeholders) =>
      // Within the range, `.` is the namespace.
      anOperator(placeholders, { watchNamespaces: [placeholders.word('. | quote')] }),
    isOfServedNamespace,
  );
  const events = template(
    (placeholders) => anOperator(placeholders, { watchNamespaces: ['served'] }),
    ({ metadata }) => metadata.name.endsWith('-vcenter-events'),
  );
  return [
    `{{- range uniq .Values.watchNamespaces }}\n${documents}{{- end }}\n`,
    `{{- if .Values.watchNamespaces }}\n${events}{{- end }}\n`,
  ].join('');
}

export function disruptionBudgetTemplate(): string {
  const document = template(
    (placeholders) => anOperator(placeholders, { replicas: 2 }),
    ({ kind }) => kind === 'PodDisruptionBudget',
  );
  return `{{- if gt (int .Values.replicas) 1 }}\n${document}{{- end }}\n`;
}

/** The Role and its binding in each namespace whose Secrets the operator may read for guest data. */
export function guestSecretsTemplate(): string {
  const document = template(
    (placeholders) => {
      // Within the range, `.` is an entry of the values.
      const operator = anOperator(placeholders, {
        guestSecrets: [{ namespace: placeholders.word('.namespace | quote') }],
      });
      const role = operator.node.findAll().find(({ node }) => node.id === 'Role' && isGuestSecrets(node.path));
      if (role === undefined) throw new Error('VmOperator has no Role for Secrets of guests');
      // An empty list is no restriction, as is none.
      ApiObject.of(role).addJsonPatch(
        JsonPatch.add('/rules/0/resourceNames', placeholders.word('toJson (.secretNames | default list)')),
      );
      return operator;
    },
    ({ metadata }) => metadata.name === GUEST_SECRETS,
  );
  return `{{- range .Values.guestSecrets }}\n${document}{{- end }}\n`;
}

/** The certificates of the authorities that vCenter's certificate is trusted by. */
export function authoritiesTemplate(): string {
  const document = template(
    (placeholders) => {
      const operator = anOperator(placeholders, {
        vcenter: { trust: VCenterTrust.authority('-----BEGIN CERTIFICATE-----') },
      });
      childOf(operator, 'VCenterAuthorities').addJsonPatch(
        JsonPatch.replace('/data/ca.crt', placeholders.word('.Values.vcenter.trust.caBundle | quote')),
      );
      return operator;
    },
    ({ kind }) => kind === 'ConfigMap',
  );
  return `{{- if .Values.vcenter.trust.caBundle }}\n${document}{{- end }}\n`;
}

/** For the account of Prometheus, where the metrics are secure. */
export function metricsReaderTemplate(): string {
  const document = template(
    // A ClusterRole has no namespace.
    (placeholders) => anOperator(placeholders, { secureMetrics: true, namespace: 'any' }),
    ({ metadata }) => metadata.name.endsWith('-metrics-reader'),
  );
  return `{{- if .Values.secureMetrics }}\n${document}{{- end }}\n`;
}

/** For `vm-operator why`, where the metrics are secure. */
export function decisionsReaderTemplate(): string {
  const documents = template(
    (placeholders) => anOperator(placeholders, { secureMetrics: true }),
    ({ metadata }) => /-(decisions|why)$/.test(metadata.name),
  );
  return `{{- if .Values.secureMetrics }}\n${documents}{{- end }}\n`;
}

/** What the Prometheus operator and Grafana read. */
export function monitoringTemplate(): string {
  const values = '.Values.monitoring';
  const monitor = (kind: MetricsMonitor, secureMetrics: boolean) =>
    monitoringDocument({ secureMetrics, monitor: kind, alerts: false }, kind, (placeholders, operator) => {
      const endpoints = kind === MetricsMonitor.POD_MONITOR ? 'podMetricsEndpoints' : 'endpoints';
      childOf(operator, 'Monitoring', kind).addJsonPatch(
        JsonPatch.replace(`/spec/${endpoints}/0/interval`, placeholders.word(`${values}.interval | quote`)),
      );
    });
  return [
    `{{- if and ${values}.enabled (eq ${values}.monitor "ServiceMonitor") }}\n{{- if .Values.secureMetrics }}\n`,
    monitor(MetricsMonitor.SERVICE_MONITOR, true),
    '{{- else }}\n',
    monitor(MetricsMonitor.SERVICE_MONITOR, false),
    `{{- end }}\n{{- end }}\n{{- if and ${values}.enabled (eq ${values}.monitor "PodMonitor") }}\n`,
    monitor(MetricsMonitor.POD_MONITOR, false),
    `{{- end }}\n{{- if and ${values}.enabled ${values}.alerts }}\n`,
    monitoringDocument({ monitor: MetricsMonitor.NONE }, 'PrometheusRule'),
    '{{- end }}\n',
  ].join('');
}

/** One object of the monitoring, with the labels of the values. */
function monitoringDocument(
  props: VmOperatorMonitoring & { readonly secureMetrics?: boolean },
  wanted: string,
  change: (placeholders: Placeholders, operator: VmOperator) => void = () => {},
): string {
  const { secureMetrics = false, ...monitoring } = props;
  return template(
    (placeholders) => {
      const labels = placeholders.entries(...entriesOf('.Values.monitoring.labels'));
      const operator = anOperator(placeholders, {
        secureMetrics,
        monitoring: { ...monitoring, labels: { [labels]: '' } },
      });
      change(placeholders, operator);
      return operator;
    },
    ({ kind }) => kind === wanted,
  );
}

/** The ConfigMap with the dashboard. It needs no CRD, so it goes without the rest of the monitoring. */
export function dashboardTemplate(): string {
  const values = '.Values.monitoring.dashboard';
  const document = template(
    (placeholders) => {
      const operator = anOperator(placeholders, {
        monitoring: {
          ...{ monitor: MetricsMonitor.NONE, alerts: false },
          dashboard: { labels: { [placeholders.entries(...entriesOf(`${values}.labels`))]: '' } },
        },
      });
      childOf(operator, 'Monitoring', 'Dashboard').addJsonPatch(
        JsonPatch.add('/metadata/annotations', placeholders.word(`toJson ${values}.annotations`)),
      );
      return operator;
    },
    ({ metadata }) => metadata.name.endsWith('-dashboard'),
  );
  return `{{- if ${values}.enabled }}\n${document}{{- end }}\n`;
}

/** An entry for each of a map of the values. */
function entriesOf(map: string): readonly string[] {
  return [`{{- range $name, $value := ${map} }}`, '{{ $name | quote }}: {{ $value | quote }}', '{{- end }}'];
}

/** The same choices as in OperatorNetworkPolicy. */
export function networkPolicyTemplate(): string {
  const values = '.Values.networkPolicy';
  const document = template(
    (placeholders) => {
      const operator = anOperator(placeholders, {});
      childOf(operator, 'NetworkPolicy', 'NetworkPolicy').addJsonPatch(
        JsonPatch.add('/spec/policyTypes/-', placeholders.lines(...when(`${values}.egress.enabled`, '- Egress'))),
        JsonPatch.add(
          '/spec/ingress/0/from',
          placeholders.text(
            each(
              `${values}.metricsFromNamespaces`,
              '{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":{{ $item | quote }}}}}',
            ),
          ),
        ),
        // Without the policy type Egress these have no effect.
        JsonPatch.add('/spec/egress', [
          { ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) },
          {
            ports: placeholders.text(each(`${values}.egress.apiServerPorts`, '{"protocol":"TCP","port":{{ $item }}}')),
          },
          {
            to: placeholders.text(each(`${values}.egress.vcenterCidrs`, '{"ipBlock":{"cidr":{{ $item | quote }}}}')),
            ports: [{ protocol: 'TCP', port: placeholders.word(`${values}.egress.vcenterPort`) }],
          },
        ]),
      );
      return operator;
    },
    ({ kind }) => kind === 'NetworkPolicy',
  );
  return `{{- if ${values}.enabled }}\n${document}{{- end }}\n`;
}

function isOfServedNamespace({ metadata }: Manifest): boolean {
  return metadata.name.endsWith('-groups');
}

/** Of the namespaces whose Secrets are read: the part of the construct's path that its namespace follows. */
function isGuestSecrets(path: string): boolean {
  return path.includes('/GuestSecrets-');
}

const GUEST_SECRETS = 'vm-operator-guest-secrets';
