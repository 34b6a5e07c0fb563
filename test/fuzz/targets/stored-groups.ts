/** VmGroups as an API server may have stored them past the schema, as JSON: { spec, status, metadata }. */
import Ajv from 'ajv';
import { vmGroupCrd } from '../../../imports/vmgroup-crd';
import { readableGroup } from '../../../src/api/readable-group';
import { FINALIZER, VM_GROUP_RESOURCE, type VmGroup } from '../../../src/api/vm-group';
import { stripManagedFields } from '../../../src/kubernetes';
import { groupPlan } from '../../../src/operator/commands/plan/group-plan';
import { planText } from '../../../src/operator/commands/plan/plan-text';
import { groupOnceApplied, storedAs } from '../../../src/operator/commands/plan/stored-group';
import { GroupApi, templateIndex } from '../../../src/operator/manager/group-api';
import { aGroup, anObservation } from '../../support/builders/observation';
import { ReconciledWorld } from '../../support/builders/reconciled-world';
import { changedObject } from '../change-value';
import { promised, promisedPrintable, type Target } from '../target';

type Fields = Readonly<Record<string, unknown>>;

const STATUS = {
  ...{ phase: 'RUNNING', currentReplicas: 1, desiredReplicas: 1, lastProgressTime: '2026-01-01T00:00:00Z' },
  conditions: [
    { type: 'Ready', status: 'True', reason: 'X', message: 'm', lastTransitionTime: '2026-01-01T00:00:00Z' },
  ],
  replicas: [
    {
      ...{ name: 'web-replica-a', ordinal: 0, revision: 'r', hostname: 'h', ready: false, moRef: 'vm-1' },
      fault: { class: 'Retryable', reason: 'R', message: 'm', since: '2026-01-01T00:00:00Z', attempts: 3 },
      task: { operation: 'Shutdown', startedAt: '2026-01-01T00:00:00Z' },
    },
  ],
};
const GUEST = { cloudInit: { userData: { value: 'x' }, metadata: { secretKeyRef: { name: 's', key: 'k' } } } };
const WHOLE = {
  spec: {
    ...aGroup().spec,
    placement: { cluster: 'c', folder: 'f' },
    networks: [{ name: 'a', network: 'n' }],
    guest: GUEST,
    updateStrategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
  },
  status: STATUS,
  metadata: { labels: { a: 'b' }, annotations: { a: 'b' }, finalizers: [FINALIZER], ownerReferences: [{ uid: 'u' }] },
};

interface CrdVersion {
  readonly schema: { readonly openAPIV3Schema: { readonly properties: { readonly status: object } } };
}
const [VERSION] = vmGroupCrd.spec.versions as readonly CrdVersion[];
const isAllowedStatus = new Ajv({ strict: false, validateFormats: false }).compile(
  VERSION?.schema.openAPIV3Schema.properties.status ?? {},
);
const screen = { paint: (_: string, text: string) => text, width: 100 };

async function take(text: string): Promise<void> {
  const lives = storedOf(text);
  await reconciled(lives, storedOf(text));
  planned(lives);
  const deleted = { deletionTimestamp: '2026-01-02T00:00:00Z' };
  await reconciled(storedOf(text, deleted), storedOf(text, deleted));
}

function storedOf(text: string, more: Fields = {}): VmGroup {
  const { spec, status, metadata } = JSON.parse(text) as Fields;
  const given = typeof metadata === 'object' && metadata !== null ? metadata : {};
  // The API server itself sets these.
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp } = aGroup().metadata;
  const own = { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp: undefined };
  return { ...aGroup(), spec, status, metadata: { ...given, ...own, ...more } } as unknown as VmGroup;
}

const NO_SERVER = [undefined, undefined, undefined] as unknown as ConstructorParameters<typeof GroupApi>;

/** As the operator does. */
async function reconciled(stored: VmGroup, again: VmGroup): Promise<void> {
  const group = readableGroup(stripManagedFields(stored, VM_GROUP_RESOURCE));
  readableGroup(again, group);
  templateIndex(group);
  // It only makes a digest, and asks no server for that.
  promised(new GroupApi(...NO_SERVER).predicate({ key: 'shop/web', after: group }), 'a new group is reconciled');
  const world = new ReconciledWorld({});
  const key = 'shop/web';
  world.put(group);
  let last: VmGroup | undefined = group;
  for (let turn = 0; turn < 3; turn += 1) {
    await world.reconcile(key);
    await world.clock.advance(10_000);
    last = world.group(key);
  }
  const { specProblems } = group;
  if (specProblems === undefined) return;
  promised(specProblems.length <= 20, `at most 20 problems are told, but ${specProblems.length}`);
  if (last === undefined || last.metadata.deletionTimestamp !== undefined) return;
  promised(
    last.status?.phase === 'ERROR',
    `the status tells the problem, but ${JSON.stringify(last.status)?.slice(0, 300)}`,
  );
  promisedPrintable(last.status?.lastMessage ?? '');
  promised((last.status?.lastMessage ?? '') !== '', 'the status says what is wrong');
  if (group.status === undefined)
    promised(isAllowedStatus(last.status), `the CRD allows the status: ${JSON.stringify(isAllowedStatus.errors)}`);
}

/** As `vm-operator plan` does with a manifest for that group. */
function planned(stored: VmGroup): void {
  const { spec, metadata } = aGroup();
  const manifest = {
    source: 'web.yaml:1',
    name: metadata.name,
    namespace: metadata.namespace,
    labels: {},
    annotations: {},
    spec,
  };
  const known = storedAs(stored);
  if (known.kind !== 'Stored') return;
  const group = groupOnceApplied(manifest, known.group, 0);
  const plan = groupPlan(manifest.source, known, anObservation(group), new ReconciledWorld({}).inventory);
  promisedPrintable(planText([plan], screen).join('\n'));
  JSON.stringify(plan);
}

export const storedGroups: Target = {
  name: 'stored-groups',
  ending: 'json',
  seeds: [
    JSON.stringify(WHOLE),
    JSON.stringify({ spec: aGroup().spec }),
    JSON.stringify({ spec: { replicas: 50_000_000 } }),
  ],
  change: changedObject,
  take,
};
