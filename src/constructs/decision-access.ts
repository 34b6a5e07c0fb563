import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PACKAGE, standardLabels } from './standard-labels';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * What `vm-operator why` needs to ask the operators for their decisions. An account that may read these, and nothing else: no
 * Pod uses it. And a Role, for an administrator to bind to people: it lets them find the operator's Pods, reach these through
 * the API server, and get a short-lived token of that account. So no token of a person goes to a Pod.
 */
export class DecisionAccess extends Construct {
  public constructor(scope: Construct, id: string, { namespace }: { readonly namespace: string }) {
    super(scope, id);
    const reader = `${PACKAGE.name}-decisions`;
    new ApiObject(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: reader, namespace, labels: standardLabels('user-roles') },
      automountServiceAccountToken: false,
    });
    const metadata = { name: reader, labels: standardLabels('user-roles') };
    new ApiObject(this, 'ClusterRole', {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata,
      rules: [{ nonResourceURLs: ['/debug/decisions'], verbs: ['get'] }],
    });
    new ApiObject(this, 'ClusterRoleBinding', {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: reader },
      subjects: [{ kind: 'ServiceAccount', name: reader, namespace }],
    });
    new ApiObject(this, 'Role', {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name: `${PACKAGE.name}-why`, namespace, labels: standardLabels('user-roles') },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
        { apiGroups: [''], resources: ['pods/proxy'], verbs: ['get'] },
        { apiGroups: [''], resources: ['serviceaccounts/token'], resourceNames: [reader], verbs: ['create'] },
      ],
    });
  }
}
