/** DRS rules and groups of a cluster: read live, and changed one by one (docs/vsphere.md#drs-rules). */
import { isDataObject } from '../fault/classify';
import type {
  CallContext,
  ClusterChange,
  ClusterGroup,
  ClusterRule,
  ClusterRules,
  ManagedObjectReference,
} from '../port';
import { isReference } from '../property/object-properties';
import { readObject } from '../property/property-reader';
import { numberOf, propertyIn, refsOf, textOf } from '../property/property-value';
import type { Session } from '../session/session';
import {
  ClusterAntiAffinityRuleSpec,
  ClusterConfigSpecEx,
  type ClusterGroupSpec,
  type ClusterRuleSpec,
  ClusterVmGroup,
  ClusterVmHostRuleInfo,
} from '../vim25/cluster-types';
import { type AnyValue, type DataObject, type DataOf, typed } from '../vim25/describe';
import type { ObjectContent } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';

// All of it: its declared type has neither rules nor groups, so vCenter refuses a path to them.
const CONFIGURATION = 'configurationEx';

/** Undefined if the cluster is gone. Rejects with NoPermission while its configuration cannot be read. */
export async function readClusterRules(
  session: Session,
  cluster: ManagedObjectReference,
  call: CallContext,
): Promise<ClusterRules | undefined> {
  const content = await readObject(session, cluster, ['name', CONFIGURATION], call);
  if (content === undefined) return undefined;
  const rules = clusterRulesIn(content);
  if (rules === undefined)
    throw new VsphereError(
      'NoPermission',
      `the configuration of ${cluster.type} ${cluster.value} cannot be read: grant the account System.Read on it`,
      'Refused',
    );
  return rules;
}

/** Of an object that was read with its name and CONFIGURATION. Undefined without a configuration. */
export function clusterRulesIn(content: ObjectContent | undefined): ClusterRules | undefined {
  const config = propertyIn(content, CONFIGURATION);
  if (content === undefined || !isDataObject(config) || !isDataObject(config.drsConfig)) return undefined;
  return {
    name: textOf(propertyIn(content, 'name')) ?? content.obj.value,
    drsEnabled: isTrue(config.drsConfig.enabled),
    rules: listOf(config.rule).map(ruleOf),
    groups: listOf(config.group).map(groupOf),
  };
}

function ruleOf(rule: DataObject): ClusterRule {
  const key = numberOf(rule.key) ?? (typeof rule.key === 'string' ? Number(rule.key) : undefined);
  const ruleUuid = textOf(rule.ruleUuid);
  const named = {
    name: textOf(rule.name) ?? '',
    ...(Number.isInteger(key) && { key: Number(key) }),
    ...(ruleUuid !== undefined && { ruleUuid }),
    enabled: isTrue(rule.enabled),
    mandatory: isTrue(rule.mandatory),
  };
  const machines = membersOf(rule.vm);
  if (rule.xsiType === ClusterAntiAffinityRuleSpec.typeName && machines !== undefined)
    return { ...named, kind: 'AntiAffinity', machines };
  if (rule.xsiType !== ClusterVmHostRuleInfo.typeName) return { ...named, kind: 'Other' };
  const [machineGroup, hostGroup, otherHostGroup] = [
    textOf(rule.vmGroupName),
    textOf(rule.affineHostGroupName),
    textOf(rule.antiAffineHostGroupName),
  ];
  return {
    ...named,
    kind: 'MachinesToHosts',
    ...(machineGroup && { machineGroup }),
    ...(hostGroup && { hostGroup }),
    ...(otherHostGroup && { otherHostGroup }),
  };
}

function groupOf(group: DataObject): ClusterGroup {
  const name = textOf(group.name) ?? '';
  const kind = GROUP_KINDS[group.xsiType];
  const members = membersOf(kind === 'Hosts' ? group.host : group.vm);
  return kind === undefined || members === undefined ? { name, kind: 'Other', members: [] } : { name, kind, members };
}

const GROUP_KINDS: Readonly<Record<string, 'Machines' | 'Hosts'>> = {
  ClusterVmGroup: 'Machines',
  ClusterHostGroup: 'Hosts',
};

/** Undefined if one of them cannot be read: a list without it would take it out of the rule. */
function membersOf(value: AnyValue | undefined): readonly ManagedObjectReference[] | undefined {
  if (value === undefined) return [];
  const items = Array.isArray(value) ? (value as readonly AnyValue[]) : [value];
  return items.every(isReference) ? refsOf(items) : undefined;
}

function listOf(value: AnyValue | undefined): readonly DataObject[] {
  return (Array.isArray(value) ? (value as readonly AnyValue[]) : [value]).filter(isDataObject);
}

/** Values of types without a description are texts. */
function isTrue(value: AnyValue | undefined): boolean {
  return String(value) === 'true';
}

/** With modify=true nothing but these entries is touched, whoever changes others at the same time. */
export async function changeClusterRules(
  session: Session,
  cluster: ManagedObjectReference,
  changes: readonly ClusterChange[],
  call: CallContext,
): Promise<ManagedObjectReference> {
  const rulesSpec = changes.flatMap((change) => ruleSpecOf(change) ?? []);
  const groupSpec = changes.flatMap((change) => groupSpecOf(change) ?? []);
  const spec = typed(ClusterConfigSpecEx, {
    ...(rulesSpec.length > 0 && { rulesSpec }),
    ...(groupSpec.length > 0 && { groupSpec }),
  });
  return session.invoke('ReconfigureComputeResource_Task', cluster, { spec, modify: true }, call);
}

type RuleSpec = DataOf<typeof ClusterRuleSpec>;
type GroupSpec = DataOf<typeof ClusterGroupSpec>;

function ruleSpecOf(change: ClusterChange): RuleSpec | undefined {
  switch (change.kind) {
    case 'AntiAffinity': {
      const vm = change.machines;
      return ruleEdit(change, typed(ClusterAntiAffinityRuleSpec, { ...ruleInfo(change), vm }));
    }
    case 'MachinesToHosts': {
      const names = { vmGroupName: change.machineGroup, affineHostGroupName: change.hostGroup };
      return ruleEdit(change, typed(ClusterVmHostRuleInfo, { ...ruleInfo(change), ...names }));
    }
    case 'RemoveRule':
      return { operation: 'remove', removeKey: change.key };
    case 'MachineGroup':
    case 'RemoveGroup':
      return undefined;
  }
}

type RuleChange = Extract<ClusterChange, { readonly kind: 'AntiAffinity' | 'MachinesToHosts' }>;

function ruleEdit({ replaces }: RuleChange, info: DataObject): RuleSpec {
  return { operation: replaces === undefined ? 'add' : 'edit', info };
}

/** A preference: a mandatory rule keeps machines off, where no host satisfies it, and hosts out of maintenance. */
function ruleInfo({ name, replaces }: RuleChange) {
  return { ...replaces, name, enabled: true, mandatory: false, userCreated: true };
}

function groupSpecOf(change: ClusterChange): GroupSpec | undefined {
  switch (change.kind) {
    case 'MachineGroup':
      return {
        operation: change.isEdit ? 'edit' : 'add',
        info: typed(ClusterVmGroup, { name: change.name, userCreated: true, vm: change.machines }),
      };
    case 'RemoveGroup':
      return { operation: 'remove', removeKey: change.name };
    default:
      return undefined;
  }
}
