import { describe, expect, test } from 'vitest';
import type { Container, PodSpec } from './deployment';
import { type ImageConfig, type NodeFacts, runtimeConfig } from './runtime-config';

const IMAGE: ImageConfig = {
  User: '0:0',
  Env: ['PATH=/usr/bin'],
  Entrypoint: ['node', '/program'],
  Cmd: ['version'],
  Labels: {},
};

const NODE: NodeFacts = {
  root: '/images/1',
  podName: 'operator-1',
  namespace: 'vms',
  mounts: { '/etc/vc-creds': '/volumes/0' },
  apiServer: new URL('https://10.0.0.1:443'),
  runtimeDefault: { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [] },
};

const container: Container = {
  image: 'operator:1',
  args: ['run'],
  env: [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
  resources: { limits: { memory: '256Mi' } },
  securityContext: {
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [],
  readinessProbe: { httpGet: { path: '/readyz' } },
  livenessProbe: { httpGet: { path: '/healthz' } },
};

const pod: PodSpec = {
  securityContext: {
    ...{ runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 },
    seccompProfile: { type: 'RuntimeDefault' },
  },
  volumes: [],
  containers: [container],
  terminationGracePeriodSeconds: 30,
};

const podWith = (changes: Partial<Container>): PodSpec => ({ ...pod, containers: [{ ...container, ...changes }] });

describe('the configuration of a container', () => {
  test("takes user, rights and arguments from the Pod, and the program from the image; the Pod's arguments replace CMD", () => {
    const { root, process, linux, mounts } = runtimeConfig(pod, IMAGE, NODE, ['--more']);
    expect(root).toEqual({ path: '/images/1', readonly: true });
    expect(process.user).toEqual({ uid: 65532, gid: 65532, additionalGids: [65532] });
    expect(process.args).toEqual(['node', '/program', 'run', '--more']);
    expect(process.env).toContain('POD_NAMESPACE=vms');
    expect(process.noNewPrivileges).toBe(true);
    expect(Object.values(process.capabilities).flat()).toEqual([]);
    expect(linux.resources.memory.limit).toBe(268_435_456);
    expect(linux.seccomp).toBe(NODE.runtimeDefault);
    const mounted = { destination: '/etc/vc-creds', source: '/volumes/0', options: expect.arrayContaining(['ro']) };
    expect(mounts).toContainEqual(expect.objectContaining(mounted));
  });

  test('has rights that the Pod does not give away, so that a test notices if the manifests forget to', () => {
    const careless = podWith({
      securityContext: {
        readOnlyRootFilesystem: false,
        allowPrivilegeEscalation: true,
        capabilities: { drop: ['CHOWN'], add: ['NET_ADMIN'] },
      },
    });
    const { root, process } = runtimeConfig(careless, IMAGE, NODE, []);
    expect([root.readonly, process.noNewPrivileges]).toEqual([false, false]);
    expect(process.capabilities.effective).toEqual(expect.arrayContaining(['CAP_DAC_OVERRIDE', 'CAP_NET_ADMIN']));
    expect(process.capabilities.effective).not.toContain('CAP_CHOWN');
  });

  test.for([
    { what: 'a second container', of: { ...pod, containers: [container, container] }, message: 'one container only' },
    {
      what: 'another seccomp profile',
      of: { ...pod, securityContext: { ...pod.securityContext, seccompProfile: { type: 'Unconfined' } } },
      message: 'found Unconfined',
    },
    { what: 'another unit', of: podWith({ resources: { limits: { memory: '1G' } } }), message: 'found 1G' },
    { what: 'another source of a variable', of: podWith({ env: [{ name: 'NODE_IP' }] }), message: 'env NODE_IP' },
  ])('is not guessed for what it does not know: $what', ({ of, message }) => {
    expect(() => runtimeConfig(of, IMAGE, NODE, [])).toThrow(message);
  });
});
