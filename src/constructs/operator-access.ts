import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { vCenterCrd } from '../../imports/vcenter-crd';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { DecisionAccess } from './decision-access';
import { PACKAGE, standardLabels } from './standard-labels';

const RBAC = 'rbac.authorization.k8s.io';
const { group, names } = vmGroupCrd.spec;
const vcenters = vCenterCrd.spec.names.plural;
/** The API server takes events about objects without a namespace only here. */
const NAMESPACE_OF_CLUSTER_EVENTS = 'default';

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

const WRITES_EVENTS = { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] } as const;

/** It changes a VmGroup by patch only: the finalizers on the object itself, the status on the subresource status. */
const SERVES_GROUPS = [
  { apiGroups: [group], resources: [names.plural], verbs: ['get', 'list', 'watch', 'patch'] },
  { apiGroups: [group], resources: [`${names.plural}/status`], verbs: ['patch'] },
  WRITES_EVENTS,
] as const;

/** VCenters are objects of the cluster. They are changed in the same way. */
const SERVES_VCENTERS = [
  { apiGroups: [group], resources: [vcenters], verbs: ['get', 'list', 'watch', 'patch'] },
  { apiGroups: [group], resources: [`${vcenters}/status`], verbs: ['patch'] },
] as const;

/**
 * The Roles of a namespace that is deleted are gone before its groups. Without this right the operator could not take its
 * finalizer off them, and the namespace would stay for ever. It still hears of them, for a watch that is open stays open.
 */
const ENDS_GROUPS = [{ apiGroups: [group], resources: [names.plural], verbs: ['patch'] }] as const;

/** What it may do where it runs, and nowhere else. Names of VCenters, of their Leases and Secrets are not known here. */
const IN_OWN_NAMESPACE = [
  // The account of a VCenter. Whoever may write VCenters decides which Secret of this namespace is read, and to which
  // server the user name and password in it are sent.
  { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
  // One Lease for each vCenter, and one for groups without any, decide which of several processes acts (R6).
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'list', 'update', 'watch'] },
] as const;

/**
 * What the operator may do, and nothing more. It may read Secrets of its own namespace only, for the accounts that
 * VCenters name; Secrets of guests need a `GuestSecretAccess`. Where it serves named namespaces only, it may change nothing
 * in any other: a Role in each of them stands for the rules of the ClusterRole.
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
        ...SERVES_VCENTERS,
        // Their labels say which VCenters a namespace may use, also after a change (R15). The UID of kube-system is the
        // identity of the cluster, part of every ownership mark in vCenter (R1).
        { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
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
      this.role({ name: `${PACKAGE.name}-groups`, namespace: served, rules: SERVES_GROUPS }, subjects);
    }
    if (watchNamespaces !== undefined) {
      // Without it the rules for groups already let it write events in all namespaces.
      const name = `${PACKAGE.name}-vcenter-events`;
      this.role({ name, namespace: NAMESPACE_OF_CLUSTER_EVENTS, rules: [WRITES_EVENTS] }, subjects);
    }
    if (reviewsReaders) {
      // For the account of Prometheus: it may read the metrics once somebody binds this role to it.
      new ApiObject(this, 'MetricsReader', {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRole',
        metadata: { name: `${PACKAGE.name}-metrics-reader`, labels: standardLabels('user-roles') },
        rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
      });
      new DecisionAccess(this, 'Decisions', { namespace });
    }
    this.role({ name: PACKAGE.name, namespace, rules: IN_OWN_NAMESPACE }, subjects);
  }

  /** A Role and its binding. */
  private role({ name, namespace, rules }: NamespacedRole, subjects: readonly object[]): void {
    const metadata = { name, namespace, labels: standardLabels('operator') };
    const id = `${namespace}-${name}`;
    new ApiObject(this, `Role-${id}`, { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules });
    new ApiObject(this, `RoleBinding-${id}`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name },
      subjects,
    });
  }
}

interface NamespacedRole {
  readonly name: string;
  readonly namespace: string;
  readonly rules: readonly object[];
}

/**
 * Adds VmGroups to the roles view, edit and admin that every cluster has. Everyone who may edit Deployments in a
 * namespace may then edit and scale VmGroups there. Everyone who may view the namespace may read them.
 *
 * VCenters are for administrators. Who may view all namespaces, by a ClusterRoleBinding, may read them too: they hold no
 * account, and a binding in one namespace gives no right to objects of the cluster. No role for users may write them, also
 * not edit for all namespaces: a VCenter says to which server an account of the operator's namespace is sent. The role
 * cluster-admin may write them.
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
        { apiGroups: [group], resources: [vcenters, `${vcenters}/status`], verbs: ['get', 'list', 'watch'] },
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
