import { DEFAULT_IMAGE } from '../src/constructs/image-name';

/** What Helm prints after an install or an upgrade: what is left to do with these values. */
export const NOTES = `{{- if and (eq .Values.image "${DEFAULT_IMAGE}") (hasPrefix "localhost/" .Values.image) }}
The image {{ .Values.image }} is in no registry: put it on the nodes, or name another with the value image.

{{- end }}
{{- if .Values.vcenterObjectsOnly }}
The operator waits for VCenter objects. Each names a Secret with its account in namespace {{ .Release.Namespace }}:

  kubectl -n {{ .Release.Namespace }} create secret generic vcenter-account \\
    --from-literal=username=... --from-literal=password=...
{{- else }}
The operator waits for the Secret with its vCenter account:

  kubectl -n {{ .Release.Namespace }} create secret generic {{ .Values.credentialsSecret }} \\
{{- if not .Values.vcenter.host }}
    --from-literal=VC_HOST=vcenter.example.com \\
{{- end }}
    --from-literal=VC_USER=... --from-literal=VC_PASS=...
{{- if .Values.vcenter.trust.insecure }}

Any certificate of vCenter is accepted: somebody on the network path can read the password. That is for tests only.
{{- end }}
{{- end }}
{{- with .Values.watchNamespaces }}

VmGroups are served in these namespaces only: {{ join ", " . }}
{{- end }}
{{- if .Values.secureMetrics }}

Let Prometheus read the metrics, by the name and namespace of its ServiceAccount:

  kubectl create clusterrolebinding vm-operator-metrics --clusterrole=codeconnect-vm-operator-metrics-reader \\
    --serviceaccount=NAMESPACE:NAME
{{- end }}
{{- if .Values.crds }}

The CRDs stay when this release is uninstalled, and belong to it by name and namespace. To install the chart under another
name later, add --take-ownership (Helm 3.17 or newer) or --set crds=false.
{{- end }}
`;
