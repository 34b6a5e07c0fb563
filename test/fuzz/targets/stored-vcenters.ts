/** VCenters as an API server may have stored them past the schema, as JSON: { spec, status, metadata }. */
import Ajv from 'ajv';
import { vCenterCrd } from '../../../imports/vcenter-crd';
import { readableVCenter } from '../../../src/api/readable-vcenter';
import { VCENTER_FINALIZER, VCENTER_RESOURCE, type VCenter } from '../../../src/api/vcenter';
import { VCenterConditionType, VCenterReason } from '../../../src/api/vcenter-conditions';
import { stripManagedFields } from '../../../src/kubernetes';
import { checkAllowed } from '../../../src/operator/commands/check/allowed-places';
import { sectionsText } from '../../../src/operator/commands/check/check-text';
import { checkSelector } from '../../../src/operator/commands/check/selected-namespaces';
import { checkLimits } from '../../../src/operator/commands/check/used-limits';
import { readEachManifest } from '../../../src/operator/commands/manifest/read-manifests';
import { cannotBePlanned } from '../../../src/operator/commands/plan/group-plan';
import { planText } from '../../../src/operator/commands/plan/plan-text';
import { plannedGroup } from '../../../src/operator/commands/plan/planned-group';
import { groupOnceApplied } from '../../../src/operator/commands/plan/stored-group';
import { choiceOf } from '../../../src/operator/commands/vcenters/group-choice';
import { vcentersInUse } from '../../../src/operator/commands/vcenters/vcenters-in-use';
import { registrationOf } from '../../../src/vcenter/registry';
import { NOTHING_USED } from '../../../src/vmgroup/model/limits';
import { DEFAULT_TENANT_POLICY } from '../../../src/vmgroup/model/tenant-policy';
import { resolvePlacement } from '../../../src/vmgroup/observe/placement';
import { anInventory } from '../../support/builders/inventory';
import { aGroup, CLUSTER_ID } from '../../support/builders/observation';
import { aVCenter } from '../../support/builders/vcenter-object';
import { VirtualClock } from '../../support/time/virtual-clock';
import { changedObject } from '../change-value';
import { ServedVCenterWorld } from '../served-vcenter-world';
import { promised, promisedPrintable, type Target } from '../target';

type Fields = Readonly<Record<string, unknown>>;

const WHOLE = {
  spec: {
    ...aVCenter().spec,
    tls: { caBundle: 'x', insecureSkipVerify: false },
    namespaceSelector: {
      matchLabels: { site: 'east' },
      matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }],
    },
    clusterName: 'one',
    defaults: { placement: { datacenter: 'dc', cluster: 'c1', resourcePool: 'p', folder: 'f', datastore: 'd' } },
    failureDomains: [{ name: 'a', cluster: 'c1' }],
    allowed: { templates: ['/dc/vm/**'], resourcePools: [], folders: ['/*/vm'], datastores: ['/d'], networks: ['/n'] },
    limits: { maxConcurrentTasks: 4, perVM: { cpu: 2 }, perNamespace: { vms: 3 }, total: { memoryGiB: 9 } },
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True', reason: 'X', message: 'm', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ],
    about: { version: '8', apiVersion: '8', instanceUuid: 'u' },
    usage: { vms: 1, cpu: 1, memoryGiB: 1 },
    namespaces: [{ name: 'shop', vms: 1, cpu: 1, memoryGiB: 1 }],
    groups: 1,
  },
  metadata: { labels: { a: 'b' }, annotations: { a: 'b' }, finalizers: [VCENTER_FINALIZER] },
};

const INVENTORY = anInventory(
  'Datacenter:dc/Folder:vm/VirtualMachine:ubuntu',
  'Datacenter:dc/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources',
  'Datacenter:dc/Folder:datastore/Datastore:d',
);

interface CrdVersion {
  readonly schema: { readonly openAPIV3Schema: { readonly properties: { readonly status: object } } };
}
const [VERSION] = vCenterCrd.spec.versions as readonly CrdVersion[];
const isAllowedStatus = new Ajv({ strict: false, validateFormats: false }).compile(
  VERSION?.schema.openAPIV3Schema.properties.status ?? {},
);
const LONGEST_MANIFEST = 65_536;
const screen = { paint: (_: string, text: string) => text, width: 100 };
const LABELS = { site: 'east', team: 'a' };
const labelsOf = () => ({ kind: 'Known', labels: LABELS }) as const;
const listed = { kind: 'Listed', labels: new Map([['shop', LABELS]]) } as const;

async function take(text: string): Promise<void> {
  const vcenter = readableVCenter(stripManagedFields(storedOf(text), VCENTER_RESOURCE));
  promised(
    readableVCenter(vcenter) === vcenter || vcenter.specProblems === undefined,
    'what can be read stays as it is',
  );
  await served(vcenter);
  await served(readableVCenter(storedOf(text, { deletionTimestamp: '2026-01-02T00:00:00Z' })));
  await checked(vcenter);
  // Reading YAML takes its time: that of large texts is for the target manifests.
  if (text.length < LONGEST_MANIFEST) await given(text);
}

