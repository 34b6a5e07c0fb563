import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { PACKAGE, standardLabels } from './standard-labels';

const RBAC = 'rbac.authorization.k8s.io';
const { group, names } = vmGroupCrd.spec;

/** The account that the operator runs as. */
export interface OperatorAccessProps {
  /** Namespace of the ServiceAccount. */
  readonly namespace: string;
  /** Name of the ServiceAccount. */
  readonly serviceAccount: string;
  /** Whether it has to ask the API server who may read its metrics. */
  readonly reviewsReaders: boolean;
  /** Namespaces whose VmGroups it serves; undefined for all. */
  readonly watchNamespaces: readonly string[] | undefined;
}

/** It changes a VmGroup by patch only: the finalizers on the object itself, the status on the subresource status. */
const SERVES_GROUPS = [
  { apiGroups: [group], resources: [names.plural], verbs: ['get', 'list', 'watch', 'patch'] },
  { apiGroups: [group], resources: [`${names.plural}/status`], verbs: ['patch'] },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
] as const;

/**
 * The Roles of a namespace that is deleted are gone before its groups. Without this right the operator could not take its
 * finalizer off them, and the namespace would stay for ever. It still hears of them, for a watch that is open stays open.
 */
const ENDS_GROUPS = [{ apiGroups: [group], resources: [names.plural], verbs: ['patch'] }] as const;

/**
 * What the operator may do, and nothing more. Here is no right to read Secrets: the credentials are mounted, and Secrets
 * of guests need a `GuestSecretAccess`. Where it serves named namespaces only, it may do nothing in any other: a Role in
 * each of them stands for the rules of the ClusterRole.
 */
export class OperatorAccess extends Construct {
  public constructor(scope: Construct, id: string, props: OperatorAccessProps) {
    super(scope, id);
    const { namespace, serviceAccount, reviewsReaders, watchNamespaces } = props;
    const subjects = [{ kind: 'ServiceAccount', name: serviceAccount, namespace }];
    new ApiObject(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: serviceAccount, namespace, labels: standardLabels('operator') },
      // The operator's Pod asks for a token. No other Pod of this account gets one by default.
      automountServiceAccountToken: false,
    });
    new ApiObject(this, 'ClusterRole', {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: PACKAGE.name, labels: standardLabels('operator') },
      rules: [
        ...(watchNamespaces === undefined ? SERVES_GROUPS : ENDS_GROUPS),
        // Its UID is the identity of the cluster, part of every ownership mark in vCenter (R1).
        { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
        // When the CRD itself is being deleted, that is an uninstall, which leaves every machine.
        {
          apiGroups: ['apiextensions.k8s.io'],
          resources: ['customresourcedefinitions'],
          resourceNames: [vmGroupCrd.metadata.name],
          verbs: ['get'],
        },
        ...(reviewsReaders
          ? [
              { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
              { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
            ]
          : []),
      ],
    });
    new ApiObject(this, 'ClusterRoleBinding', {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: PACKAGE.name, labels: standardLabels('operator') },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: PACKAGE.name },
      subjects,
    });
    for (const served of new Set(watchNamespaces)) {
      // Another name than that of the Role below: the operator's own namespace may be served, too.
      const metadata = { name: `${PACKAGE.name}-groups`, namespace: served, labels: standardLabels('operator') };
      new ApiObject(this, `Role-${served}`, {
        apiVersion: `${RBAC}/v1`,
        kind: 'Role',
        metadata,
        rules: SERVES_GROUPS,
      });
      new ApiObject(this, `RoleBinding-${served}`, {
        apiVersion: `${RBAC}/v1`,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name },
        subjects,
      });
    }
    if (reviewsReaders) {
      // For the account of Prometheus: it may read the metrics once somebody binds this role to it.
      new ApiObject(this, 'MetricsReader', {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRole',
        metadata: { name: `${PACKAGE.name}-metrics-reader`, labels: standardLabels('user-roles') },
        rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
      });
    }
    // In its own namespace only: the Lease that decides which of several operators acts (R6).
    new ApiObject(this, 'Role', {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name: PACKAGE.name, namespace, labels: standardLabels('operator') },
      rules: [
        // RBAC cannot restrict a creation to a name.
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
        {
          apiGroups: ['coordination.k8s.io'],
          resources: ['leases'],
          resourceNames: [PACKAGE.name],
          verbs: ['get', 'update'],
        },
      ],
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: PACKAGE.name, namespace, labels: standardLabels('operator') },
      roleRef: { apiGroup: RBAC, kind: 'Role', name: PACKAGE.name },
      subjects,
    });
  }
}

/**
 * Adds VmGroups to the roles view, edit and admin that every cluster has. Everyone who may edit Deployments in a
 * namespace may then edit and scale VmGroups there. Everyone who may view the namespace may read them.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export class UserRoles extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role(
      'view',
      ['view', 'edit', 'admin'],
      [
        {
          apiGroups: [group],
          resources: [names.plural, `${names.plural}/scale`, `${names.plural}/status`],
          verbs: ['get', 'list', 'watch'],
        },
      ],
    );
    this.role(
      'edit',
      ['edit', 'admin'],
      [
        {
          apiGroups: [group],
          resources: [names.plural],
          verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
        },
        { apiGroups: [group], resources: [`${names.plural}/scale`], verbs: ['update', 'patch'] },
      ],
    );
  }

  private role(id: string, aggregatedTo: readonly string[], rules: readonly object[]): void {
    new ApiObject(this, id, {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: {
        name: `${PACKAGE.name}-${id}`,
        labels: {
          ...standardLabels('user-roles'),
          ...Object.fromEntries(aggregatedTo.map((role) => [`${RBAC}/aggregate-to-${role}`, 'true'])),
        },
      },
      rules,
    });
  }
}
