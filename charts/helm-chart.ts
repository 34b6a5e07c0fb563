import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import { VCenterCredentials, VmOperator, VmOperatorCrds } from '../src/constructs';

/**
 * Placeholder for a template expression in the synthesized manifests. It is a valid name in Kubernetes, so synth accepts
 * it, and no manifest uses it for something else.
 */
const PLACEHOLDER = 'helm-template-expression';

/** Name of the chart, and version of the chart and of the operator. */
export interface HelmChartOptions {
  readonly name: string;
  readonly version: string;
}

/**
 * Writes a Helm chart with the manifests of `VmOperator` and `VmOperatorCrds` into a folder, which is replaced. The
 * manifests are synthesized as for `cdk8s synth`, with placeholders where values of the chart go. Then template
 * expressions replace the placeholders. The namespace is that of the release: `helm install --create-namespace`.
 */
export function writeHelmChart(folder: string, options: HelmChartOptions): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const placeholders = new Placeholders();
  const operator = manifestsOf((chart) => operatorWith(placeholders, chart));
  const crds = manifestsOf((chart) => new VmOperatorCrds(chart, 'Crds'));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('Chart.yaml', chartYaml(options));
  write('values.yaml', valuesYaml(options));
  write('values.schema.json', `${JSON.stringify(VALUES_SCHEMA, null, 2)}\n`);
  write('templates/operator.yaml', placeholders.replacedIn(asHelm(operator)));
  write('templates/crds.yaml', `{{- if .Values.crds }}\n${asHelm(crds)}{{- end }}\n`);
  write('templates/NOTES.txt', NOTES);
}

function manifestsOf(define: (chart: Construct) => void): readonly object[] {
  const chart = new Chart(new App(), 'helm');
  define(chart);
  return chart.toJson();
}

/** The manifests as YAML, with the labels of a Helm release. Double braces are escaped, because Helm would read them. */
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

/** The operator, with a placeholder wherever a value of the chart goes. */
function operatorWith(placeholders: Placeholders, scope: Construct): void {
  const operator = new VmOperator(scope, 'Operator', {
    crds: false,
    createNamespace: false,
    namespace: placeholders.word('.Release.Namespace'),
    image: placeholders.word('.Values.image | quote'),
    vcenter: { credentials: VCenterCredentials.fromSecretName(placeholders.word('.Values.credentialsSecret | quote')) },
  });
  const container = '/spec/template/spec/containers/0';
  ApiObject.of(operator.deployment).addJsonPatch(
    JsonPatch.replace('/spec/replicas', placeholders.word('.Values.replicas')),
    // The same choice as in VmOperator.
    JsonPatch.replace(
      '/spec/strategy',
      placeholders.word(
        'ternary `{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}` `{"type":"Recreate"}` ' +
          '(gt (int .Values.replicas) 1)',
      ),
    ),
    JsonPatch.replace(`${container}/resources`, placeholders.word('toJson .Values.resources')),
    JsonPatch.add(
      `${container}/args/-`,
      placeholders.lines(
        '{{- if gt (int .Values.replicas) 1 }}',
        '- --leader-elect',
        '{{- end }}',
        '{{- with .Values.namespaceLimits }}',
        '{{- if .allowMachineSources }}',
        '- --allow-machine-sources',
        '{{- end }}',
        '{{- with .folder }}',
        '- {{ printf "--namespace-folder=%s" . | quote }}',
        '{{- end }}',
        '{{- with .resourcePools }}',
        '- {{ printf "--namespace-pools=%s" (join "," .) | quote }}',
        '{{- end }}',
        '{{- with .adoptFromClusters }}',
        '- {{ printf "--adopt-from-clusters=%s" (join "," .) | quote }}',
        '{{- end }}',
        '{{- end }}',
        '{{- range .Values.args }}',
        '- {{ . | quote }}',
        '{{- end }}',
      ),
    ),
    JsonPatch.add(
      `${container}/env/-`,
      placeholders.lines(
        '{{- with .Values.vcenter.host }}',
        '- name: VC_HOST',
        '  value: {{ . | quote }}',
        '{{- end }}',
        '{{- with .Values.vcenter.folder }}',
        '- name: VC_FOLDER',
        '  value: {{ . | quote }}',
        '{{- end }}',
      ),
    ),
    JsonPatch.add('/spec/template/spec/imagePullSecrets', placeholders.word('toJson .Values.imagePullSecrets')),
  );
}

