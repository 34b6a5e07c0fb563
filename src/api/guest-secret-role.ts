/**
 * Name of the Role, and of its binding, that lets the operator read the Secrets of a namespace that guest data names.
 * The charts create it in the namespaces that they are given. The condition of a group whose Secret is forbidden names it.
 */
export const GUEST_SECRET_ROLE = 'vm-operator-guest-secrets';