function storedOf(text: string, more: Fields = {}): VCenter {
  const { spec, status, metadata } = JSON.parse(text) as Fields;
  const others = typeof metadata === 'object' && metadata !== null ? metadata : {};
  // The API server itself sets these.
  const own = { ...aVCenter().metadata, deletionTimestamp: undefined };
  return { ...aVCenter(), spec, status, metadata: { ...others, ...own, ...more } } as unknown as VCenter;
}

/** As the operator does: it ends in a status that the CRD allows, with what is wrong. */
async function served(vcenter: VCenter): Promise<void> {
  const world = new ServedVCenterWorld(vcenter, INVENTORY);
  for (let turn = 0; turn < 3; turn += 1) await world.reconcile();
  const { specProblems } = vcenter;
  promised(specProblems === undefined || !world.wasConnected, 'nothing is connected to for a spec with problems');
  for (const ref of [undefined, 'east', 'west']) {
    const choice = world.choose(aGroup(ref === undefined ? {} : { vcenterRef: { name: ref } }));
    if (choice?.kind === 'None')
      promised(choice.message.includes(': '), `a group is told what to do: ${choice.message}`);
  }
  if (vcenter.metadata.deletionTimestamp !== undefined) return;
  const { status } = world;
  promised(isAllowedStatus(status), `the CRD allows the status: ${JSON.stringify(isAllowedStatus.errors)}`);
  for (const { message } of status?.conditions ?? []) promisedPrintable(message);
  if (specProblems === undefined) return;
  promised(specProblems.length <= 21, `at most 20 problems are told, but ${specProblems.length}`);
  for (const type of [VCenterConditionType.Connected, VCenterConditionType.Ready]) {
    const condition = status?.conditions?.find((each) => each.type === type);
    promised(condition?.status === 'False', `${type} is False, but ${JSON.stringify(condition)}`);
    promised(condition?.reason === VCenterReason.InvalidSpec, `${type} has the reason InvalidSpec`);
    promised(/.: ./.test(condition?.message ?? ''), `${type} tells a remedy, but ${condition?.message}`);
  }
}

/** As `vm-operator check` and `plan` do with a stored VCenter. */
async function checked(vcenter: VCenter): Promise<void> {
  const inUse = vcentersInUse([], { kind: 'Listed', vcenters: [vcenter] });
  if (inUse.kind !== 'Objects') throw new Error('there is one');
  const choice = choiceOf(aGroup(), inUse.vcenters, labelsOf);
  promised(vcenter.specProblems === undefined || choice.kind === 'None', 'R15: no group is on a VCenter with problems');
  if (choice.kind === 'None') await planned(choice);
  if (vcenter.specProblems !== undefined) return;
  const { tenants, defaultFolder } = registrationOf(vcenter, DEFAULT_TENANT_POLICY);
  const rules = { tenants, defaultFolder, clusterId: CLUSTER_ID };
  resolvePlacement({ spec: aGroup().spec, namespace: 'shop', uid: undefined }, INVENTORY, rules);
  const used = { total: NOTHING_USED, namespaces: new Map(), machines: [...INVENTORY.virtualMachines()] };
  const findings = [
    ...checkSelector(vcenter, [], listed, labelsOf),
    ...checkAllowed(INVENTORY, rules),
    ...checkLimits(tenants.limits, used),
  ];
  const checks = findings.map((finding) => ({ check: 'x', ...finding }));
  promisedPrintable(sectionsText([], [{ name: vcenter.metadata.name, checks }], screen).join('\n'));
}

/** A group that has no vCenter. */
async function planned({ reason, message }: { readonly reason: string; readonly message: string }): Promise<void> {
  const manifest = {
    source: 'web.yaml:1',
    name: 'web',
    namespace: 'shop',
    labels: {},
    annotations: {},
    spec: aGroup().spec,
  };
  const on = { kind: 'Unavailable', name: '', reason, message, needsUser: true, reconnecting: false } as const;
  const candidate = { manifest, stored: { kind: 'New' }, group: groupOnceApplied(manifest, undefined, 0) } as const;
  const options = { clock: new VirtualClock(), isUninstalling: false, living: undefined };
  const plan = await plannedGroup(candidate, on, options, new AbortController().signal);
  promised(cannotBePlanned(plan) && plan.now.length === 0, 'nothing is planned without a vCenter');
  promisedPrintable(planText([plan], screen).join('\n'));
}

/** The same object in a file. */
async function given(text: string): Promise<void> {
  const { apiVersion, kind } = VCENTER_RESOURCE;
  const manifest = text.replace(/^\{/, () => `{"apiVersion":"${apiVersion}","kind":"${kind}",`);
  const standardInput = async function* () {
    yield manifest.replace(/,\}$/, '}');
  };
  const { problems, vcenters } = await readEachManifest({ files: ['-'], namespace: 'shop', standardInput });
  promised(problems.length <= 101, `at most 101 problems are told, but ${problems.length}`);
  vcentersInUse(vcenters, { kind: 'Listed', vcenters: [aVCenter()] });
}

export const storedVCenters: Target = {
  name: 'stored-vcenters',
  ending: 'json',
  seeds: [
    JSON.stringify(WHOLE),
    JSON.stringify({ spec: aVCenter().spec }),
    JSON.stringify({ spec: { ...WHOLE.spec, clusterName: undefined, namespaceSelector: {} } }),
  ],
  change: changedObject,
  take,
};
