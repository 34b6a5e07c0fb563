import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { GUEST_SECRET_ROLE } from '../api/guest-secret-role';
import { definedBefore } from './same-output';
import { OPERATOR_NAMESPACE, PACKAGE, standardLabels } from './standard-labels';
import type { VmGroup } from './vm-group';

/** Secrets of one namespace that the operator may read for guest data. */
export interface GuestSecrets {
  /** Namespace of the VmGroups and of the Secrets. */
  readonly namespace: string;

  /**
   * Names of the Secrets.
   *
   * @default - every Secret of the namespace, including those that have nothing to do with virtual machines
   */
  readonly secretNames?: string[];
}

/** Which Secrets the operator may read, and where the operator runs. */
export interface GuestSecretAccessProps extends GuestSecrets {
  /**
   * Namespace of the operator.
   *
   * @default codeconnect-vm-operator-system
   */
  readonly operatorNamespace?: string;
}

/** Both Roles have one name: the one that is applied last would take away what the other grants. */
function problemsOfTwin(role: ApiObject, namespace: string): readonly string[] {
  const twin = definedBefore(
    role,
    (other) =>
      ApiObject.isApiObject(other) &&
      other.kind === role.kind &&
      other.name === role.name &&
      other.metadata.namespace === namespace,
  );
  if (twin === undefined) return [];
  const path = twin.node.path.replace(/\/Role$/, '');
  return [
    `namespace is "${namespace}": ${path} grants Secrets of it too, and one would replace the other: put all secretNames into one of them`,
  ];
}

/**
 * Lets the operator read Secrets of one namespace that guest data names: a Role and a RoleBinding, both named
 * vm-operator-guest-secrets. Use it when a team grants the right in its own chart. `VmOperator` makes the same for its
 * prop `guestSecrets` and in `allowGuestSecretsOf`. There can be one per namespace.
 */
export class GuestSecretAccess extends Construct {
  private names: Set<string> | undefined;

  /**
   * Defines Role and binding.
   * @param scope the construct to define them in
   * @param id name of the construct, unique in the scope
   * @param props namespace, and Secrets
   */
  public constructor(scope: Construct, id: string, props: GuestSecretAccessProps) {
    super(scope, id);
    const { namespace, secretNames, operatorNamespace = OPERATOR_NAMESPACE } = props;
    this.names = secretNames === undefined ? undefined : new Set(secretNames);
    const metadata = { name: GUEST_SECRET_ROLE, namespace, labels: standardLabels('guest-secrets') };
    const role = new ApiObject(this, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: Lazy.any({ produce: () => this.rules() }),
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: GUEST_SECRET_ROLE },
      subjects: [{ kind: 'ServiceAccount', name: PACKAGE.name, namespace: operatorNamespace }],
    });
    // In a Role an empty list of names means no restriction at all.
    this.node.addValidation({
      validate: () => [
        ...(this.names?.size === 0
          ? [`secretNames is []: give the names of Secrets, or leave it out to allow all of namespace "${namespace}"`]
          : []),
        ...problemsOfTwin(role, namespace),
      ],
    });
  }

  /**
   * Allows one more Secret. It has no effect if all Secrets of the namespace are allowed.
   * @param name name of the Secret
   */
  public addSecretName(name: string): void {
    this.names?.add(name);
  }

  /** Allows every Secret of the namespace. Names that were given before or are given later then have no effect. */
  public addAllSecrets(): void {
    this.names = undefined;
  }

  /**
   * Allows the Secrets that a group's guest data names at the time of the call.
   * @param group a group of this namespace
   */
  public addSecretsOf(group: VmGroup): void {
    for (const name of group.guestSecretNames) this.addSecretName(name);
  }

  private rules(): object {
    const resourceNames = this.names === undefined ? undefined : [...this.names].sort();
    return [{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }];
  }
}
