/** The template of the Helm chart that holds what is there with any values: the operator, its account and its rights. */
import { ApiObject, JsonPatch, Yaml } from 'cdk8s';
import { VCenterCredentials, VCenterTrust, type VmOperatorProps } from '../src/constructs';
import { anOperator, childOf, manifestsOf, template, when } from './helm-parts';
import { Placeholders } from './helm-template';

const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

/** The Deployment, with what the values say of it. */
export function operatorTemplate(): string {
  return template((placeholders) => {
    const operator = anOperator(placeholders, {
      networkPolicy: { enabled: false },
      image: placeholders.word('.Values.image | quote'),
      vcenter: {
        credentials: VCenterCredentials.fromSecretName(CREDENTIALS_SECRET),
        trust: VCenterTrust.authority(ANY_AUTHORITY),
      },
    });
    // It is written by the template of its own.
    operator.node.tryRemoveChild('VCenterAuthorities');
    const { containers, volumes } = operator.deployment.toJson().spec.template.spec;
    const [{ env, volumeMounts }] = containers;
    const onlyWhen = (condition: string, path: string, item: object) =>
      JsonPatch.replace(path, placeholders.lines(...when(condition, itemWithSecret(item))));
    const ofTheValues = (path: string, value: string) => JsonPatch.add(path, placeholders.word(value));
    ApiObject.of(operator.deployment).addJsonPatch(
      // The account is the first, the authorities are the second of each list.
      ...['not .Values.vcenterObjectsOnly', '.Values.vcenter.trust.caBundle'].flatMap((condition, index) => [
        onlyWhen(condition, `${CONTAINER}/env/${index}`, env[index]),
        onlyWhen(condition, `${CONTAINER}/volumeMounts/${index}`, volumeMounts[index]),
        onlyWhen(condition, `${POD}/volumes/${index}`, volumes[index]),
      ]),
      JsonPatch.replace('/spec/replicas', placeholders.word('.Values.replicas')),
      // The same choice as in VmOperator.
      JsonPatch.replace(
        '/spec/strategy',
        placeholders.word(
          'ternary `{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}` `{"type":"Recreate"}` ' +
            '(gt (int .Values.replicas) 1)',
        ),
      ),
      JsonPatch.replace(`${CONTAINER}/resources`, placeholders.word('toJson .Values.resources')),
      JsonPatch.add(`${CONTAINER}/args/-`, placeholders.lines(...FLAGS)),
      JsonPatch.add(`${CONTAINER}/env/-`, placeholders.lines(...VARIABLES)),
      ofTheValues(`${POD}/imagePullSecrets`, 'toJson .Values.imagePullSecrets'),
      // A value wins over what the constructs have for the same key.
      ofTheValues(
        `${POD}/nodeSelector`,
        'toJson (merge (deepCopy .Values.nodeSelector) (dict "kubernetes.io/os" "linux"))',
      ),
      ofTheValues(`${POD}/tolerations`, 'toJson .Values.tolerations'),
      ofTheValues(`${POD}/affinity`, 'toJson .Values.affinity'),
      ofTheValues(`${POD}/priorityClassName`, '.Values.priorityClassName | quote'),
      ofTheValues('/metadata/annotations', 'toJson .Values.annotations'),
      ofTheValues(
        '/spec/template/metadata/annotations',
        'toJson (merge (deepCopy .Values.podAnnotations) (dict "kubectl.kubernetes.io/default-container" "operator"))',
      ),
    );
    const [some, all] = [clusterRules({ watchNamespaces: ['served'] }), clusterRules({})];
    childOf(operator, 'Access', 'ClusterRole').addJsonPatch(
      JsonPatch.replace('/rules', [
        placeholders.lines(
          '{{- if .Values.watchNamespaces }}',
          yamlOf(some),
          '{{- else }}',
          yamlOf(all),
          '{{- end }}',
          ...when('.Values.secureMetrics', yamlOf(clusterRules({ secureMetrics: true }).slice(all.length))),
        ),
      ]),
    );
    return operator;
  });
}

/** More flags of the operator, after those that are always there. */
const FLAGS: readonly string[] = [
  ...when('.Values.secureMetrics', '- --metrics-secure'),
  ...when('.Values.vcenterObjectsOnly', '- --vcenter-objects-only'),
  ...when('.Values.vcenter.trust.insecure', '- --insecure'),
  '- --max-concurrent-tasks={{ .Values.vcenter.maxConcurrentTasks }}',
  '- --log-level={{ .Values.logLevel }}',
  '{{- with .Values.watchNamespaces }}',
  '- --watch-namespaces={{ join "," . }}',
  '{{- end }}',
  '{{- with .Values.namespaceLimits }}',
  ...when('.allowMachineSources', '- --allow-machine-sources'),
  '{{- with .folder }}',
  '- {{ printf "--namespace-folder=%s" . | quote }}',
  '{{- end }}',
  '{{- with .resourcePools }}',
  '- {{ printf "--namespace-pools=%s" (join "," .) | quote }}',
  '{{- end }}',
  '{{- with .adoptFromClusters }}',
  '- {{ printf "--adopt-from-clusters=%s" (join "," .) | quote }}',
  '{{- end }}',
  '{{- with .adoptableMachines }}',
  '- {{ printf "--adoptable-machines=%s" (join "," .) | quote }}',
  '{{- end }}',
  '{{- end }}',
  '{{- range .Values.args }}',
  '- {{ . | quote }}',
  '{{- end }}',
];

/** More variables of its environment. */
const VARIABLES: readonly string[] = [
  ...variable('VC_HOST', '.Values.vcenter.host'),
  ...variable('VC_FOLDER', '.Values.vcenter.folder'),
  ...when(
    'and (not .Values.vcenterObjectsOnly) (ne .Values.vcenter.auth "Password")',
    '- name: VC_AUTH\n  value: {{ .Values.vcenter.auth | quote }}',
  ),
  ...variable('VC_FINGERPRINTS', 'join "," .Values.vcenter.trust.fingerprints'),
  ...variable('HTTPS_PROXY', '.Values.proxy.url'),
  // Kubernetes puts the address of the API server in the place of the variable, which each container has.
  ...when(
    '.Values.proxy.url',
    '- name: NO_PROXY\n  value: {{ join "," (prepend .Values.proxy.noProxy "$(KUBERNETES_SERVICE_HOST)") | quote }}',
  ),
  '{{- range .Values.env }}',
  '- {{ toJson . }}',
  '{{- end }}',
];

function variable(name: string, value: string): readonly string[] {
  return [`{{- with ${value} }}`, `- name: ${name}`, '  value: {{ . | quote }}', '{{- end }}'];
}

/** Stands for the value in what VmOperator writes for the account of the operator's environment. */
const CREDENTIALS_SECRET = 'credentials-secret-of-the-values';

/** Stands for the value where only its place counts. */
const ANY_AUTHORITY = '-----BEGIN CERTIFICATE-----';

function itemWithSecret(item: object): string {
  return yamlOf([item]).replace(CREDENTIALS_SECRET, '{{ .Values.credentialsSecret | quote }}');
}

function yamlOf(items: readonly object[]): string {
  return Yaml.stringify(items).trimEnd();
}

/** The rules of the operator's ClusterRole. */
function clusterRules(props: VmOperatorProps): readonly object[] {
  const { rules } = manifestsOf(anOperator(new Placeholders(), props)).find(({ kind }) => kind === 'ClusterRole') ?? {};
  if (rules === undefined) throw new Error('VmOperator has no ClusterRole with rules');
  return rules;
}
