/**
 * What users of this package import: constructs for cdk8s apps. Everything that is exported here is kept jsii-friendly
 * (interfaces of read-only props, enums, classes), so that packages for other languages can be made from it.
 */
export * from './amount';
export { type CloudInit, GuestData } from './guest-data';
export { GuestSecretAccess, type GuestSecretAccessProps, type GuestSecrets } from './guest-secret-access';
export { type GuestShutdownOptions, PowerOff, PowerState } from './power';
export * from './readiness';
export * from './scale-down-order';
export * from './update-strategy';
export * from './vcenter-connection';
export { type ScaleTarget, VmGroup } from './vm-group';
export * from './vm-group-props';
export { VmOperator } from './vm-operator';
export { VmOperatorCrds } from './vm-operator-crds';
export * from './vm-operator-props';
