import type { Container, PodSpec } from './deployment';
import type { SeccompProfile } from './seccomp-profile';

/** What an image says about how it is to be run. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

/** What the kubelet knows besides the Pod. */
export interface NodeFacts {
  /** Root folder of the unpacked image, a copy of its own: the runtime makes the folders in it that it mounts upon. */
  readonly root: string;
  /** Name of the Pod, which is its host name and that of its cgroup. */
  readonly podName: string;
  readonly namespace: string;
  /** Folders of this machine by the place where the Pod finds them: its volumes, and the token of its account. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Where the API server is. */
  readonly apiServer: URL;
  /** What the profile RuntimeDefault is on this node. Undefined: this node has none. */
  readonly runtimeDefault: SeccompProfile | undefined;
}

interface Mount {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/** The configuration of an OCI runtime such as runc: https://github.com/opencontainers/runtime-spec, config.md. */
export interface RuntimeConfig {
  readonly ociVersion: string;
  readonly hostname: string;
  readonly root: { readonly path: string; readonly readonly: boolean };
  readonly process: {
    readonly user: { readonly uid: number; readonly gid: number; readonly additionalGids: readonly number[] };
    readonly args: readonly string[];
    readonly env: readonly string[];
    readonly cwd: string;
    readonly capabilities: Readonly<Record<CapabilitySet, readonly string[]>>;
    readonly noNewPrivileges: boolean;
  };
  readonly mounts: readonly Mount[];
  readonly linux: {
    readonly namespaces: readonly { readonly type: string }[];
    readonly cgroupsPath: string;
    readonly resources: { readonly memory: { readonly limit: number } };
    readonly maskedPaths: readonly string[];
    readonly readonlyPaths: readonly string[];
    readonly seccomp?: SeccompProfile;
  };
}

const CAPABILITY_SETS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient'] as const;
type CapabilitySet = (typeof CAPABILITY_SETS)[number];

/** What containerd gives a container that drops nothing, shortened to what a write or a change of the user needs. */
const USUAL_CAPABILITIES = ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FOWNER', 'CAP_SETUID', 'CAP_SETGID'] as const;

/** The same as in containerd, but without cgroups and with the network of the machine. */
const SYSTEM_MOUNTS: readonly Mount[] = [
  { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  {
    destination: '/dev',
    type: 'tmpfs',
    source: 'tmpfs',
    options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
  },
  { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777'] },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
];

/**
 * The container of a Pod as kubelet and containerd would hand it to the runtime. `more` are further arguments: the Pod has
 * the network of the machine, where the usual ports may be taken. Throws an Error for a field of a Pod that it does not know.
 */
export function runtimeConfig(
  pod: PodSpec,
  image: ImageConfig,
  facts: NodeFacts,
  more: readonly string[],
): RuntimeConfig {
  const [container, ...others] = pod.containers;
  if (container === undefined || others.length > 0) throw new Error('this knows Pods of one container only');
  const { securityContext, resources } = container;
  const { runAsUser: uid, runAsGroup: gid, fsGroup } = pod.securityContext;
  const capabilities = capabilitiesOf(securityContext.capabilities);
  const sets = Object.fromEntries(CAPABILITY_SETS.map((set) => [set, capabilities])) as Record<
    CapabilitySet,
    readonly string[]
  >;
  const seccomp = seccompOf(pod, facts);
  return {
    ociVersion: '1.0.2',
    hostname: facts.podName,
    root: { path: facts.root, readonly: securityContext.readOnlyRootFilesystem },
    process: {
      user: { uid, gid, additionalGids: [fsGroup] },
      args: [...image.Entrypoint, ...container.args, ...more],
      env: environmentOf(container, image, facts),
      cwd: '/',
      capabilities: sets,
      noNewPrivileges: !securityContext.allowPrivilegeEscalation,
    },
    mounts: [
      ...SYSTEM_MOUNTS,
      ...Object.entries(facts.mounts).map(([destination, source]) => ({
        ...{ destination, source, type: 'bind' },
        options: ['rbind', 'rprivate', 'ro'],
      })),
    ],
    linux: {
      namespaces: [{ type: 'pid' }, { type: 'mount' }, { type: 'ipc' }, { type: 'uts' }],
      cgroupsPath: `/${facts.podName}`,
      resources: { memory: { limit: bytesOf(resources.limits.memory) } },
      maskedPaths: ['/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'],
      readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
      ...(seccomp === undefined ? {} : { seccomp }),
    },
  };
}

function capabilitiesOf({ drop, add }: Container['securityContext']['capabilities']): readonly string[] {
  const kept = drop.includes('ALL')
    ? []
    : USUAL_CAPABILITIES.filter((name) => !drop.includes(name.replace('CAP_', '')));
  return [...kept, ...(add ?? []).map((name) => `CAP_${name}`)];
}

function seccompOf({ securityContext }: PodSpec, { runtimeDefault }: NodeFacts): SeccompProfile | undefined {
  const { type } = securityContext.seccompProfile;
  if (type !== 'RuntimeDefault') throw new Error(`this knows no seccompProfile but RuntimeDefault: found ${type}`);
  return runtimeDefault;
}

function environmentOf({ env }: Container, image: ImageConfig, { namespace, podName, apiServer }: NodeFacts): string[] {
  const fields: Readonly<Record<string, string>> = { 'metadata.namespace': namespace, 'metadata.name': podName };
  const given = env.map(({ name, value, valueFrom }) => {
    const path = valueFrom?.fieldRef?.fieldPath;
    const text = value ?? fields[path ?? ''];
    if (text === undefined) throw new Error(`env ${name} has neither a value nor a known field: found ${path}`);
    return `${name}=${text}`;
  });
  const service = [`KUBERNETES_SERVICE_HOST=${apiServer.hostname}`, `KUBERNETES_SERVICE_PORT=${apiServer.port}`];
  return [...image.Env, `HOSTNAME=${podName}`, ...service, ...given];
}

/** Of a quantity of Kubernetes such as 256Mi. */
function bytesOf(quantity: string): number {
  const [, count, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  if (count === undefined) throw new Error(`this knows quantities in Mi and Gi only: found ${quantity}`);
  return Number(count) * 1024 ** (unit === 'Mi' ? 2 : 3);
}
