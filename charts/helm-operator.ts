/** The templates of the Helm chart that hold the operator: each is synthesized with placeholders where values go. */
import { ApiObject, App, Chart, JsonPatch, Yaml } from 'cdk8s';
import { VCenterCredentials, VmOperator, type VmOperatorProps } from '../src/constructs';
import { asHelm, Placeholders } from './helm-template';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly object[];
}

/** All that is there with any values. */
export function operatorTemplate(): string {
  const document = template((placeholders) => {
    const operator = anOperator(placeholders, {
      networkPolicy: { enabled: false },
      image: placeholders.word('.Values.image | quote'),
      vcenter: { credentials: VCenterCredentials.fromSecretName(CREDENTIALS_SECRET) },
    });
    const container = '/spec/template/spec/containers/0';
    const { containers, volumes } = operator.deployment.toJson().spec.template.spec;
    const [{ env, volumeMounts }] = containers;
    const unlessObjectsOnly = (path: string, item: object) =>
      JsonPatch.replace(
        path,
        placeholders.lines('{{- if not .Values.vcenterObjectsOnly }}', itemWithSecret(item), '{{- end }}'),
      );
    ApiObject.of(operator.deployment).addJsonPatch(
      unlessObjectsOnly(`${container}/env/0`, env[0]),
      unlessObjectsOnly(`${container}/volumeMounts/0`, volumeMounts[0]),
      unlessObjectsOnly('/spec/template/spec/volumes/0', volumes[0]),
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
          '{{- if .Values.vcenterObjectsOnly }}',
          '- --vcenter-objects-only',
          '{{- end }}',
          '{{- with .Values.watchNamespaces }}',
          '- --watch-namespaces={{ join "," . }}',
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
    const [some, all] = [clusterRules({ watchNamespaces: ['served'] }), clusterRules({})].map((rules) =>
      Yaml.stringify(rules).trimEnd(),
    );
    childOf(operator, 'Access', 'ClusterRole').addJsonPatch(
      JsonPatch.replace('/rules', [
        placeholders.lines('{{- if .Values.watchNamespaces }}', `${some}`, '{{- else }}', `${all}`, '{{- end }}'),
      ]),
    );
    return operator;
  });
  // The same refusal as in VmOperator.
  return [
    '{{- if and .Values.vcenterObjectsOnly (or .Values.vcenter.host .Values.vcenter.folder) }}',
    '{{- fail "vcenterObjectsOnly is true: leave out vcenter.host and vcenter.folder, or set it to false" }}',
    '{{- end }}',
    document,
  ].join('\n');
}

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

/** Defines an operator, and writes those of its manifests that are wanted. */
function template(
  define: (placeholders: Placeholders) => VmOperator,
  isWanted: (manifest: Manifest) => boolean = () => true,
): string {
  const placeholders = new Placeholders();
  return placeholders.replacedIn(asHelm(manifestsOf(define(placeholders)).filter(isWanted)));
}

function anOperator(placeholders: Placeholders, props: VmOperatorProps): VmOperator {
  return new VmOperator(new Chart(new App(), 'helm'), 'Operator', {
    crds: false,
    createNamespace: false,
    namespace: placeholders.word('$.Release.Namespace'),
    ...props,
  });
}

function manifestsOf(operator: VmOperator): readonly Manifest[] {
  return Chart.of(operator).toJson();
}

/** Stands for the value in what VmOperator writes for the account of the operator's environment. */
const CREDENTIALS_SECRET = 'credentials-secret-of-the-values';

function itemWithSecret(item: object): string {
  return Yaml.stringify([item]).trimEnd().replace(CREDENTIALS_SECRET, '{{ .Values.credentialsSecret | quote }}');
}

/** The rules of the operator's ClusterRole. */
function clusterRules(props: VmOperatorProps): readonly object[] {
  const { rules } = manifestsOf(anOperator(new Placeholders(), props)).find(({ kind }) => kind === 'ClusterRole') ?? {};
  if (rules === undefined) throw new Error('VmOperator has no ClusterRole with rules');
  return rules;
}

function isOfServedNamespace({ metadata }: Manifest): boolean {
  return metadata.name.endsWith('-groups');
}

function childOf(operator: VmOperator, ...path: readonly string[]): ApiObject {
  const found = operator.node.findAll().find((child) => child.node.path.endsWith(path.join('/')));
  if (found === undefined) throw new Error(`VmOperator has no construct ${path.join('/')}`);
  return ApiObject.of(found);
}

function when(condition: string, line: string): readonly string[] {
  return [`{{- if ${condition} }}`, line, '{{- end }}'];
}

/** A JSON list with an item for each value of a list, which is `$item`. */
function each(list: string, item: string): string {
  return `[{{ range $index, $item := ${list} }}{{ if $index }},{{ end }}${item}{{ end }}]`;
}
