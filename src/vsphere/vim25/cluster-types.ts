/** The vim25 data objects of DRS rules, and of the groups that rules name. */
import { baseType, lenient, objectType, optionalList } from './describe';

const ClusterRuleInfo = baseType('ClusterRuleInfo', {
  key: 'int?',
  status: 'string?',
  enabled: 'boolean?',
  name: 'string?',
  mandatory: 'boolean?',
  userCreated: 'boolean?',
  inCompliance: 'boolean?',
  ruleUuid: 'string?',
});
export const ClusterAntiAffinityRuleSpec = objectType('ClusterAntiAffinityRuleSpec', ClusterRuleInfo, { vm: 'ref[]?' });
export const ClusterVmHostRuleInfo = objectType('ClusterVmHostRuleInfo', ClusterRuleInfo, {
  vmGroupName: 'string?',
  affineHostGroupName: 'string?',
  antiAffineHostGroupName: 'string?',
});

const ClusterGroupInfo = baseType('ClusterGroupInfo', {
  name: 'string?',
  userCreated: 'boolean?',
  uniqueID: 'string?',
});
export const ClusterVmGroup = objectType('ClusterVmGroup', ClusterGroupInfo, { vm: 'ref[]?' });
export const ClusterHostGroup = objectType('ClusterHostGroup', ClusterGroupInfo, { host: 'ref[]?' });

// A cluster has those of other people, too: one that cannot be read fails no read of the cluster (R14).
lenient(ClusterAntiAffinityRuleSpec, {}, ['vm']);
lenient(ClusterVmHostRuleInfo, {});
lenient(ClusterVmGroup, {}, ['vm']);
lenient(ClusterHostGroup, {}, ['host']);

/** An add, an edit or a removal: the rest of the cluster's rules stays as it is. */
export const ClusterRuleSpec = objectType('ClusterRuleSpec', {
  operation: 'string',
  removeKey: 'any?',
  info: 'object?',
});
export const ClusterGroupSpec = objectType('ClusterGroupSpec', {
  operation: 'string',
  removeKey: 'any?',
  info: 'object?',
});
export const ClusterConfigSpecEx = objectType('ClusterConfigSpecEx', {
  rulesSpec: optionalList(ClusterRuleSpec),
  groupSpec: optionalList(ClusterGroupSpec),
});
