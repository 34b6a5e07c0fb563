/** Port of /metrics. */
export const METRICS_PORT = { name: 'metrics', number: 8080 } as const;
/** Port of /healthz and /readyz. */
export const HEALTH_PORT = { name: 'health', number: 8081 } as const;

const CREDENTIALS_DIR = '/etc/vc-creds';
/** User and group `nonroot` of the common base images. */
const NON_ROOT = 65532;

/** What differs from one installation to the next. */
export interface OperatorPod {
  readonly serviceAccount: string;
  readonly image: string;
  readonly credentialsSecret: string;
  readonly args: readonly string[];
}

/**
 * The PodSpec of the operator, within the restricted Pod security profile.
 *
 * No probe depends on vCenter: a vCenter that is down must not restart the operator, nor take its metrics out of the
 * Service when they are wanted most.
 */
export function operatorPod(pod: OperatorPod): object {
  return {
    serviceAccountName: pod.serviceAccount,
    automountServiceAccountToken: true,
    // Else a Service called `vc` puts VC_SERVICE_HOST and VC_PORT next to our own VC_ variables.
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    // Time to stop starting calls and to log the vCenter session out.
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: NON_ROOT,
      runAsGroup: NON_ROOT,
      // Lets the group read the mounted Secret, whose files belong to root.
      fsGroup: NON_ROOT,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'operator',
        image: pod.image,
        imagePullPolicy: 'IfNotPresent',
        args: pod.args,
        env: [
          { name: 'VC_CREDENTIALS_DIR', value: CREDENTIALS_DIR },
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
        ],
        ports: [METRICS_PORT, HEALTH_PORT].map(({ name, number }) => ({
          name,
          containerPort: number,
          protocol: 'TCP',
        })),
        startupProbe: { ...probe('/healthz'), periodSeconds: 2, failureThreshold: 30 },
        livenessProbe: { ...probe('/healthz'), periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
        readinessProbe: { ...probe('/readyz?exclude=vcenter'), periodSeconds: 10, timeoutSeconds: 5 },
        // No CPU limit: throttling in a burst would delay the lease and the keep-alive of the vCenter session, and a
        // settled operator uses none. Memory has a limit, for a leak must not reach its neighbours.
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'vc-creds', mountPath: CREDENTIALS_DIR, readOnly: true }],
      },
    ],
    volumes: [{ name: 'vc-creds', secret: { secretName: pod.credentialsSecret, defaultMode: 0o440 } }],
  };
}

function probe(path: string): { readonly httpGet: object } {
  return { httpGet: { path, port: HEALTH_PORT.name } };
}
