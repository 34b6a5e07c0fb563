import fc from 'fast-check';
import { slotKey } from '../../../src/api/identity';
import { slotRevisionOf } from '../../../src/api/slot-revision';
import { FINALIZER, type VmGroup, type VmGroupSpec } from '../../../src/api/vm-group';
import type { Fault } from '../../../src/vmgroup/model/fault';
import type { InFlightOperation, Operation } from '../../../src/vmgroup/model/in-flight';
import { amountOf, amountOfSize, NOTHING_USED, plus } from '../../../src/vmgroup/model/limits';
import { sizeOf } from '../../../src/vmgroup/model/machine-size';
import type { Observation, Replica, VCenterView } from '../../../src/vmgroup/model/observation';
import type { Orphans } from '../../../src/vmgroup/model/orphan';
import type { DomainPlacement } from '../../../src/vmgroup/model/placement';
import type { Room } from '../../../src/vmgroup/model/room';
import type { VirtualMachine } from '../../../src/vsphere/port';
import { anyAdoption } from './any-adoption';
import { aFault, aGroup, aGuest, anObservation, anOperation, aReplica, meetsPolicy } from './observation';
import { aDomain } from './spread-world';

const share = fc.oneof(
  fc.nat({ max: 9 }),
  fc.nat({ max: 100 }).map((percent) => `${percent}%`),
);
const isNothing = (value: number | string): boolean => value === 0 || value === '0%';

const WHEN = fc.constantFrom('DoNotSchedule' as const, 'ScheduleAnyway' as const);

/** Any spec of up to eight replicas, with the defaults that the API server fills in. */
export const anySpec: fc.Arbitrary<Partial<VmGroupSpec>> = fc.record({
  replicas: fc.nat({ max: 8 }),
  cpu: fc.integer({ min: 1, max: 4 }),
  memory: fc.integer({ min: 1, max: 4 }),
  hardware: fc.record(
    { coresPerSocket: fc.constant(1), cpuHotAdd: fc.boolean(), memoryHotAdd: fc.boolean() },
    { requiredKeys: [] },
  ),
  template: fc.constantFrom('ubuntu', 'debian', 'alpine'),
  powerState: fc.constantFrom('PoweredOn', 'PoweredOff'),
  powerOff: fc.record({ mode: fc.constantFrom('Hard', 'TrySoft', 'Soft') }),
  readiness: fc.record({ type: fc.constantFrom('PoweredOn', 'ToolsRunning', 'IPAddress') }),
  minReadySeconds: fc.constantFrom(0, 30),
  paused: fc.boolean(),
  disks: fc.record({ rootSizeGiB: fc.constant(10) }, { requiredKeys: [] }),
  retire: fc.uniqueArray(fc.constantFrom('vm-0', 'vm-1', 'vm-2', 'vm-8'), { maxLength: 2 }),
  deletionPolicy: fc.constantFrom('Delete', 'Orphan'),
  placement: fc.record({ spread: fc.record({ maxSkew: fc.integer({ min: 1, max: 3 }), whenUnsatisfiable: WHEN }) }),
  scaleDown: fc.record({ order: fc.constantFrom('Newest', 'Oldest', 'HighestOrdinal') }),
  updateStrategy: fc
    .record({
      type: fc.constantFrom('RollingUpdate', 'OnDelete'),
      resizePolicy: fc.constantFrom('PowerCycle', 'Replace', 'HotAddOnly'),
      rollingUpdate: fc.record({ maxSurge: share, maxUnavailable: share }),
    })
    .filter(({ rollingUpdate: { maxSurge, maxUnavailable } }) => !isNothing(maxSurge) || !isNothing(maxUnavailable)),
});

const anyMachine: fc.Arbitrary<Partial<VirtualMachine>> = fc.record(
  {
    name: fc.constantFrom('web', 'x'.repeat(120)),
    powerState: fc.constantFrom('poweredOn', 'poweredOn', 'poweredOff', 'suspended'),
    connectionState: fc.constantFrom('connected', 'connected', 'connected', 'disconnected'),
    numCpu: fc.integer({ min: 1, max: 4 }),
    details: fc
      .record({
        toolsRunning: fc.boolean(),
        cpuHotAdd: fc.boolean(),
        memoryHotAdd: fc.boolean(),
        ipAddresses: fc.array(fc.constantFrom('192.0.2.1', 'fe80::1', 'nonsense'.repeat(9)), { maxLength: 20 }),
      })
      .map(aGuest),
  },
  { requiredKeys: [] },
);

const anyMember = fc.record({
  ordinal: fc.nat({ max: 10 }),
  isCurrent: fc.boolean(),
  machine: anyMachine,
  readyForMs: fc.constantFrom(0, 10_000, 900_000),
  failureDomain: fc.constantFrom(undefined, 'a', 'b', 'former'),
});

