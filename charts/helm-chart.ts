import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import { VCenterCredentials, VmOperator, VmOperatorCrds } from '../src/constructs';

/** Stands in the synthesized manifests where a template expression comes; a valid name of Kubernetes, and rare. */
const MARK = 'helm-template-expression';

/** What the chart is called, and which operator it installs. */
export interface HelmChartOptions {
  readonly name: string;
  readonly version: string;
}

/**
 * Writes a Helm chart with the manifests of `VmOperator` and `VmOperatorCrds` into a folder, which is replaced. The
 * manifests are synthesized as for `cdk8s synth`, with marks at the places that values can change, and the marks become
 * template expressions. The namespace is the release's: `helm install --create-namespace`.
 */
export function writeHelmChart(folder: string, options: HelmChartOptions): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const marks = new Marks();
  const operator = manifestsOf((chart) => markedOperator(chart, marks));
  const crds = manifestsOf((chart) => new VmOperatorCrds(chart, 'Crds'));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('Chart.yaml', chartYaml(options));
  write('values.yaml', valuesYaml(options));
  write('values.schema.json', `${JSON.stringify(VALUES_SCHEMA, null, 2)}\n`);
  write('templates/operator.yaml', marks.replaced(asHelm(operator)));
  write('templates/crds.yaml', `{{- if .Values.crds }}\n${asHelm(crds)}{{- end }}\n`);
  write('templates/NOTES.txt', NOTES);
}

function manifestsOf(define: (chart: Construct) => void): readonly object[] {
  const chart = new Chart(new App(), 'helm');
  define(chart);
  return chart.toJson();
}

/** As YAML, by a release of Helm and not of cdk8s. Braces that Helm would read are written as text. */
function asHelm(manifests: readonly object[]): string {
  return manifests
    .map((manifest) => `---\n${Yaml.stringify(manifest)}`)
    .join('')
    .replaceAll('{{', '{{ "{{" }}')
    .replaceAll('app.kubernetes.io/managed-by: cdk8s', 'app.kubernetes.io/managed-by: {{ .Release.Service }}')
    .replace(
      /^(\s*)(app\.kubernetes\.io\/managed-by: .*)$/gm,
      '$1$2\n$1app.kubernetes.io/instance: {{ .Release.Name }}',
    );
}

/** The operator with a mark wherever a value can change it. */
function markedOperator(scope: Construct, marks: Marks): void {
  const operator = new VmOperator(scope, 'Operator', {
    crds: false,
    createNamespace: false,
    namespace: marks.word('.Release.Namespace'),
    image: marks.word('.Values.image | quote'),
    vcenter: { credentials: VCenterCredentials.fromSecretName(marks.word('.Values.credentialsSecret | quote')) },
  });
  const container = '/spec/template/spec/containers/0';
  ApiObject.of(operator.deployment).addJsonPatch(
    JsonPatch.replace('/spec/replicas', marks.word('.Values.replicas')),
    // As VmOperator does for its props.
    JsonPatch.replace(
      '/spec/strategy',
      marks.word(
        'ternary `{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}` `{"type":"Recreate"}` ' +
          '(gt (int .Values.replicas) 1)',
      ),
    ),
    JsonPatch.replace(`${container}/resources`, marks.word('toJson .Values.resources')),
    JsonPatch.add(
      `${container}/args/-`,
      marks.lines(
        '{{- if gt (int .Values.replicas) 1 }}',
        '- --leader-elect',
        '{{- end }}',
        '{{- range .Values.args }}',
        '- {{ . | quote }}',
        '{{- end }}',
      ),
    ),
    JsonPatch.add(
      `${container}/env/-`,
      marks.lines('{{- with .Values.vcenter.host }}', '- name: VC_HOST', '  value: {{ . | quote }}', '{{- end }}'),
    ),
    JsonPatch.add('/spec/template/spec/imagePullSecrets', marks.word('toJson .Values.imagePullSecrets')),
  );
}

/** Marks and what becomes of them. */
class Marks {
  private readonly expressions: { readonly kind: 'Word' | 'Lines'; readonly text: string }[] = [];

  /** For a place that takes one expression. */
  word(expression: string): string {
    return this.mark('Word', `{{ ${expression} }}`);
  }

  /** For an item of a list that whole lines, of none or several items, take the place of. */
  lines(...lines: readonly string[]): string {
    return this.mark('Lines', lines.join('\n'));
  }

  private mark(kind: 'Word' | 'Lines', text: string): string {
    this.expressions.push({ kind, text });
    return `${MARK}-${this.expressions.length}-end`;
  }

  /** The text with expressions for marks. Throws if one is not there: a value would have no effect. */
  replaced(text: string): string {
    return this.expressions.reduce((done, { kind, text: expression }, index) => {
      const mark = `${MARK}-${index + 1}-end`;
      if (!done.includes(mark)) throw new Error(`the Helm chart has no place for ${expression}`);
      return kind === 'Word'
        ? done.replaceAll(mark, expression)
        : done.replace(new RegExp(`^( *)- ${mark}$`, 'gm'), (_line, indent: string) =>
            expression.replace(/^/gm, indent),
          );
    }, text);
  }
}

function chartYaml({ name, version }: HelmChartOptions): string {
  return Yaml.stringify({
    apiVersion: 'v2',
    name,
    description: 'Declarative virtual machine groups on plain vCenter',
    type: 'application',
    version,
    appVersion: version,
    kubeVersion: '>=1.30.0-0',
  });
}

function valuesYaml({ name, version }: HelmChartOptions): string {
  return `# Container image of the operator, with a tag or digest.
image: ${name}:${version}

# Secrets by which the image is pulled, such as [{name: registry}].
imagePullSecrets: []

# How many operators run. With more than one they elect a leader.
replicas: 1

# Secret in the release's namespace with VC_USER and VC_PASS, and VC_HOST unless vcenter.host is given.
credentialsSecret: vc-creds

vcenter:
  # Host name, host:port or URL. Empty: the key VC_HOST of the Secret.
  host: ""

# Further flags of vm-operator run, such as [--insecure] for a test vCenter.
args: []

resources:
  requests:
    cpu: 50m
    memory: 128Mi
  limits:
    memory: 256Mi

# Whether the CRDs come along. They stay when the release is uninstalled.
crds: true
`;
}

const VALUES_SCHEMA = {
  $schema: 'https://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: {
    global: { type: 'object' },
    image: { type: 'string', minLength: 1 },
    imagePullSecrets: { type: 'array', items: { type: 'object', required: ['name'] } },
    replicas: { type: 'integer', minimum: 0 },
    credentialsSecret: { type: 'string', minLength: 1 },
    vcenter: { type: 'object', additionalProperties: false, properties: { host: { type: 'string' } } },
    args: { type: 'array', items: { type: 'string' } },
    resources: { type: 'object' },
    crds: { type: 'boolean' },
  },
};

const NOTES = `The operator waits for its account:

  kubectl -n {{ .Release.Namespace }} create secret generic {{ .Values.credentialsSecret }} \\
    --from-literal=VC_HOST=vcenter.example.com --from-literal=VC_USER=... --from-literal=VC_PASS=...
`;
