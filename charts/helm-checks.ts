/** The template of the Helm chart that refuses values which cannot work, as the constructs do at synth. */
import { IMAGE_NAME } from '../src/constructs/image-name';
import { FLAG } from '../src/constructs/operator-flags';
import { VCENTER_HOST } from '../src/constructs/vcenter-host';

const NUMBER = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
/** An address of IPv4 and its length; of IPv6 the API server knows more. */
const BLOCK = `^(${NUMBER}(\\.${NUMBER}){3}/(3[0-2]|[12]?[0-9])|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$`;
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
    '{{- range .Values.args }}',
    ...unlessMatches(
      '.',
      FLAG,
      'printf "args is %q: give flags of vm-operator run as --flag or --flag=value, see vm-operator run --help" .',
    ),
    '{{- end }}',
    '{{- range .Values.networkPolicy.egress.vcenterCidrs }}',
    ...unlessMatches(
      '.',
      BLOCK,
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
      `and (or ${trust}.insecure (has "--insecure" .Values.args)) (or ${trust}.caBundle ${trust}.fingerprints)`,
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

function unlessMatches(value: string, pattern: string, sentence: string): readonly string[] {
  return refuse(`not (regexMatch \`${pattern}\` ${value})`, sentence);
}

function refuse(condition: string, sentence: string): readonly string[] {
  return [`{{- if ${condition} }}`, `{{- fail (${sentence}) }}`, '{{- end }}'];
}