/** Placeholders, and the template expressions that replace them. */
class Placeholders {
  private readonly expressions: { readonly kind: 'Word' | 'Lines'; readonly text: string }[] = [];

  /** A placeholder for one value. */
  word(expression: string): string {
    return this.add('Word', `{{ ${expression} }}`);
  }

  /** A placeholder for an item of a list. The lines that replace it may make no item, or several. */
  lines(...lines: readonly string[]): string {
    return this.add('Lines', lines.join('\n'));
  }

  private add(kind: 'Word' | 'Lines', text: string): string {
    this.expressions.push({ kind, text });
    return placeholder(this.expressions.length);
  }

  /** The text with its expressions. Throws if a placeholder is missing: its value would have no effect. */
  replacedIn(text: string): string {
    return this.expressions.reduce((done, { kind, text: expression }, index) => {
      const found = placeholder(index + 1);
      if (!done.includes(found)) throw new Error(`the Helm chart has no place for ${expression}`);
      return kind === 'Word'
        ? done.replaceAll(found, expression)
        : done.replace(new RegExp(`^( *)- ${found}$`, 'gm'), (_line, indent: string) =>
            expression.replace(/^/gm, indent),
          );
    }, text);
  }
}

function placeholder(number: number): string {
  return `${PLACEHOLDER}-${number}-end`;
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

# Pull secrets of the image, such as [{name: registry}].
imagePullSecrets: []

# Number of operator Pods. With more than one they elect a leader.
replicas: 1

# Secret in the namespace of the release, with VC_USER and VC_PASS, and with VC_HOST unless vcenter.host is given.
credentialsSecret: vc-creds

vcenter:
  # Host name, host:port or URL of the vCenter. If empty, the key VC_HOST of the Secret counts.
  host: ""
  # VM folder that holds the groups' folders, made if missing. If clusters share the vCenter: vm-operator/$(cluster).
  # If empty, vm-operator.
  folder: ""

# What the authors of VmGroups may do in vCenter; see "Limits of namespaces" in docs/operating.md.
namespaceLimits:
  # Folder of each namespace, such as tenants/$(namespace). If empty, a group may name any folder.
  folder: ""
  # Resource pools of each namespace, such as [tenants/$(namespace)]. If empty, a group may name any pool.
  resourcePools: []
  # Whether a group may be cloned from a machine that is no template.
  allowMachineSources: false
  # Ids of other clusters whose operators are stopped for good: groups may adopt their machines.
  adoptFromClusters: []

# More flags of vm-operator run, such as [--insecure] for a test vCenter.
args: []

resources:
  requests:
    cpu: 50m
    memory: 128Mi
  limits:
    memory: 256Mi

# Whether the CRD is installed. It stays when the release is uninstalled.
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
    vcenter: {
      type: 'object',
      additionalProperties: false,
      properties: { host: { type: 'string' }, folder: { type: 'string' } },
    },
    namespaceLimits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        folder: { type: 'string' },
        resourcePools: { type: 'array', items: { type: 'string', minLength: 1 } },
        allowMachineSources: { type: 'boolean' },
        adoptFromClusters: { type: 'array', items: { type: 'string', minLength: 1 } },
      },
    },
    args: { type: 'array', items: { type: 'string' } },
    resources: { type: 'object' },
    crds: { type: 'boolean' },
  },
};

const NOTES = `The operator waits for the Secret with its vCenter account:

  kubectl -n {{ .Release.Namespace }} create secret generic {{ .Values.credentialsSecret }} \\
    --from-literal=VC_HOST=vcenter.example.com --from-literal=VC_USER=... --from-literal=VC_PASS=...
`;
