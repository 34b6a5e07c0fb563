/**
 * What users of this package import: constructs for cdk8s apps. Everything that is exported here is kept jsii-friendly
 * (interfaces of read-only props, enums, classes), so that packages for other languages can be made from it.
 */
export {
  KubeVmGroup,
  type KubeVmGroupProps,
  type VmGroupSpec,
  VmGroupSpecDeletionPolicy,
  type VmGroupSpecPlacement,
  VmGroupSpecPowerState,
} from '../../imports/vmgroup-construct';
export {
  DeletionPolicy,
  PowerState,
  VmGroup,
  type VmGroupMetadata,
  type VmGroupPlacement,
  type VmGroupProps,
} from './vm-group';
export { VmOperator, type VmOperatorProps } from './vm-operator';
export { VmOperatorCrds } from './vm-operator-crds';
