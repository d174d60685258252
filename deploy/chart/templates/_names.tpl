{{/* GPU operands and the Lease live in this namespace, and so does the daemon. */}}
{{- define "windlass.namespace" -}}
{{- if ne .Release.Namespace "windlass-system" -}}
{{- fail "windlass runs in the namespace windlass-system: add --namespace windlass-system --create-namespace" -}}
{{- end -}}
windlass-system
{{- end -}}

{{- define "windlass.selector" -}}
app.kubernetes.io/name: windlass
app.kubernetes.io/component: daemon
{{- end -}}

{{- define "windlass.labels" -}}
{{ include "windlass.selector" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
