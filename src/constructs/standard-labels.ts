import { name, version } from '../../package.json';

/** Name and version of this package: the operator that the constructs install is the one they were built with. */
export const PACKAGE = { name, version } as const;

/** Where the operator runs unless told otherwise. */
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

/** The part of the labels that never changes. A Deployment's selector is immutable, so no version is in it. */
export function selectorLabels(component: Component): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component };
}

/** The parts of the operator: its process, its CRDs, the roles of users, and its rights to Secrets of guests. */
export type Component = 'operator' | 'crds' | 'user-roles' | 'guest-secrets';
