/** The template of the Helm chart that refuses values which cannot work, as the constructs do at synth. */
import { ADDRESS_BLOCK } from '../src/constructs/address-block';
import { IMAGE_NAME } from '../src/constructs/image-name';
import { FOLDER_BELOW_VM_FOLDER, LIMIT_RULES } from '../src/constructs/prop-rules';
import { VCENTER_HOST } from '../src/constructs/vcenter-host';
import { flagChecks } from './helm-flags';
import { refuse, unlessFollows, unlessMatches } from './helm-rules';

const FINGERPRINT = '^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$';

/** It writes nothing. `fail` ends Helm with one sentence. */
export function checksTemplate(): string {
  const trust = '.Values.vcenter.trust';
  return [
    ...unlessMatches(
      '.Values.image',
      IMAGE_NAME,
      'printf "image is %q: give the name of a container image, such as registry.example.com/vm-operator:1" .Values.image',
    ),
    // R10: a host that is refused may have an account in it, so it is not shown.
    '{{- if .Values.vcenter.host }}',
    ...unlessMatches(
      '.Values.vcenter.host',
      VCENTER_HOST,
      '"vcenter.host is not usable: give a host name, host:port or URL, such as https://vcenter.example.com/sdk, without an account"',
    ),
    '{{- end }}',
    ...refuse(
      'contains "@" .Values.proxy.url',
      '"proxy.url has an account in it: put such a URL into a Secret, and name that in env, as variable HTTPS_PROXY"',
    ),
    '{{- with $folder := .Values.vcenter.folder }}',
    ...unlessFollows(FOLDER_BELOW_VM_FOLDER, 'vcenter.folder', '$folder'),
    '{{- end }}',
    ...flagChecks(),
    ...namespaceLimitChecks(),
    '{{- range .Values.networkPolicy.egress.vcenterCidrs }}',
    ...unlessMatches(
      '.',
      ADDRESS_BLOCK,
      'printf "networkPolicy.egress.vcenterCidrs is %q: give an address and the length of its prefix, such as 10.0.0.5/32" .',
    ),
    '{{- end }}',
    `{{- range ${trust}.fingerprints }}`,
    ...unlessMatches(
      '.',
      FINGERPRINT,
      'printf "vcenter.trust.fingerprints is %q: give SHA-256 fingerprints, 32 pairs of hex digits with colons between them" .',
    ),
    '{{- end }}',
    ...refuse(
      `and ${trust}.caBundle (not (contains "-----BEGIN CERTIFICATE-----" ${trust}.caBundle))`,
      '"vcenter.trust.caBundle holds no certificate: give PEM text, with -----BEGIN CERTIFICATE-----"',
    ),
    ...refuse(
      `and (or ${trust}.insecure $insecure) (or ${trust}.caBundle ${trust}.fingerprints)`,
      '"vcenter.trust.insecure contradicts caBundle and fingerprints: leave one of them out"',
    ),
    ...refuse(
      'and .Values.secureMetrics .Values.monitoring.enabled (eq .Values.monitoring.monitor "PodMonitor")',
      '"monitoring.monitor is PodMonitor, and secureMetrics is true: a PodMonitor cannot name the token of Prometheus, so leave one of them out"',
    ),
    // What belongs to the vCenter of the environment.
    ...refuse(
      `and .Values.vcenterObjectsOnly (or .Values.vcenter.host .Values.vcenter.folder ${trust}.insecure ` +
        `${trust}.caBundle ${trust}.fingerprints)`,
      '"vcenterObjectsOnly is true: leave out vcenter.host, vcenter.folder and vcenter.trust, or set it to false. A VCenter has its own"',
    ),
    '{{- range .Values.env }}',
    ...refuse(
      'or (hasPrefix "VC_" .name) (eq .name "POD_NAMESPACE")',
      'printf "env has %s: the values vcenter and credentialsSecret say what the chart sets there" .name',
    ),
    ...refuse(
      'and $.Values.proxy.url (has (upper .name) (list "HTTPS_PROXY" "NO_PROXY"))',
      'printf "env has %s, and proxy.url is set: leave one of them out" .name',
    ),
    '{{- end }}',
    '{{- $names := list }}{{- range .Values.guestSecrets }}',
    ...refuse(
      'has .namespace $names',
      'printf "guestSecrets has namespace %q twice: put all secretNames into one entry" .namespace',
    ),
    '{{- $names = append $names .namespace }}{{- end }}',
    '',
  ].join('\n');
}

function namespaceLimitChecks(): readonly string[] {
  const { folder, ...lists } = LIMIT_RULES;
  return [
    '{{- with $folder := .Values.namespaceLimits.folder }}',
    ...unlessFollows(folder, 'namespaceLimits.folder', '$folder'),
    '{{- end }}',
    ...Object.entries(lists).flatMap(([name, rule]) => [
      `{{- range $given := .Values.namespaceLimits.${name} }}`,
      ...unlessFollows(rule, `namespaceLimits.${name}`, '$given'),
      '{{- end }}',
    ]),
  ];
}