/** Failure domains of the group, of which some cannot be used or had no room for a replica. */
const anyDomains = fc.array(
  fc.record({ name: fc.constantFrom('a', 'b', 'c'), isLost: fc.boolean(), isFull: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);

const OPERATIONS: readonly Operation[] = [
  'Clone',
  'Reconfigure',
  'WriteSettings',
  'WriteAttributes',
  'PowerOn',
  'PowerOff',
  'Shutdown',
  'Destroy',
  'Settle',
];
const anyWork = fc.record({
  operation: fc.constantFrom(...OPERATIONS, 'CreateFolder' as const),
  state: fc.constantFrom('Sent' as const, 'Done' as const, 'Unknown' as const),
  index: fc.nat({ max: 10 }),
  secondsAgo: fc.constantFrom(0, 30, 600),
});

const anyFault = fc.record({
  ordinal: fc.nat({ max: 10 }),
  kind: fc.constantFrom('Retryable' as const, 'Capacity' as const, 'NeedsUser' as const),
  message: fc.constantFrom('it went wrong', 'x'.repeat(512)),
});

const anyView: fc.Arbitrary<VCenterView> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(anObservation(aGroup()).vcenter) },
  {
    weight: 1,
    arbitrary: fc.boolean().map((needsUser) => ({
      kind: 'Unavailable' as const,
      name: '(env)',
      reason: 'Unreachable',
      message: 'away',
      needsUser,
      reconnecting: false,
    })),
  },
);

const anyOrphans: fc.Arbitrary<Orphans> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ kind: 'None' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .boolean()
      .map((adopt) => ({ kind: 'Restored' as const, adopt, machines: [], refused: [], others: [] })),
  },
);

const anyMost = fc.record(
  { vms: fc.nat({ max: 12 }), cpu: fc.nat({ max: 40 }), memoryGiB: fc.nat({ max: 40 }) },
  { requiredKeys: [] },
);
const anyAmount = fc.record({ vms: fc.nat({ max: 4 }), cpu: fc.nat({ max: 8 }), memoryMiB: fc.nat({ max: 9_000 }) });

/** Limits, and what others use beside the group. */
const anyLimits = fc.record({
  limits: fc.record({
    perVM: fc.option(fc.record({ cpu: fc.nat({ max: 4 }), memoryGiB: fc.nat({ max: 4 }) }, { requiredKeys: [] }), {
      nil: undefined,
    }),
    perNamespace: fc.option(anyMost, { nil: undefined }),
    total: fc.option(anyMost, { nil: undefined }),
  }),
  inNamespace: anyAmount,
  elsewhere: anyAmount,
  isUncertain: fc.constantFrom(false, false, false, true),
});

