import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { version } from '../package.json';
import type { VmOperatorProps } from '../src/constructs';
import { installApp } from './install';

const NAMESPACE = 'codeconnect-vm-operator-system';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'install-'));
  vi.stubEnv('CDK8S_OUTDIR', dir);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** Synthesizes as `cdk8s synth` does. Returns the files by name, in the order that kubectl applies them. */
function synthesized(props: VmOperatorProps = {}): ReadonlyMap<string, string> {
  installApp(props).synth();
  return new Map(
    readdirSync(dir)
      .sort()
      .map((file) => [file, readFileSync(join(dir, file), 'utf8')]),
  );
}

/** Every object of the output, untyped as `yaml` parses it. */
function objects(text = [...synthesized().values()].join('')) {
  return parseAllDocuments(text).map((document) => document.toJS());
}

function objectOf(kind: string, name: string) {
  return objects().find((object) => object.kind === kind && object.metadata.name === name);
}

test('writes the CRDs first and in a file of their own, then the operator', async () => {
  const files = synthesized();
  expect([...files.keys()]).toEqual(['crds.k8s.yaml', 'operator.k8s.yaml']);
  // Else each release would change the snapshot.
  await expect(files.get('operator.k8s.yaml')?.replaceAll(version, 'VERSION')).toMatchFileSnapshot(
    'snapshots/operator.k8s.yaml',
  );
});

test('writes the same bytes each time', () => {
  const first = [...synthesized()];
  rmSync(dir, { recursive: true });
  expect([...synthesized()]).toEqual(first);
});

test('the files can be joined into one stream, as --stdout does', () => {
  expect(objects().map(({ kind }) => kind)).toEqual([
    'CustomResourceDefinition',
    'CustomResourceDefinition',
    'Namespace',
    'ServiceAccount',
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
    'ClusterRole',
    'ClusterRole',
    'Service',
    'NetworkPolicy',
    'Deployment',
  ]);
});

test.for(['vmgroup', 'vcenter'])(
  'contains the complete CRD of %s, with annotations to keep it on an uninstall',
  (kind) => {
    const crd = objectOf('CustomResourceDefinition', `${kind}s.vm.codeconnect.vmworld.com`);
    expect(crd.spec).toEqual(parse(readFileSync(join(__dirname, `../crds/${kind}.yaml`), 'utf8')).spec);
    expect(crd.metadata.annotations).toEqual({
      'helm.sh/resource-policy': 'keep',
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
  },
);

test('has no Secret: applying the manifests must not overwrite credentials', () => {
  expect(objects().filter(({ kind }) => kind === 'Secret')).toEqual([]);
});

test('only namespaced objects have a namespace', () => {
  const placed = objects().map(({ kind, metadata }) => [kind, metadata.namespace]);
  expect(placed.filter(([, namespace]) => namespace !== undefined)).toEqual([
    ['ServiceAccount', NAMESPACE],
    ['Role', NAMESPACE],
    ['RoleBinding', NAMESPACE],
    ['Service', NAMESPACE],
    ['NetworkPolicy', NAMESPACE],
    ['Deployment', NAMESPACE],
  ]);
});

test('every object has the labels that Kubernetes recommends', () => {
  for (const { kind, metadata } of objects()) {
    expect(metadata.labels, kind).toMatchObject({
      'app.kubernetes.io/name': 'codeconnect-vm-operator',
      'app.kubernetes.io/component': expect.stringMatching(/^(operator|crds|user-roles)$/),
      'app.kubernetes.io/version': version,
      'app.kubernetes.io/part-of': 'codeconnect-vm-operator',
      'app.kubernetes.io/managed-by': 'cdk8s',
    });
  }
});

describe('rights', () => {
  test('the operator has exactly these, and none to Secrets of other namespaces', () => {
    expect(objectOf('ClusterRole', 'codeconnect-vm-operator').rules).toEqual([
      {
        apiGroups: ['vm.codeconnect.vmworld.com'],
        resources: ['vmgroups'],
        verbs: ['get', 'list', 'watch', 'patch'],
      },
      { apiGroups: ['vm.codeconnect.vmworld.com'], resources: ['vmgroups/status'], verbs: ['patch'] },
      { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
      {
        apiGroups: ['vm.codeconnect.vmworld.com'],
        resources: ['vcenters'],
        verbs: ['get', 'list', 'watch', 'patch'],
      },
      { apiGroups: ['vm.codeconnect.vmworld.com'], resources: ['vcenters/status'], verbs: ['patch'] },
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
      {
        apiGroups: ['apiextensions.k8s.io'],
        resources: ['customresourcedefinitions'],
        resourceNames: ['vmgroups.vm.codeconnect.vmworld.com'],
        verbs: ['get'],
      },
    ]);
  });

  test('with secure metrics it may create TokenReviews and SubjectAccessReviews, and a role for readers is added', () => {
    const all = objects([...synthesized({ secureMetrics: true }).values()].join(''));
    const role = all.find(
      ({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'codeconnect-vm-operator',
    );
    expect(role.rules.slice(-2)).toEqual([
      { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
      { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    ]);
    expect(all.find(({ metadata }) => metadata.name === 'codeconnect-vm-operator-metrics-reader').rules).toEqual([
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ]);
    expect(all.find(({ metadata }) => metadata.name === 'codeconnect-vm-operator-why').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: [''], resources: ['pods/proxy'], verbs: ['get'] },
      {
        apiGroups: [''],
        resources: ['serviceaccounts/token'],
        resourceNames: ['codeconnect-vm-operator-decisions'],
        verbs: ['create'],
      },
    ]);
    const reader = all.filter(({ metadata }) => metadata.name === 'codeconnect-vm-operator-decisions');
    expect(reader.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding']);
    expect(reader[1].rules).toEqual([{ nonResourceURLs: ['/debug/decisions'], verbs: ['get'] }]);
    expect(all.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0].args).toContain(
      '--metrics-secure',
    );
  });

  test('in its own namespace it may read Secrets by name, and use Leases', () => {
    expect(objects().filter(({ kind }) => kind === 'Role')).toHaveLength(1);
    const { metadata, rules } = objectOf('Role', 'codeconnect-vm-operator');
    expect(metadata.namespace).toBe(NAMESPACE);
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        verbs: ['create', 'get', 'list', 'update', 'watch'],
      },
    ]);
    expect(objectOf('RoleBinding', 'codeconnect-vm-operator')).toMatchObject({
      roleRef: { kind: 'Role', name: 'codeconnect-vm-operator' },
      subjects: [{ kind: 'ServiceAccount', name: 'codeconnect-vm-operator', namespace: NAMESPACE }],
    });
  });

  test('they are bound to its account only', () => {
    expect(objectOf('ClusterRoleBinding', 'codeconnect-vm-operator')).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'codeconnect-vm-operator' },
      subjects: [{ kind: 'ServiceAccount', name: 'codeconnect-vm-operator', namespace: NAMESPACE }],
    });
  });

  test.for([
    ['view', ['admin', 'edit', 'view'], ['get', 'list', 'watch']],
    ['edit', ['admin', 'edit'], ['create', 'update', 'patch', 'delete', 'deletecollection']],
  ] as const)('users get %s through the roles that every cluster has', ([role, aggregatedTo, verbs]) => {
    const { metadata, rules } = objectOf('ClusterRole', `codeconnect-vm-operator-${role}`);
    const labels = Object.keys(metadata.labels).filter((label) => label.includes('aggregate-to'));
    expect(labels.sort()).toEqual(aggregatedTo.map((to) => `rbac.authorization.k8s.io/aggregate-to-${to}`));
    expect(rules[0].verbs).toEqual(verbs);
    expect(rules.flatMap((rule: { resources: string[] }) => rule.resources)).toContain('vmgroups/scale');
    expect(rules.flatMap((rule: { verbs: string[] }) => rule.verbs)).not.toContain('*');
  });
});

