/**
 * What users of this package import: constructs for cdk8s apps. All exports fit jsii (interfaces of read-only props,
 * enums, classes), so that packages for other languages can be made from them.
 */
export { AllowedNames } from './allowed-names';
export * from './amount';
export { type CloudInit, GuestData } from './guest-data';
export { GuestSecretAccess, type GuestSecretAccessProps, type GuestSecrets } from './guest-secret-access';
export * from './host-anti-affinity';
export type { NamespaceLimits } from './namespace-limits';
export { NamespaceSelector } from './namespace-selector';
export { type GuestShutdownOptions, PowerOff, PowerState } from './power';
export * from './readiness';
export * from './scale-down-order';
export { type VmGroupSpread, WhenUnsatisfiable } from './spread';
export * from './update-strategy';
export { VCenter } from './vcenter';
export * from './vcenter-connection';
export * from './vcenter-limits';
export * from './vcenter-props';
export { VCenterReference } from './vcenter-reference';
export { type ScaleTarget, VmGroup } from './vm-group';
export * from './vm-group-adoption';
export { CloneMode, type VmGroupClone } from './vm-group-clone';
export * from './vm-group-disks';
export * from './vm-group-hardware';
export * from './vm-group-naming';
export * from './vm-group-placement';
export { VmGroupPolicy } from './vm-group-policy';
export * from './vm-group-policy-props';
export * from './vm-group-props';
export * from './vm-group-tag';
export { VmOperator } from './vm-operator';
export { VmOperatorCrds } from './vm-operator-crds';
export * from './vm-operator-props';
