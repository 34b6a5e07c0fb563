import { Size } from 'cdk8s';
import { selectorLabels } from './standard-labels';
import type { VmOperatorResources } from './vm-operator-props';

/** Port of /metrics. */
export const METRICS_PORT = { name: 'metrics', number: 8080 } as const;
/** Port of /healthz and /readyz. */
export const HEALTH_PORT = { name: 'health', number: 8081 } as const;

const CA_DIR = '/etc/vc-ca';
/** Key in the ConfigMap with vCenter's authorities, and name of the mounted file. */
export const CA_KEY = 'ca.crt';

const CREDENTIALS_DIR = '/etc/vc-creds';
/** User and group `nonroot` of the common base images. */
const NON_ROOT = 65532;

/** What differs from one installation to the next. */
export interface OperatorPod {
  readonly serviceAccount: string;
  readonly image: string;
  readonly imagePullSecrets: readonly string[];
  /** Secret with the account for the vCenter of the environment; undefined if there is none. */
  readonly credentialsSecret: string | undefined;
  /** ConfigMap with the authorities that may sign vCenter's certificate; undefined for those of the system. */
  readonly caConfigMap: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly resources: VmOperatorResources;
  readonly args: readonly string[];
}

/**
 * The PodSpec of the operator, within the restricted Pod security profile.
 *
 * No probe depends on vCenter. A vCenter that is down must not restart the operator. It must not take the metrics out of
 * the Service either, because they are needed then.
 */
export function operatorPod(pod: OperatorPod): object {
  const { cpuMillis = 50, memoryRequest = Size.mebibytes(128), memoryLimit = Size.mebibytes(256) } = pod.resources;
  const environment = {
    VC_CREDENTIALS_DIR: pod.credentialsSecret && CREDENTIALS_DIR,
    ...pod.environment,
    VC_CA_FILE: pod.caConfigMap && `${CA_DIR}/${CA_KEY}`,
  };
  const mounts = [
    ...(pod.credentialsSecret === undefined
      ? []
      : [
          {
            path: CREDENTIALS_DIR,
            volume: { name: 'vc-creds', secret: { secretName: pod.credentialsSecret, defaultMode: 0o440 } },
          },
        ]),
    ...(pod.caConfigMap === undefined
      ? []
      : [{ path: CA_DIR, volume: { name: 'vc-ca', configMap: { name: pod.caConfigMap } } }]),
  ];
  return {
    ...(pod.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: pod.imagePullSecrets.map((name) => ({ name })) }),
    serviceAccountName: pod.serviceAccount,
    automountServiceAccountToken: true,
    // With links a Service named `vc` would add VC_SERVICE_HOST and VC_PORT to our own VC_ variables.
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    // Several Pods go to different zones and nodes where that is possible; none ever waits for a place because of it.
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorLabels('operator') },
      // The Pods of an older version go: they must not push the new ones together.
      matchLabelKeys: ['pod-template-hash'],
    })),
    // Enough to stop sending calls and to log out of vCenter.
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
          ...Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
          // With the API server's default: server-side apply compares a fieldRef as a whole, and would conflict without it.
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } } },
        ],
        ports: [METRICS_PORT, HEALTH_PORT].map(({ name, number }) => ({
          name,
          containerPort: number,
          protocol: 'TCP',
        })),
        startupProbe: { ...probe('/healthz'), periodSeconds: 2, failureThreshold: 30 },
        livenessProbe: { ...probe('/healthz'), periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
        readinessProbe: { ...probe('/readyz?exclude=vcenter'), periodSeconds: 10, timeoutSeconds: 5 },
        // No CPU limit: throttling in a burst would delay the Lease and the keep-alive of the vCenter session. Memory has
        // a limit, because a leak must not harm other Pods.
        resources: {
          requests: { cpu: `${cpuMillis}m`, memory: memoryRequest.asString() },
          limits: { memory: memoryLimit.asString() },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        // No subPath: the kubelet would not update the files after a rotation.
        ...(mounts.length === 0
          ? {}
          : {
              volumeMounts: mounts.map(({ path, volume }) => ({ name: volume.name, mountPath: path, readOnly: true })),
            }),
      },
    ],
    ...(mounts.length === 0 ? {} : { volumes: mounts.map(({ volume }) => volume) }),
  };
}

function probe(path: string): { readonly httpGet: object } {
  return { httpGet: { path, port: HEALTH_PORT.name } };
}
