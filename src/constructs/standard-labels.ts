import { name, version } from '../../package.json';

/** Name and version of this package. The constructs install the operator of their own version. */
export const PACKAGE = { name, version } as const;

/** Default namespace of the operator. */
export const OPERATOR_NAMESPACE = 'codeconnect-vm-operator-system';

/**
 * The labels that Kubernetes recommends, for one part of the operator.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function standardLabels(component: Component): Record<string, string> {
  return {
    ...selectorLabels(component),
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/part-of': name,
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/** The labels that never change. They have no version, because the selector of a Deployment is immutable. */
export function selectorLabels(component: Component): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component };
}

/** The parts of an installation: the process, the CRDs, the roles of users, rights to Secrets of guests, and policies. */
export type Component = 'operator' | 'crds' | 'user-roles' | 'guest-secrets' | 'policies';
