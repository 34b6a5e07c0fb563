/** The templates of the Helm chart that hold what only some values bring along. */
import { ApiObject, JsonPatch } from 'cdk8s';
import { VCenterTrust } from '../src/constructs';
import { anOperator, childOf, each, type Manifest, template, when } from './helm-parts';

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

/** What the Prometheus operator reads. */
export function monitoringTemplate(): string {
  const document = (wanted: string, secureMetrics: boolean) =>
    template(
      (placeholders) => {
        const labels = placeholders.entries(
          '{{- range $name, $value := .Values.monitoring.labels }}',
          '{{ $name | quote }}: {{ $value | quote }}',
          '{{- end }}',
        );
        const operator = anOperator(placeholders, { secureMetrics, monitoring: { labels: { [labels]: '' } } });
        if (wanted === 'ServiceMonitor')
          childOf(operator, 'Monitoring', wanted).addJsonPatch(
            JsonPatch.replace('/spec/endpoints/0/interval', placeholders.word('.Values.monitoring.interval | quote')),
          );
        return operator;
      },
      ({ kind }) => kind === wanted,
    );
  return [
    '{{- if .Values.monitoring.enabled }}\n{{- if .Values.secureMetrics }}\n',
    document('ServiceMonitor', true),
    '{{- else }}\n',
    document('ServiceMonitor', false),
    '{{- end }}\n{{- if .Values.monitoring.alerts }}\n',
    document('PrometheusRule', false),
    '{{- end }}\n{{- end }}\n',
  ].join('');
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