describe('the Deployment', () => {
  const deployment = () => objectOf('Deployment', 'codeconnect-vm-operator').spec;
  const pod = () => deployment().template.spec;
  const container = () => pod().containers[0];

  test('fits the restricted Pod security profile, which its namespace enforces', () => {
    expect(objectOf('Namespace', NAMESPACE).metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(pod().securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod().containers.map((one: { securityContext: unknown }) => one.securityContext)).toEqual([
      { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    ]);
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'initContainers'])
      expect(pod()).not.toHaveProperty(field);
    expect(pod().volumes.map((volume: object) => Object.keys(volume))).toEqual([['name', 'secret']]);
  });

  test('replaces one Pod before the next one starts, and selects its own Pods', () => {
    expect(deployment()).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(deployment().template.metadata.labels).toMatchObject(deployment().selector.matchLabels);
    expect(Object.keys(deployment().selector.matchLabels)).not.toContain('app.kubernetes.io/version');
  });

  test('R6: elects a leader whatever the number of Pods, which kubectl and kustomize may change', () => {
    expect(container().args).toContain('--leader-elect');
    const several = objects([...synthesized({ replicas: 2 }).values()].join('')).find(
      ({ kind }) => kind === 'Deployment',
    );
    expect(several.spec).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate' } });
    expect(several.spec.template.spec.containers[0].args).toContain('--leader-elect');
    expect(() => synthesized({ replicas: 1.5 })).toThrow('replicas is 1.5');
  });

  test('mounts the credentials as files and puts none of them into the environment', () => {
    expect(container().env).toEqual([
      { name: 'VC_CREDENTIALS_DIR', value: '/etc/vc-creds' },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } } },
    ]);
    expect(container()).not.toHaveProperty('envFrom');
    // No subPath: the kubelet would not update the files after a rotation.
    expect(container().volumeMounts).toEqual([{ name: 'vc-creds', mountPath: '/etc/vc-creds', readOnly: true }]);
    expect(pod().volumes).toEqual([{ name: 'vc-creds', secret: { secretName: 'vc-creds', defaultMode: 0o440 } }]);
  });

  test('has no probe that depends on vCenter', () => {
    expect(container()).toMatchObject({
      startupProbe: { httpGet: { path: '/healthz', port: 'health' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 'health' } },
      readinessProbe: { httpGet: { path: '/readyz?exclude=vcenter', port: 'health' } },
    });
  });

  test('has requests and a memory limit, and no CPU limit', () => {
    expect(container().resources).toEqual({
      requests: { cpu: '50m', memory: '128Mi' },
      limits: { memory: '256Mi' },
    });
  });

  test('is selected by the metrics Service, and has its port', () => {
    const { selector, ports } = objectOf('Service', 'codeconnect-vm-operator-metrics').spec;
    expect(deployment().template.metadata.labels).toMatchObject(selector);
    expect(container().ports).toContainEqual({ name: ports[0].targetPort, containerPort: 8080, protocol: 'TCP' });
  });
});