/** Any state of a group that may be seen at one moment, also states that a healthy vCenter would not show. */
export const anyObservation: fc.Arbitrary<Observation> = fc
  .record({
    spec: anySpec,
    members: fc.array(anyMember, { maxLength: 10 }),
    works: fc.array(anyWork, { maxLength: 6 }),
    faults: fc.array(anyFault, { maxLength: 3 }),
    vcenter: anyView,
    orphans: anyOrphans,
    unseen: fc.array(fc.record({ ordinal: fc.nat({ max: 10 }), isCurrent: fc.boolean() }), { maxLength: 3 }),
    isBlind: fc.constantFrom(false, false, false, true),
    hasFolder: fc.boolean(),
    isResolved: fc.boolean(),
    isDeleted: fc.boolean(),
    resizing: fc.boolean(),
    unclaimedClones: fc.boolean(),
    isFrozen: fc.constantFrom(false, false, false, true),
    hasFinalizer: fc.constantFrom(true, true, true, false),
    limits: fc.option(anyLimits, { nil: undefined }),
    domains: fc.option(anyDomains, { nil: undefined }),
    adoption: fc.option(anyAdoption, { nil: undefined, freq: 2 }),
  })
  .map((seen) => {
    const metadata = {
      ...aGroup().metadata,
      ...(seen.isDeleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      finalizers: seen.hasFinalizer ? [FINALIZER] : [],
    };
    const status = seen.isFrozen ? { vcenter: { name: '(env)', instanceUuid: 'former' } } : {};
    const adopt = seen.adoption && { folder: 'by-hand' };
    const group = aGroup({ ...seen.spec, ...(adopt && { adopt }) }, { metadata, status });
    const usual = anObservation(group);
    const replicas = seen.members.map((member, index) => memberOf(group, member, `vm-${index}`));
    const problem = {
      reason: 'TemplateNotFound' as const,
      field: 'spec.template',
      message: 'template "x" was not found',
    };
    const domains = seen.domains && domainsOf(seen.domains);
    const full = seen.domains?.filter(({ isFull }) => isFull).map(({ name }) => [name, aFault(group)] as const);
    const isBlind = seen.vcenter.kind !== 'Ready';
    const unseen = seen.unseen.map(({ ordinal, isCurrent }, index) => ({
      ref: { type: 'VirtualMachine', value: `unseen-${index}` },
      slot: { ordinal, revision: isCurrent ? slotRevisionOf(group.spec, ordinal) : 'old0000000' },
      ...{ name: `unseen-${index}`, isShown: false },
    }));
    return anObservation(group, {
      vcenter: seen.vcenter,
      orphans: seen.orphans,
      ...(seen.adoption !== undefined && !isBlind && !seen.isDeleted && { adoption: seen.adoption }),
      resizing: seen.resizing,
      known: { machines: isBlind ? [] : unseen },
      ...(seen.isBlind && { blindSpot: 'any datacenter' }),
      unclaimedClones: isBlind || seen.unclaimedClones,
      replicas: isBlind ? [] : replicas.sort((a, b) => a.slot.ordinal - b.slot.ordinal),
      inFlight: seen.works.map((work, key) => workOf(group, replicas, work, key)),
      faults: new Map(seen.faults.map((fault): [string, Fault] => faultOf(group, fault))),
      placement: {
        ...usual.placement,
        ...(!seen.isResolved && { problems: [problem] }),
        ...(domains !== undefined && { domains }),
      },
      ...(full !== undefined && { fullDomains: new Map(full) }),
      ...(!seen.hasFolder && { folder: { kind: 'Missing' } }),
      ...(seen.limits !== undefined && !isBlind && { room: roomOf(seen.limits, replicas, group) }),
    });
  });

type Of<T> = T extends fc.Arbitrary<infer V> ? V : never;

function domainsOf(drawn: Of<typeof anyDomains>): readonly DomainPlacement[] {
  const byName = new Map(drawn.map(({ name, isLost }) => [name, isLost]));
  return [...byName].map(([name, isLost]) => aDomain(name, isLost));
}

function roomOf(drawn: Of<typeof anyLimits>, replicas: readonly Replica[], group: VmGroup): Room {
  const own = replicas.map(({ machine }) => amountOf(machine)).reduce(plus, NOTHING_USED);
  const namespace = plus(own, drawn.inNamespace);
  const present = { namespace, total: plus(namespace, drawn.elsewhere) };
  const { limits, isUncertain } = drawn;
  const work = amountOfSize(sizeOf(group));
  const used = { namespace: plus(present.namespace, work), total: plus(present.total, work) };
  return { limits, source: 'VCenter lab', present, used, isUncertain };
}

function memberOf(
  group: VmGroup,
  { ordinal, isCurrent, machine, readyForMs, failureDomain }: Of<typeof anyMember>,
  value: string,
): Replica {
  const revision = isCurrent ? slotRevisionOf(group.spec, ordinal) : 'old0000000';
  const { slot, machine: whole } = aReplica(
    group,
    { ordinal, revision },
    { ...machine, ref: { type: 'VirtualMachine', value } },
  );
  const isReady = meetsPolicy(group, whole);
  const monotonicMs = 1_000_000 - readyForMs;
  const place = failureDomain === undefined ? {} : { failureDomain };
  return {
    slot,
    machine: whole,
    ...place,
    ...(isReady && { readySince: { wallMs: Date.UTC(2025, 0, 1), monotonicMs } }),
  };
}

function workOf(
  group: VmGroup,
  replicas: readonly Replica[],
  work: Of<typeof anyWork>,
  index: number,
): InFlightOperation {
  const monotonicMs = 1_000_000 - work.secondsAgo * 1000;
  const at = { sentAt: { wallMs: Date.UTC(2025, 0, 1), monotonicMs }, stateSinceMs: monotonicMs };
  const about = { key: `${index}`, state: work.state, ...at };
  const replica = replicas[work.index];
  switch (work.operation) {
    case 'CreateFolder':
      return anOperation('CreateFolder', { ...about, folderName: 'shop.web' });
    case 'Clone':
      return anOperation('Clone', {
        ...about,
        slot: { ordinal: work.index, revision: slotRevisionOf(group.spec, work.index) },
      });
    default:
      if (replica === undefined) return anOperation('Settle', about);
      return anOperation(work.operation, { ...about, slot: replica.slot, machine: replica.machine.ref });
  }
}

function faultOf(group: VmGroup, { ordinal, kind, message }: Of<typeof anyFault>): [string, Fault] {
  return [slotKey({ ordinal, revision: slotRevisionOf(group.spec, ordinal) }), aFault(group, { class: kind, message })];
}
